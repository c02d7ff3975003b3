import {
  s3BucketsHavePublicAccessBlock,
  s3PublicAccessIsBlocked,
} from "../../../policy/rules/s3/publicAccessBlock";
import { urnOf } from "../../support/evaluatePolicies";
import type { TestResource } from "../../support/evaluatePolicies";
import type { PolicyTable } from "../../support/policyTable";
import { secretValue, unknownValue } from "../../support/policyWireFormat";
import { bucket, bucketV2, linked, topic } from "./resources";

const type = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock";
const allFlags = {
  blockPublicAcls: true,
  blockPublicPolicy: true,
  ignorePublicAcls: true,
  restrictPublicBuckets: true,
};

const lake = bucket("lake");
const logs = bucketV2("logs");
const unnamed = bucket("unnamed", { bucket: unknownValue });
const blockOf = (target: TestResource, name: unknown = unknownValue) =>
  linked(type, `${target.name}-block`, target, { bucket: name });
const named = (name: unknown): TestResource => ({ type, name: "block", props: { bucket: name } });

export const publicAccessBlockExists: PolicyTable = {
  policy: s3BucketsHavePublicAccessBlock,
  pass: {
    "a block that names the bucket by its output": { resources: [lake, blockOf(lake)] },
    "a block that names the bucket by a known name": { resources: [lake, named("lake")] },
    "a block that comes before its bucket": { resources: [named("lake"), lake] },
    "a bucket of the deprecated type": { resources: [logs, blockOf(logs)] },
    "a bucket whose name AWS will choose": { resources: [unnamed, blockOf(unnamed)] },
    "several buckets with a block each": { resources: [lake, logs, blockOf(lake), named("logs")] },
    "a block that depends on the component around the bucket, too": {
      resources: [
        lake,
        ...topic,
        {
          ...blockOf(lake),
          propertyDependencies: { bucket: [...topic, lake].map(urnOf) },
        },
      ],
    },
  },
  fail: {
    "a bucket alone": {
      resources: [lake],
      messages: [/Bucket "lake" has no public access block: add an aws\.s3\.BucketPublicAccess/],
    },
    "a bucket whose neighbour has the only block": {
      resources: [lake, logs, blockOf(logs)],
      messages: [/Bucket "lake" has no/],
    },
    "every bucket that has none": {
      resources: [lake, logs],
      messages: [/Bucket "lake" has no/, /Bucket "logs" has no/],
      blamed: ["lake", "logs"],
    },
    "a bucket when the block is for a bucket outside the stack": {
      resources: [lake, named("elsewhere")],
      messages: [/Bucket "lake" has no/],
    },
    "a bucket whose other property is linked": {
      resources: [lake, linked(type, "block", lake, { bucket: "elsewhere" }, "region")],
      messages: [/Bucket "lake" has no/],
    },
    "a bucket whose name is only the start of the name in the block": {
      resources: [lake, bucket("lake-logs"), linked(type, "block", lake, { bucket: "lake-logs" })],
      messages: [/Bucket "lake" has no/],
    },
    "config for a setting that the rule does not have": {
      resources: [lake, blockOf(lake)],
      config: { flags: 3 },
      messages: [/"flags" is not a setting of this rule/],
      blamed: [""],
    },
  },
  undecided: {
    "a bucket while a block's bucket is unknown": {
      resources: [lake, named(unknownValue)],
      what: 'the public access block of bucket "lake"',
    },
    "only the buckets that have no block of their own": {
      resources: [lake, logs, unnamed, blockOf(logs), named(unknownValue)],
      what: 'the public access block of bucket "lake", the public access block of bucket "unnamed"',
    },
    "a block whose bucket is one of two": {
      resources: [
        lake,
        logs,
        { ...blockOf(lake), propertyDependencies: { bucket: [lake, logs].map(urnOf) } },
      ],
      what: 'the public access block of bucket "lake", the public access block of bucket "logs"',
    },
  },
  notApplicable: {
    "a stack without buckets": { resources: topic, reason: /declares no S3 bucket/ },
    "a block for an existing bucket": { resources: [named("existing")], reason: /no S3 bucket/ },
  },
};

export const publicAccessIsBlocked: PolicyTable = {
  policy: s3PublicAccessIsBlocked,
  pass: {
    "all four flags": { resources: [{ ...named("lake"), props: allFlags }] },
    "flags of an unknown bucket": {
      resources: [{ ...named("lake"), props: { ...allFlags, bucket: unknownValue } }],
    },
    "a secret flag": {
      resources: [{ ...named("lake"), props: { ...allFlags, blockPublicAcls: secretValue(true) } }],
    },
  },
  fail: {
    "flags that are all absent": {
      resources: [named("lake")],
      messages: [
        /blockPublicAcls is absent \(the default is false\): set it to true/,
        /blockPublicPolicy is absent/,
        /ignorePublicAcls is absent/,
        /restrictPublicBuckets is absent/,
      ],
    },
    "one flag that is false": {
      resources: [{ ...named("lake"), props: { ...allFlags, restrictPublicBuckets: false } }],
      messages: [/restrictPublicBuckets is not true: set it to true/],
    },
    "a flag that is a text": {
      resources: [{ ...named("lake"), props: { ...allFlags, ignorePublicAcls: "true" } }],
      messages: [/ignorePublicAcls is not true/],
    },
  },
  undecided: {
    "unknown flags, and still reports the false one": {
      resources: [
        {
          ...named("lake"),
          props: {
            ...allFlags,
            blockPublicAcls: unknownValue,
            blockPublicPolicy: false,
            ignorePublicAcls: unknownValue,
          },
        },
      ],
      what: "blockPublicAcls, ignorePublicAcls",
      messages: [/blockPublicPolicy is not true/],
    },
  },
  notApplicable: { "other resources": { resources: [lake], reason: /BucketPublicAccessBlock$/ } },
};
