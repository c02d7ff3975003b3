import { s3BucketsKeepTheirObjects } from "../../../policy/rules/s3/s3BucketsKeepTheirObjects";
import { secret, unknown } from "../../../policy/testing";
import type { PolicyTable } from "../policyTable";
import { bucket, bucketV2 } from "./resources";

const reported = [/forceDestroy is not false: remove it/];

export const s3BucketsKeepTheirObjectsTable: PolicyTable = {
  policy: s3BucketsKeepTheirObjects,
  pass: {
    "the default": { resources: [bucket("lake")] },
    false: { resources: [bucket("lake", { forceDestroy: false })] },
    "a secret false of the deprecated bucket type": {
      resources: [bucketV2("lake", { forceDestroy: secret(false) })],
    },
  },
  fail: {
    true: { resources: [bucket("lake", { forceDestroy: true })], messages: reported },
    "true in the deprecated bucket type": {
      resources: [bucketV2("lake", { forceDestroy: true })],
      messages: reported,
    },
    "a string": { resources: [bucket("lake", { forceDestroy: "true" })], messages: reported },
  },
  undecided: {
    "an unknown value": {
      resources: [bucket("lake", { forceDestroy: unknown })],
      what: "forceDestroy",
    },
  },
};
