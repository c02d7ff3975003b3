import { s3DirectoryBucketsHaveLifecycle } from "../../../policy/rules/s3/s3DirectoryBucketsHaveLifecycle";
import { s3ObjectEventsAreLogged } from "../../../policy/rules/s3/s3ObjectEventsAreLogged";
import { s3VersionsNeedMfaToDelete } from "../../../policy/rules/s3/s3VersionsNeedMfaToDelete";
import { resource, secret, unknown } from "../../../policy/testing";
import type { TestResource, WireProperties } from "../../../policy/testing";
import type { PolicyTable } from "../policyTable";
import { bucket, bucketV2 } from "./resources";

const lake = bucket("lake");
const lifecycleType = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration";
const lifecycle = (of: unknown = "lake"): TestResource =>
  resource(lifecycleType, "lifecycle", { bucket: of });
const versioning = (mfaDelete: unknown, of: unknown = "lake"): TestResource =>
  resource("aws:s3/bucketVersioning:BucketVersioning", "versioning", {
    bucket: of,
    versioningConfiguration: { status: "Enabled", mfaDelete },
  });
const needsMfa = [/MFA delete is not enabled: set versioningConfiguration\.mfaDelete to "Enabled"/];

export const s3VersionsNeedMfaToDeleteTable: PolicyTable = {
  policy: s3VersionsNeedMfaToDelete,
  pass: {
    "MFA delete": { resources: [versioning("Enabled")] },
    "secret MFA delete": { resources: [versioning(secret("Enabled"))] },
    "MFA delete next to the outputs of the bucket": {
      resources: [
        versioning("Enabled"),
        bucket("lake", { bucket: "lake", versioning: { enabled: true, mfaDelete: false } }),
      ],
    },
    "in-line MFA delete": {
      resources: [bucket("lake", { versioning: { enabled: true, mfaDelete: true } })],
    },
    "in-line MFA delete of the deprecated bucket type": {
      resources: [bucketV2("lake", { versionings: [{ enabled: true, mfaDelete: true }] })],
    },
  },
  fail: {
    "the default": { resources: [versioning(undefined), lake], messages: needsMfa },
    "disabled MFA delete": { resources: [versioning("Disabled")], messages: needsMfa },
    "disabled in-line MFA delete": {
      resources: [bucket("lake", { versioning: { enabled: true, mfaDelete: false } })],
      messages: needsMfa,
    },
    "a bucket next to one with a lifecycle": {
      resources: [versioning("Disabled"), lake, bucket("logs"), lifecycle("logs")],
      messages: needsMfa,
    },
  },
  undecided: {
    "unknown MFA delete": {
      resources: [versioning(unknown)],
      what: 'MFA delete of "versioning"',
    },
    "unknown in-line versioning": {
      resources: [bucket("lake", { versioning: { enabled: unknown, mfaDelete: false } })],
      what: 'the versioning of "lake"',
    },
    "a bucket that can have the lifecycle of an unknown one": {
      resources: [versioning("Disabled"), lake, lifecycle(unknown)],
      what: 'the lifecycle of "versioning"',
    },
  },
  notApplicable: {
    "a bucket without in-line versioning": { resources: [lake], reason: /no in-line versioning/ },
    "a bucket with suspended in-line versioning, which another rule reports": {
      resources: [bucket("lake", { versioning: { enabled: false, mfaDelete: false } })],
      reason: /no in-line versioning/,
    },
    "a bucket with a lifecycle, which excludes MFA delete": {
      resources: [versioning("Disabled"), lifecycle()],
      reason: /does not support MFA delete together with a lifecycle/,
    },
    "a bucket with an in-line lifecycle": {
      resources: [
        versioning("Disabled"),
        bucket("lake", { bucket: "lake", lifecycleRules: [{ enabled: true }] }),
      ],
      reason: /together with a lifecycle/,
    },
  },
};

const trail = (props: WireProperties): readonly TestResource[] => [
  lake,
  resource("aws:cloudtrail/trail:Trail", "trail", {
    s3BucketName: "trail",
    isMultiRegionTrail: true,
    ...props,
  }),
];
const objects = (...values: readonly unknown[]) => ({
  dataResources: [{ type: "AWS::S3::Object", values }],
});
const field = (name: string, ...equals: readonly unknown[]) => ({ field: name, equals });
const fields = (...others: readonly object[]) => ({
  fieldSelectors: [
    field("eventCategory", "Data"),
    field("resources.type", "AWS::S3::Object"),
    ...others,
  ],
});
const missing = (events: string) =>
  new RegExp(`No trail of the stack logs ${events} events of the objects of all buckets`);
const both = [missing("read"), missing("write")];

export const s3ObjectEventsAreLoggedTable: PolicyTable = {
  policy: s3ObjectEventsAreLogged,
  pass: {
    "all events of all buckets": { resources: trail({ eventSelectors: [objects("arn:aws:s3")] }) },
    "all events of all buckets, in the older form": {
      resources: trail({ eventSelectors: [{ ...objects("arn:aws:s3:::"), readWriteType: "All" }] }),
    },
    "read and write events in two selectors": {
      resources: trail({
        eventSelectors: [
          { ...objects("arn:aws:s3:::other/", "arn:aws:s3"), readWriteType: "ReadOnly" },
          { ...objects("arn:aws:s3"), readWriteType: "WriteOnly" },
        ],
      }),
    },
    "an advanced selector": { resources: trail({ advancedEventSelectors: [fields()] }) },
    "advanced selectors for read and for write events": {
      resources: trail({
        advancedEventSelectors: [
          fields(field("readOnly", "true")),
          fields(field("readOnly", "false")),
        ],
      }),
    },
    "secret selectors": { resources: trail({ eventSelectors: secret([objects("arn:aws:s3")]) }) },
  },
  fail: {
    "a bucket without a trail": { resources: [lake], messages: both },
    "a trail of management events": { resources: trail({}), messages: both },
    "a trail of one Region": {
      resources: trail({ isMultiRegionTrail: undefined, eventSelectors: [objects("arn:aws:s3")] }),
      messages: both,
    },
    "a trail that is switched off": {
      resources: trail({ enableLogging: false, eventSelectors: [objects("arn:aws:s3")] }),
      messages: both,
    },
    "events of one bucket": {
      resources: trail({ eventSelectors: [objects("arn:aws:s3:::lake/")] }),
      messages: both,
    },
    "read events only": {
      resources: trail({
        eventSelectors: [{ ...objects("arn:aws:s3"), readWriteType: "ReadOnly" }],
      }),
      messages: [missing("write")],
    },
    "write events only, by an advanced selector": {
      resources: trail({ advancedEventSelectors: [fields(field("readOnly", "false"))] }),
      messages: [missing("read")],
    },
    "an advanced selector of one bucket": {
      resources: trail({
        advancedEventSelectors: [
          fields({ field: "resources.ARN", startsWiths: ["arn:aws:s3:::lake/"] }),
        ],
      }),
      messages: both,
    },
  },
  undecided: {
    "unknown selectors": {
      resources: trail({ eventSelectors: unknown }),
      what: 'the trail of the stack of "lake"',
    },
    "an unknown bucket": {
      resources: trail({ eventSelectors: [objects(unknown)] }),
      what: 'the trail of the stack of "lake"',
    },
    "an unknown field": {
      resources: trail({ advancedEventSelectors: [fields(field("readOnly", unknown))] }),
      what: 'the trail of the stack of "lake"',
    },
  },
};

const express = (props: WireProperties = { bucket: "fast--euc1-az1--x-s3" }): TestResource =>
  resource("aws:s3/directoryBucket:DirectoryBucket", "fast", props);

export const s3DirectoryBucketsHaveLifecycleTable: PolicyTable = {
  policy: s3DirectoryBucketsHaveLifecycle,
  pass: {
    "a lifecycle": { resources: [express(), lifecycle("fast--euc1-az1--x-s3")] },
    "a lifecycle that names the bucket by its output": {
      resources: [
        express({ bucket: unknown }),
        resource(
          lifecycleType,
          "lifecycle",
          { bucket: unknown },
          { bucket: express({ bucket: unknown }) },
        ),
      ],
    },
  },
  fail: {
    "a bucket without a lifecycle": {
      resources: [express(), lake, lifecycle("lake")],
      messages: [/The bucket has no lifecycle: add an aws\.s3\.BucketLifecycleConfiguration/],
    },
  },
  undecided: {
    "a bucket while the bucket of a lifecycle is unknown": {
      resources: [express(), lifecycle(unknown)],
      what: 'the lifecycle of "fast"',
    },
  },
};
