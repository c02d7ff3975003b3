import { s3BucketsHaveLifecycle } from "../../../policy/rules/s3/s3BucketsHaveLifecycle";
import { s3FormerVersionsExpire } from "../../../policy/rules/s3/s3FormerVersionsExpire";
import { s3IncompleteUploadsAreAborted } from "../../../policy/rules/s3/s3IncompleteUploadsAreAborted";
import { resource, secret, unknown } from "../../../policy/testing";
import type { TestResource } from "../../../policy/testing";
import type { PolicyTable } from "../policyTable";
import { bucket, bucketV2 } from "./resources";

const type = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration";
const v2Type = "aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2";

const abort = {
  id: "abort",
  status: "Enabled",
  filter: {},
  abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
};
const expire = {
  id: "expire",
  status: "Enabled",
  noncurrentVersionExpiration: { noncurrentDays: 90 },
};
const inlineAbort = { enabled: true, abortIncompleteMultipartUploadDays: 7 };
const inlineExpire = { enabled: true, noncurrentVersionExpiration: { days: 90 } };
const inlineV2Expire = { enabled: true, noncurrentVersionExpirations: [{ days: 90 }] };

const lake = bucket("lake");
const lifecycle = (rules: unknown, of = type, name: unknown = "lake"): TestResource =>
  resource(of, "lifecycle", { bucket: name, rules });
const inline = (lifecycleRules: unknown, props: TestResource["props"] = {}): TestResource =>
  bucket("lake", { bucket: "lake", lifecycleRules, ...props });
const inlineV2 = (lifecycleRules: unknown, props: TestResource["props"] = {}): TestResource =>
  bucketV2("lake", { bucket: "lake", lifecycleRules, ...props });

export const s3BucketsHaveLifecycleTable: PolicyTable = {
  policy: s3BucketsHaveLifecycle,
  pass: {
    "a lifecycle that names the bucket by its output": {
      resources: [lake, resource(type, "lifecycle", { bucket: unknown }, { bucket: lake })],
    },
    "a lifecycle of the deprecated types": {
      resources: [bucketV2("lake"), lifecycle([abort], v2Type)],
    },
    "in-line rules": { resources: [inline([inlineAbort])] },
    "in-line rules of the deprecated bucket type": { resources: [inlineV2([inlineAbort])] },
  },
  fail: {
    "a bucket without a lifecycle": {
      resources: [lake],
      messages: [/The bucket has no lifecycle: add an aws\.s3\.BucketLifecycleConfiguration/],
    },
    "an empty list of rules": { resources: [inline([])], messages: [/has no lifecycle/] },
    "a bucket of the deprecated type next to a bucket with a lifecycle": {
      resources: [bucketV2("logs"), lake, lifecycle([abort])],
      messages: [/has no lifecycle/],
    },
  },
  undecided: {
    "a bucket while a lifecycle's bucket is unknown": {
      resources: [lake, lifecycle([abort], type, unknown)],
      what: 'the lifecycle of "lake"',
    },
    "unknown in-line rules": { resources: [inline(unknown)], what: 'the lifecycle of "lake"' },
  },
};

const notAborted = [/No rule aborts incomplete uploads of every object: add an enabled rule/];

export const s3IncompleteUploadsAreAbortedTable: PolicyTable = {
  policy: s3IncompleteUploadsAreAborted,
  pass: {
    "a rule with an empty filter": { resources: [lifecycle([abort])] },
    "a rule without a filter": { resources: [lifecycle([{ ...abort, filter: undefined }])] },
    "a rule with an empty prefix": {
      resources: [lifecycle([{ ...abort, filter: { prefix: "" } }], v2Type)],
    },
    "a rule with the deprecated prefix, empty": {
      resources: [lifecycle([{ ...abort, filter: undefined, prefix: "" }])],
    },
    "a rule after other rules": {
      resources: [lifecycle([{ ...expire, filter: { prefix: "raw/" } }, abort])],
    },
    "a complete rule next to an unknown rule": { resources: [lifecycle([unknown, abort])] },
    "a secret rule": { resources: [lifecycle([secret(abort)])] },
    "an in-line rule": { resources: [inline([inlineAbort])] },
    "an in-line rule of the deprecated bucket type": {
      resources: [inlineV2([{ ...inlineAbort, prefix: "" }])],
    },
  },
  fail: {
    "no rule": { resources: [lifecycle([])], messages: notAborted },
    "rules without such an action": { resources: [lifecycle([expire])], messages: notAborted },
    "a rule that is disabled": {
      resources: [lifecycle([{ ...abort, status: "Disabled" }])],
      messages: notAborted,
    },
    "a rule without days": {
      resources: [lifecycle([{ ...abort, abortIncompleteMultipartUpload: {} }])],
      messages: notAborted,
    },
    "a rule for a prefix": {
      resources: [lifecycle([{ ...abort, filter: { prefix: "raw/" } }], v2Type)],
      messages: notAborted,
    },
    "a rule for the deprecated prefix": {
      resources: [lifecycle([{ ...abort, prefix: "raw/" }])],
      messages: notAborted,
    },
    "a rule for a tag": {
      resources: [lifecycle([{ ...abort, filter: { tag: { key: "kind", value: "" } } }])],
      messages: notAborted,
    },
    "a rule for several conditions": {
      resources: [
        lifecycle([{ ...abort, filter: { and: { prefix: "", tags: { kind: "raw" } } } }]),
      ],
      messages: notAborted,
    },
    "a rule for large objects": {
      resources: [lifecycle([{ ...abort, filter: { objectSizeGreaterThan: 1024 } }])],
      messages: notAborted,
    },
    "an in-line rule that is disabled": {
      resources: [inline([{ ...inlineAbort, enabled: false }])],
      messages: notAborted,
    },
    "an in-line rule for a tag": {
      resources: [inline([{ ...inlineAbort, tags: { kind: "" } }])],
      messages: notAborted,
    },
    "an in-line rule of the deprecated bucket type with no days": {
      resources: [inlineV2([{ enabled: true, abortIncompleteMultipartUploadDays: 0 }])],
      messages: notAborted,
    },
  },
  undecided: {
    "unknown rules": { resources: [lifecycle(unknown)], what: "the lifecycle rules" },
    "an unknown rule": { resources: [lifecycle([expire, unknown])], what: "the lifecycle rules" },
    "an unknown status": {
      resources: [lifecycle([{ ...abort, status: unknown }])],
      what: "the lifecycle rules",
    },
    "an unknown filter": {
      resources: [lifecycle([{ ...abort, filter: { prefix: unknown } }])],
      what: "the lifecycle rules",
    },
    "unknown days of an in-line rule": {
      resources: [inline([{ ...inlineAbort, abortIncompleteMultipartUploadDays: unknown }])],
      what: "the lifecycle rules",
    },
  },
  notApplicable: {
    "a bucket without an in-line lifecycle": {
      resources: [lake],
      reason: /no in-line lifecycle/,
    },
  },
};

const versioningType = "aws:s3/bucketVersioning:BucketVersioning";
const versioningV2Type = "aws:s3/bucketVersioningV2:BucketVersioningV2";
const versioning = (status: unknown, of = versioningType, name: unknown = "lake"): TestResource =>
  resource(of, "versioning", { bucket: name, versioningConfiguration: { status } });
const notExpired = [/No rule deletes former versions of a versioned bucket: add one with noncur/];

export const s3FormerVersionsExpireTable: PolicyTable = {
  policy: s3FormerVersionsExpire,
  pass: {
    "an enabled rule": { resources: [lake, versioning("Enabled"), lifecycle([abort, expire])] },
    "a rule for a prefix": {
      resources: [
        lake,
        versioning("Enabled", versioningV2Type),
        lifecycle([{ ...expire, filter: { prefix: "raw/" } }], v2Type),
      ],
    },
    "in-line rules": {
      resources: [inline([inlineExpire], { versioning: { enabled: true } })],
    },
    "in-line rules of the deprecated bucket type": {
      resources: [inlineV2([inlineV2Expire], { versionings: [{ enabled: true }] })],
    },
    "a bucket without versions": { resources: [lake, lifecycle([abort])] },
    "a bucket whose versions are suspended": {
      resources: [lake, versioning("Suspended"), lifecycle([abort])],
    },
    "outdated in-line settings next to companions": {
      resources: [
        inline([inlineAbort], { versioning: { enabled: true } }),
        versioning("Suspended"),
        lifecycle([abort]),
      ],
    },
  },
  fail: {
    "a lifecycle without such a rule": {
      resources: [lifecycle([abort]), lake, versioning("Enabled")],
      messages: notExpired,
    },
    "a lifecycle without such a rule, linked by outputs": {
      resources: [
        resource(type, "lifecycle", { bucket: unknown, rules: [abort] }, { bucket: lake }),
        lake,
        resource(
          versioningV2Type,
          "versioning",
          { bucket: unknown, versioningConfiguration: { status: "Enabled" } },
          { bucket: lake },
        ),
      ],
      messages: notExpired,
    },
    "a rule that is disabled": {
      resources: [
        lifecycle([{ ...expire, status: "Disabled" }], v2Type),
        lake,
        versioning("Enabled"),
      ],
      messages: notExpired,
    },
    "a rule with a number of versions, but without days": {
      resources: [
        lifecycle([{ ...expire, noncurrentVersionExpiration: { newerNoncurrentVersions: 3 } }]),
        lake,
        versioning("Enabled"),
      ],
      messages: notExpired,
    },
    "in-line versioning with a separate lifecycle": {
      resources: [
        lifecycle([abort]),
        bucket("lake", { bucket: "lake", versioning: { enabled: true } }),
      ],
      messages: notExpired,
    },
    "in-line rules of a bucket that is versioned in-line": {
      resources: [inline([inlineAbort], { versioning: { enabled: true } })],
      messages: notExpired,
    },
    "in-line rules of the deprecated bucket type": {
      resources: [inlineV2([inlineAbort]), versioning("Enabled")],
      messages: notExpired,
    },
    "an existing bucket that is versioned here": {
      resources: [
        lifecycle([abort], type, "existing"),
        versioning("Enabled", versioningType, "existing"),
      ],
      messages: notExpired,
    },
  },
  undecided: {
    "unknown rules of a versioned bucket": {
      resources: [lake, versioning("Enabled"), lifecycle(unknown)],
      what: 'the lifecycle rules of "lifecycle"',
    },
    "an unknown status of versions": {
      resources: [lake, versioning(unknown), lifecycle([abort])],
      what: 'the versioning of "lifecycle"',
    },
    "a bucket while a companion's bucket is unknown": {
      resources: [lake, versioning("Enabled", versioningType, unknown), lifecycle([abort])],
      what: 'the versioning of "lifecycle"',
    },
    "in-line rules while a companion's bucket is unknown": {
      resources: [
        inline([inlineAbort], { versioning: { enabled: true } }),
        lifecycle([expire], type, unknown),
      ],
      what: 'the lifecycle rules of "lake"',
    },
    "a lifecycle whose bucket is unknown": {
      resources: [lake, versioning("Enabled"), lifecycle([abort], type, unknown)],
      what: 'the versioning of "lifecycle"',
    },
  },
  notApplicable: {
    "a bucket without a lifecycle": {
      resources: [lake, versioning("Enabled")],
      reason: /no in-line lifecycle/,
    },
  },
};
