import type { Properties } from "../../../engine/graph/resourceGraph";
import { alarmMetric, alarmPeriods, alarmThreshold } from "./alarmDetails";
import { type Detail, inputList, inputText, shownValue } from "./inputValue";
import { lifecycleRules } from "./lifecycleDetails";

/** One thing that a reader of a plan wants to know about a resource. */
export type Fact = InputFact | MadeFact;

interface InputFact {
  readonly label: string;
  /** Where the value is in the inputs, e.g. `rules.0.bucketKeyEnabled`. */
  readonly path: string;
  readonly unit?: string;
}

interface MadeFact {
  readonly label: string;
  /** Makes one value of several inputs; undefined if there is nothing to tell. */
  readonly format: (inputs: Properties) => string | undefined;
}

interface TypeFacts {
  readonly facts?: readonly Fact[];
  readonly rules?: (inputs: Properties) => readonly Detail[];
  /** Input that is an IAM policy document; it is told by its statements. */
  readonly document?: string;
}

const s3 = "extendedS3Configuration";
const encryption = "rules.0.applyServerSideEncryptionByDefault";

/** What matters of each type of resource, in the order in which it is told. */
export const resourceFacts: Readonly<Record<string, TypeFacts>> = {
  "aws:kinesis/stream:Stream": {
    facts: [
      { label: "mode", path: "streamModeDetails.streamMode" },
      { label: "shards", path: "shardCount" },
      { label: "retention", path: "retentionPeriod", unit: "h" },
      { label: "encryption", path: "encryptionType" },
      { label: "shard metrics", path: "shardLevelMetrics" },
    ],
  },
  "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream": {
    facts: [
      { label: "prefix", path: `${s3}.prefix` },
      { label: "errors", path: `${s3}.errorOutputPrefix` },
      { label: "time zone", path: `${s3}.customTimeZone` },
      { label: "buffer", path: `${s3}.bufferingSize`, unit: "MiB" },
      { label: "interval", path: `${s3}.bufferingInterval`, unit: "s" },
      { label: "compression", path: `${s3}.compressionFormat` },
      { label: "file extension", path: `${s3}.fileExtension` },
      { label: "processors", format: processorNames },
    ],
  },
  "aws:s3/bucket:Bucket": { facts: [{ label: "force destroy", path: "forceDestroy" }] },
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": {
    facts: [
      { label: "encryption", path: `${encryption}.sseAlgorithm` },
      { label: "bucket key", path: "rules.0.bucketKeyEnabled" },
    ],
  },
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": {
    facts: [
      { label: "block ACLs", path: "blockPublicAcls" },
      { label: "ignore ACLs", path: "ignorePublicAcls" },
      { label: "block policy", path: "blockPublicPolicy" },
      { label: "restrict", path: "restrictPublicBuckets" },
    ],
  },
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": {
    facts: [{ label: "objects", path: "rule.objectOwnership" }],
  },
  "aws:s3/bucketVersioning:BucketVersioning": {
    facts: [{ label: "versioning", path: "versioningConfiguration.status" }],
  },
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": { rules: lifecycleRules },
  "aws:s3/bucketLogging:BucketLogging": {
    facts: [
      { label: "log bucket", path: "targetBucket" },
      { label: "prefix", path: "targetPrefix" },
    ],
  },
  "aws:s3/bucketPolicy:BucketPolicy": { document: "policy" },
  "aws:kms/key:Key": {
    facts: [
      { label: "rotation", path: "enableKeyRotation" },
      { label: "deletion window", path: "deletionWindowInDays", unit: "days" },
    ],
  },
  "aws:kms/keyPolicy:KeyPolicy": { document: "policy" },
  "aws:iam/role:Role": {
    facts: [
      { label: "path", format: rolePath },
      { label: "boundary", path: "permissionsBoundary" },
    ],
    document: "assumeRolePolicy",
  },
  "aws:iam/rolePolicy:RolePolicy": { document: "policy" },
  "aws:iam/policy:Policy": { document: "policy" },
  "aws:cloudwatch/logGroup:LogGroup": {
    facts: [
      { label: "name", path: "name" },
      { label: "retention", path: "retentionInDays", unit: "days" },
    ],
  },
  "aws:cloudwatch/metricAlarm:MetricAlarm": {
    facts: [
      { label: "metric", format: alarmMetric },
      { label: "threshold", format: alarmThreshold },
      { label: "periods", format: alarmPeriods },
      { label: "missing data", path: "treatMissingData" },
    ],
  },
  "aws:cloudwatch/compositeAlarm:CompositeAlarm": { facts: [{ label: "rule", path: "alarmRule" }] },
  "aws:cloudwatch/dashboard:Dashboard": {
    facts: [
      { label: "name", path: "dashboardName" },
      { label: "widgets", format: dashboardWidgets },
    ],
  },
};

/** How many widgets a dashboard has. */
function dashboardWidgets({ dashboardBody: body }: Properties): string | undefined {
  if (body === undefined) return undefined;
  if (typeof body !== "string") return shownValue(body);
  try {
    const { widgets = [] } = JSON.parse(body) as { readonly widgets?: readonly unknown[] };
    return String(widgets.length);
  } catch {
    return "not a dashboard body";
  }
}

const PROCESSORS = "extendedS3Configuration.processingConfiguration.processors";

/** What Firehose does to a record on its way, in this order. */
function processorNames(inputs: Properties): string | undefined {
  const types = inputList(inputs, PROCESSORS).map(
    (processor) => inputText(processor, "type") ?? shownValue(processor),
  );
  return types.length === 0 ? undefined : types.join(", then ");
}

/** Where among the account's roles this one is, unless it is where all are. */
function rolePath(inputs: Properties): string | undefined {
  const path = inputText(inputs, "path");
  return path === "/" ? undefined : path;
}
