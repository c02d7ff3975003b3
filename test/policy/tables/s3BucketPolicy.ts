import { s3BucketsHavePolicy } from "../../../policy/rules/s3/tlsOnly";
import type { PolicyTable } from "../../support/policyTable";
import { unknownValue } from "../../support/policyWireFormat";
import { bucket, bucketV2, linked, topic } from "./resources";

const type = "aws:s3/bucketPolicy:BucketPolicy";
const lake = bucket("lake");

export const bucketPolicyExists: PolicyTable = {
  policy: s3BucketsHavePolicy,
  pass: {
    "a policy of the bucket's own": {
      resources: [
        lake,
        linked(type, "policy", lake, { bucket: unknownValue, policy: unknownValue }),
      ],
    },
    "an in-line policy": { resources: [bucket("lake", { policy: "{}" })] },
    "an unknown in-line policy": { resources: [bucket("lake", { policy: unknownValue })] },
    "an in-line policy of the deprecated bucket type": {
      resources: [bucketV2("lake", { policy: "{}" })],
    },
  },
  fail: {
    "a bucket alone": {
      resources: [lake],
      messages: [/Bucket "lake" has no bucket policy: add an aws\.s3\.BucketPolicy that denies/],
    },
    "a bucket whose policy the provider reports as empty": {
      resources: [bucket("lake", { policy: "" })],
      messages: [/Bucket "lake" has no bucket policy/],
    },
  },
  undecided: {
    "a bucket while a policy's bucket is unknown": {
      resources: [lake, { type, name: "policy", props: { bucket: unknownValue } }],
      what: 'the bucket policy of bucket "lake"',
    },
  },
  notApplicable: {
    "a stack without buckets": { resources: topic, reason: /declares no S3 bucket/ },
  },
};
