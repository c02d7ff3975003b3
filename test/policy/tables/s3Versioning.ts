import { s3BucketsHaveVersioning } from "../../../policy/rules/s3/s3BucketsHaveVersioning";
import { s3VersioningIsEnabled } from "../../../policy/rules/s3/s3VersioningIsEnabled";
import { resource, secret, unknown } from "../../../policy/testing";
import type { TestResource } from "../../../policy/testing";
import type { PolicyTable } from "../policyTable";
import { bucket, bucketV2 } from "./resources";

const type = "aws:s3/bucketVersioning:BucketVersioning";
const v2Type = "aws:s3/bucketVersioningV2:BucketVersioningV2";

const lake = bucket("lake");
const versioning = (status: unknown, of = type, name: unknown = "lake"): TestResource =>
  resource(of, "versioning", { bucket: name, versioningConfiguration: { status } });
const inline = (enabled: unknown) => bucket("lake", { bucket: "lake", versioning: { enabled } });
const inlineV2 = (enabled: unknown) =>
  bucketV2("lake", { bucket: "lake", versionings: [{ enabled }] });

export const s3BucketsHaveVersioningTable: PolicyTable = {
  policy: s3BucketsHaveVersioning,
  pass: {
    "versioning that names the bucket by its output": {
      resources: [lake, resource(type, "versioning", { bucket: unknown }, { bucket: lake })],
    },
    "versioning by the bucket's name": { resources: [lake, versioning("Enabled")] },
    "versioning of the deprecated types": {
      resources: [bucketV2("lake"), versioning("Enabled", v2Type)],
    },
    "in-line versioning": { resources: [inline(true)] },
    "in-line versioning of the deprecated bucket type": { resources: [inlineV2(true)] },
    "disabled in-line versioning that S3 reports on a bucket with a companion": {
      resources: [inline(false), versioning("Enabled")],
    },
  },
  fail: {
    "a bucket without versioning": {
      resources: [lake],
      messages: [/The bucket has no versioning: add an aws\.s3\.BucketVersioning with status/],
    },
    "in-line versioning that is disabled": {
      resources: [inline(false)],
      messages: [/has no versioning/],
    },
    "a bucket next to a versioned bucket": {
      resources: [bucketV2("logs"), lake, versioning("Enabled")],
      messages: [/has no versioning/],
    },
  },
  undecided: {
    "a bucket while a companion's bucket is unknown": {
      resources: [lake, versioning("Enabled", type, unknown)],
      what: 'the versioning of "lake"',
    },
    "unknown in-line versioning": {
      resources: [inline(unknown)],
      what: 'the versioning of "lake"',
    },
  },
};

export const s3VersioningIsEnabledTable: PolicyTable = {
  policy: s3VersioningIsEnabled,
  pass: {
    Enabled: { resources: [versioning("Enabled")] },
    "Enabled in the deprecated type": { resources: [versioning("Enabled", v2Type)] },
    "a block in a list of one": {
      resources: [
        resource(type, "versioning", { versioningConfiguration: [{ status: "Enabled" }] }),
      ],
    },
    "a secret status": { resources: [versioning(secret("Enabled"))] },
    "in-line versioning": { resources: [inline(true)] },
    "in-line versioning of the deprecated bucket type": { resources: [inlineV2(true)] },
  },
  fail: {
    Suspended: {
      resources: [versioning("Suspended")],
      messages: [/versioningConfiguration\.status is "Suspended": set it to "Enabled"/],
    },
    "Disabled in the deprecated type": {
      resources: [versioning("Disabled", v2Type)],
      messages: [/is "Disabled"/],
    },
    "no status": {
      resources: [resource(type, "versioning", { bucket: "lake" })],
      messages: [/versioningConfiguration\.status is absent/],
    },
    "in-line versioning that is disabled": {
      resources: [inline(false)],
      messages: [/versioning\.enabled is not true: set it to true/],
    },
    "in-line versioning without a status": {
      resources: [bucket("lake", { versioning: { mfaDelete: false } })],
      messages: [/versioning\.enabled is not true/],
    },
    "in-line versioning of the deprecated bucket type that is disabled": {
      resources: [inlineV2(false)],
      messages: [/versionings\.enabled is not true/],
    },
  },
  undecided: {
    "an unknown status": {
      resources: [versioning(unknown)],
      what: "versioningConfiguration.status",
    },
    "an unknown flag": { resources: [inline(unknown)], what: "versioning.enabled" },
    "an unknown block": {
      resources: [bucketV2("lake", { versionings: [unknown] })],
      what: "versionings.enabled",
    },
  },
  notApplicable: {
    "a bucket without in-line versioning": {
      resources: [lake],
      reason: /no in-line versioning/,
    },
  },
};
