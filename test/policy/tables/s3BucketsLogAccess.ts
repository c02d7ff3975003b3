import { s3BucketsLogAccess } from "../../../policy/rules/s3/s3BucketsLogAccess";
import { resource, secret, unknown } from "../../../policy/testing";
import type { TestResource } from "../../../policy/testing";
import type { PolicyTable } from "../policyTable";
import { bucket, bucketV2 } from "./resources";

const type = "aws:s3/bucketLogging:BucketLogging";
const v2Type = "aws:s3/bucketLoggingV2:BucketLoggingV2";

const lake = bucket("lake");
const logs = bucket("logs");
const logging = (name: unknown, targetBucket: unknown, of = type): TestResource =>
  resource(of, "logging", { bucket: name, targetBucket });
const linked = (source: TestResource, target: TestResource): TestResource =>
  resource(
    type,
    "logging",
    { bucket: unknown, targetBucket: unknown },
    { bucket: source, targetBucket: target },
  );
const inline = (targetBucket: unknown) =>
  bucket("lake", { bucket: "lake", logging: { targetBucket } });
const inlineV2 = (targetBucket: unknown) =>
  bucketV2("lake", { bucket: "lake", loggings: [{ targetBucket }] });

const logDelivery = JSON.stringify({
  Statement: {
    Effect: "Allow",
    Principal: { Service: "logging.s3.amazonaws.com" },
    Action: "s3:PutObject",
    Resource: "arn:aws:s3:::logs/*",
  },
});
const policyOn = (target: TestResource, policy: unknown): TestResource =>
  resource(
    "aws:s3/bucketPolicy:BucketPolicy",
    "policy",
    { bucket: unknown, policy },
    { bucket: target },
  );

const unlogged = [
  /Server access logging is not enabled on the bucket: add an aws\.s3\.BucketLogging/,
];
const circular = [/targetBucket is the logged bucket itself: use another bucket/];

export const s3BucketsLogAccessTable: PolicyTable = {
  policy: s3BucketsLogAccess,
  pass: {
    "logs in another bucket, linked by outputs": { resources: [lake, logs, linked(lake, logs)] },
    "logs in another bucket, linked by names": { resources: [lake, logs, logging("lake", "logs")] },
    "logs in an existing bucket": { resources: [lake, logging("lake", "existing")] },
    "the deprecated types": {
      resources: [bucketV2("lake"), bucketV2("logs"), logging("lake", "logs", v2Type)],
    },
    "a secret target": { resources: [lake, logging("lake", secret("existing"))] },
    "in-line logs": { resources: [inline("logs"), logs] },
    "in-line logs of the deprecated bucket type": { resources: [inlineV2("logs"), logs] },
    "a bucket whose policy lets S3 write access logs of other stacks": {
      resources: [logs, policyOn(logs, logDelivery)],
    },
    "a target of a bucket outside the stack": { resources: [logs, logging("existing", "logs")] },
  },
  fail: {
    "a bucket without access logs": { resources: [lake], messages: unlogged },
    "a bucket of the deprecated type without access logs": {
      resources: [bucketV2("lake")],
      messages: unlogged,
    },
    "a bucket next to a logged bucket": {
      resources: [bucket("data"), lake, logs, logging("lake", "logs")],
      messages: unlogged,
    },
    "logs in the same bucket": {
      resources: [linked(lake, lake), lake],
      messages: circular,
    },
    "logs in the same bucket by its name, in the deprecated type": {
      resources: [logging("lake", "lake", v2Type), lake],
      messages: circular,
    },
    "logs in the same existing bucket": {
      resources: [logging("existing", "existing")],
      messages: circular,
    },
    "in-line logs in the same bucket": { resources: [inline("lake")], messages: circular },
    "in-line logs in the same bucket of the deprecated type": {
      resources: [inlineV2("lake")],
      messages: circular,
    },
  },
  undecided: {
    "a bucket while a logged bucket is unknown": {
      resources: [lake, logging(unknown, "existing")],
      what: 'the access logs of "lake", the target of access logs of "logging"',
    },
    "an unknown target": {
      resources: [lake, logging("lake", unknown)],
      what: 'the target of access logs of "logging"',
    },
    "an unknown in-line target": {
      resources: [inline(unknown)],
      what: 'the target of access logs of "lake"',
    },
    "a bucket whose policy is unknown": {
      resources: [logs, policyOn(logs, unknown)],
      what: 'the access logs of "logs"',
    },
    "a bucket that could be the target": {
      resources: [lake, logs, logging("lake", unknown)],
      what: 'the access logs of "logs", the target of access logs of "logging"',
    },
  },
};
