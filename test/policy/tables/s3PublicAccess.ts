import { s3BucketsHavePublicAccessBlock } from "../../../policy/rules/s3/s3BucketsHavePublicAccessBlock";
import { s3PublicAccessIsBlocked } from "../../../policy/rules/s3/s3PublicAccessIsBlocked";
import { resource, secret, unknown } from "../../../policy/testing";
import type { TestResource } from "../../../policy/testing";
import type { PolicyTable } from "../policyTable";
import { bucket, bucketV2, topic } from "./resources";

const type = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock";
const allFlags = {
  blockPublicAcls: true,
  blockPublicPolicy: true,
  ignorePublicAcls: true,
  restrictPublicBuckets: true,
};

const lake = bucket("lake");
const logs = bucketV2("logs");
const unnamed = bucket("unnamed", { bucket: unknown });
const blockOf = (target: TestResource, name: unknown = unknown) =>
  resource(type, `${target.name}-block`, { bucket: name }, { bucket: target });
const named = (name: unknown): TestResource => ({ type, name: "block", props: { bucket: name } });

export const s3BucketsHavePublicAccessBlockTable: PolicyTable = {
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
        topic,
        resource(type, "block", { bucket: unknown }, { bucket: [topic, lake] }),
      ],
    },
  },
  fail: {
    "a bucket without a block": {
      resources: [lake],
      messages: [/The bucket has no public access block: add an aws\.s3\.BucketPublicAccess/],
    },
    "a bucket next to a bucket with a block": {
      resources: [lake, logs, blockOf(logs)],
      messages: [/has no public access block/],
    },
    "every bucket without a block": {
      resources: [lake, logs],
      messages: [/has no/, /has no/],
      violating: ["lake", "logs"],
    },
    "a bucket if the block is for a bucket outside the stack": {
      resources: [lake, named("elsewhere")],
      messages: [/has no public access block/],
    },
    "a bucket whose other property is linked": {
      resources: [lake, resource(type, "block", { bucket: "elsewhere" }, { region: lake })],
      messages: [/has no public access block/],
    },
    "a bucket whose name is only the start of the name in the block": {
      resources: [
        lake,
        bucket("lake-logs"),
        resource(type, "block", { bucket: "lake-logs" }, { bucket: lake }),
      ],
      messages: [/has no public access block/],
    },
  },
  undecided: {
    "a bucket while a block's bucket is unknown": {
      resources: [lake, named(unknown)],
      what: 'the public access block of "lake"',
    },
    "only the buckets without a known block": {
      resources: [lake, logs, unnamed, blockOf(logs), named(unknown)],
      what: 'the public access block of "lake", the public access block of "unnamed"',
    },
    "a block whose bucket is one of two": {
      resources: [
        lake,
        logs,
        resource(type, "block", { bucket: unknown }, { bucket: [lake, logs] }),
      ],
      what: 'the public access block of "lake", the public access block of "logs"',
    },
  },
  notApplicable: {
    "a block for an existing bucket": {
      resources: [named("existing")],
      reason: /^applies to aws:s3\/bucket:Bucket, aws:s3\/bucketV2:BucketV2$/,
    },
  },
};

export const s3PublicAccessIsBlockedTable: PolicyTable = {
  policy: s3PublicAccessIsBlocked,
  pass: {
    "all four flags": { resources: [{ ...named("lake"), props: allFlags }] },
    "flags of an unknown bucket": {
      resources: [{ ...named("lake"), props: { ...allFlags, bucket: unknown } }],
    },
    "a secret flag": {
      resources: [{ ...named("lake"), props: { ...allFlags, blockPublicAcls: secret(true) } }],
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
    "a flag that is a string which the provider rejects": {
      resources: [{ ...named("lake"), props: { ...allFlags, ignorePublicAcls: "yes" } }],
      messages: [/ignorePublicAcls is not true/],
    },
  },
  undecided: {
    "unknown flags, while reporting the false one": {
      resources: [
        {
          ...named("lake"),
          props: {
            ...allFlags,
            blockPublicAcls: unknown,
            blockPublicPolicy: false,
            ignorePublicAcls: unknown,
          },
        },
      ],
      what: "blockPublicAcls, ignorePublicAcls",
      messages: [/blockPublicPolicy is not true/],
    },
  },
  remediated: {
    "flags that are absent": { resources: [named("lake")], to: { bucket: "lake", ...allFlags } },
    "invalid flags, even if they are secret": {
      resources: [
        {
          ...named(secret("lake")),
          props: {
            bucket: secret("lake"),
            ...allFlags,
            blockPublicAcls: secret(false),
            ignorePublicAcls: "true",
          },
        },
      ],
      to: { bucket: secret("lake"), ...allFlags, blockPublicAcls: secret(true) },
    },
    "all but the unknown flag": {
      resources: [
        {
          ...named("lake"),
          props: { ...allFlags, blockPublicPolicy: unknown, ignorePublicAcls: false },
        },
      ],
      to: { ...allFlags, blockPublicPolicy: unknown },
    },
    "no complete block": { resources: [{ ...named("lake"), props: allFlags }], to: "unchanged" },
    "no unknown flag": {
      resources: [{ ...named("lake"), props: { ...allFlags, blockPublicPolicy: unknown } }],
      to: "unchanged",
    },
  },
};
