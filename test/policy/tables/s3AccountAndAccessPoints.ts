import { s3AccessPointsBlockPublicAccess } from "../../../policy/rules/s3/s3AccessPointsBlockPublicAccess";
import { s3AccountPublicAccessIsBlocked } from "../../../policy/rules/s3/s3AccountPublicAccessIsBlocked";
import { resource, secret, unknown } from "../../../policy/testing";
import type { WireProperties } from "../../../policy/testing";
import type { PolicyTable } from "../policyTable";

const flags = {
  blockPublicAcls: true,
  blockPublicPolicy: true,
  ignorePublicAcls: true,
  restrictPublicBuckets: true,
};
const account = (props: WireProperties) => ({
  resources: [
    resource("aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock", "account", props),
  ],
});
const absent = (flag: string) =>
  new RegExp(`${flag} is absent \\(the default is false\\): set it to true\\.$`);

export const s3AccountPublicAccessIsBlockedTable: PolicyTable = {
  policy: s3AccountPublicAccessIsBlocked,
  pass: {
    "all four flags": account(flags),
    "secret flags": account({ ...flags, blockPublicAcls: secret(true) }),
  },
  fail: {
    "a disabled flag": {
      ...account({ ...flags, ignorePublicAcls: false }),
      messages: [/ignorePublicAcls is not true: set it to true/],
    },
    "absent flags, which are false": {
      ...account({}),
      messages: Object.keys(flags).map(absent),
    },
  },
  undecided: {
    "an unknown flag, while reporting another": {
      ...account({ ...flags, blockPublicAcls: unknown, restrictPublicBuckets: false }),
      what: "blockPublicAcls",
      messages: [/restrictPublicBuckets is not true/],
    },
  },
  remediated: {
    "flags that are false or absent": { ...account({ blockPublicAcls: false }), to: flags },
  },
};

const accessPoint = (publicAccessBlockConfiguration: unknown) => ({
  resources: [
    resource("aws:s3/accessPoint:AccessPoint", "readers", {
      bucket: "lake",
      publicAccessBlockConfiguration,
    }),
  ],
});
const multiRegion = (publicAccessBlock: unknown) => ({
  resources: [
    resource("aws:s3control/multiRegionAccessPoint:MultiRegionAccessPoint", "readers", {
      details: { name: "readers", regions: [{ bucket: "lake" }], publicAccessBlock },
    }),
  ],
});

export const s3AccessPointsBlockPublicAccessTable: PolicyTable = {
  policy: s3AccessPointsBlockPublicAccess,
  pass: {
    "the default": accessPoint(undefined),
    "all four flags": accessPoint(flags),
    "some flags, because the others are true by default": accessPoint({ blockPublicAcls: true }),
    "secret flags": accessPoint(secret(flags)),
    "the default of a Multi-Region Access Point": multiRegion(undefined),
    "all four flags of a Multi-Region Access Point": multiRegion(flags),
  },
  fail: {
    "a disabled flag": {
      ...accessPoint({ ...flags, blockPublicPolicy: false }),
      messages: [/publicAccessBlockConfiguration\.blockPublicPolicy is not true: set it to true/],
    },
    "a disabled flag of a Multi-Region Access Point": {
      ...multiRegion({ restrictPublicBuckets: false, blockPublicAcls: false }),
      messages: [
        /details\.publicAccessBlock\.blockPublicAcls is not true/,
        /details\.publicAccessBlock\.restrictPublicBuckets is not true/,
      ],
    },
  },
  undecided: {
    "an unknown flag": {
      ...accessPoint({ ...flags, blockPublicPolicy: unknown }),
      what: "publicAccessBlockConfiguration.blockPublicPolicy",
    },
    "an unknown block": {
      ...accessPoint(unknown),
      what: "publicAccessBlockConfiguration",
    },
    "an unknown block of a Multi-Region Access Point": {
      ...multiRegion(unknown),
      what: "details.publicAccessBlock",
    },
  },
};
