import { s3BucketsAreReplicated } from "../../../policy/rules/s3/s3BucketsAreReplicated";
import { s3BucketsLockObjects } from "../../../policy/rules/s3/s3BucketsLockObjects";
import { s3BucketsSendEvents } from "../../../policy/rules/s3/s3BucketsSendEvents";
import { resource, unknown } from "../../../policy/testing";
import type { TestResource } from "../../../policy/testing";
import type { PolicyTable } from "../policyTable";
import { bucket, bucketV2 } from "./resources";

const lake = bucket("lake");
const companion = (type: string, name: unknown = "lake"): TestResource =>
  resource(type, "companion", { bucket: name });
const linked = (type: string): readonly TestResource[] => [
  lake,
  resource(type, "companion", { bucket: unknown }, { bucket: lake }),
];

const replicationType = "aws:s3/bucketReplicationConfig:BucketReplicationConfig";
const role = "arn:aws:iam::123456789012:role/replication";

export const s3BucketsAreReplicatedTable: PolicyTable = {
  policy: s3BucketsAreReplicated,
  pass: {
    "a separate replication": { resources: linked(replicationType) },
    "in-line replication": {
      resources: [bucket("lake", { replicationConfiguration: { role } })],
    },
    "in-line replication of the deprecated bucket type": {
      resources: [bucketV2("lake", { replicationConfigurations: [{ role }] })],
    },
  },
  fail: {
    "a bucket without replication": {
      resources: [lake],
      messages: [/The bucket has no replication: add an aws\.s3\.BucketReplicationConfig/],
    },
  },
  undecided: {
    "a bucket while a replicated bucket is unknown": {
      resources: [lake, companion(replicationType, unknown)],
      what: 'the replication of "lake"',
    },
  },
};

const lockType = "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration";
const lockV2Type = "aws:s3/bucketObjectLockConfigurationV2:BucketObjectLockConfigurationV2";

export const s3BucketsLockObjectsTable: PolicyTable = {
  policy: s3BucketsLockObjects,
  pass: {
    "a separate lock": { resources: linked(lockType) },
    "a lock of the deprecated types": { resources: [bucketV2("lake"), companion(lockV2Type)] },
    "a bucket that is created with the lock": {
      resources: [bucket("lake", { objectLockEnabled: true })],
    },
    "an in-line lock": {
      resources: [bucketV2("lake", { objectLockConfiguration: { objectLockEnabled: "Enabled" } })],
    },
  },
  fail: {
    "a bucket without Object Lock": {
      resources: [lake],
      messages: [/The bucket has no Object Lock: set objectLockEnabled, or add an aws\.s3\./],
    },
    "a bucket that is created without the lock": {
      resources: [bucket("lake", { objectLockEnabled: false })],
      messages: [/has no Object Lock/],
    },
  },
  undecided: {
    "an unknown flag": {
      resources: [bucket("lake", { objectLockEnabled: unknown })],
      what: 'the Object Lock of "lake"',
    },
  },
};

const notificationType = "aws:s3/bucketNotification:BucketNotification";

export const s3BucketsSendEventsTable: PolicyTable = {
  policy: s3BucketsSendEvents,
  pass: {
    "a notification": { resources: linked(notificationType) },
    "a notification of a bucket of the deprecated type": {
      resources: [bucketV2("lake"), companion(notificationType)],
    },
  },
  fail: {
    "a bucket without a notification": {
      resources: [lake],
      messages: [/The bucket has no event notification: add an aws\.s3\.BucketNotification/],
    },
  },
  undecided: {
    "a bucket while a notification's bucket is unknown": {
      resources: [lake, companion(notificationType, unknown)],
      what: 'the event notification of "lake"',
    },
  },
};
