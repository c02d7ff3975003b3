import { s3BucketsHavePolicy } from "../../../policy/rules/s3/s3BucketsHavePolicy";
import { resource, unknown } from "../../../policy/testing";
import type { PolicyTable } from "../policyTable";
import { bucket, bucketV2 } from "./resources";

const type = "aws:s3/bucketPolicy:BucketPolicy";
const lake = bucket("lake");

export const s3BucketsHavePolicyTable: PolicyTable = {
  policy: s3BucketsHavePolicy,
  pass: {
    "a separate bucket policy": {
      resources: [
        lake,
        resource(type, "policy", { bucket: unknown, policy: unknown }, { bucket: lake }),
      ],
    },
    "an in-line policy": { resources: [bucket("lake", { policy: "{}" })] },
    "an unknown in-line policy": { resources: [bucket("lake", { policy: unknown })] },
    "an in-line policy of the deprecated bucket type": {
      resources: [bucketV2("lake", { policy: "{}" })],
    },
  },
  fail: {
    "a bucket without a policy": {
      resources: [lake],
      messages: [/The bucket has no bucket policy: add an aws\.s3\.BucketPolicy that denies/],
    },
    "a bucket whose policy the provider reports as empty": {
      resources: [bucket("lake", { policy: "" })],
      messages: [/has no bucket policy/],
    },
  },
  undecided: {
    "a bucket while a policy's bucket is unknown": {
      resources: [lake, { type, name: "policy", props: { bucket: unknown } }],
      what: 'the bucket policy of "lake"',
    },
  },
  anyValuePasses: ["policy"],
};
