import { deliveryStreamType, readDeliveryStream } from "../../../aws/firehose/model/deliveryStream";
import type { GraphResource, Properties } from "../../../engine/graph/resourceGraph";
import { alarmMetric, alarmPeriods, alarmThreshold } from "./alarmDetails";
import { type Detail, inputText, parseObject, shownValue } from "./inputValue";
import { lifecycleDetails } from "./lifecycleDetails";

/** What a plan shows of a type of resource. */
interface TypeFacts {
  readonly facts?: readonly Fact[];
  /** The values in place of facts, of a resource with a model. */
  readonly report?: (resource: GraphResource) => readonly Detail[];
  /** The lifecycle rules of a bucket. */
  readonly rules?: (inputs: Properties) => readonly Detail[];
  /** Input that is an IAM policy document; plans show its statements. */
  readonly document?: string;
}

/** A labeled value of a resource. */
export type Fact = InputFact | ComputedFact;

interface InputFact {
  readonly label: string;
  /** Path of the value in the inputs, e.g. `rules.0.bucketKeyEnabled`. */
  readonly path: string;
  readonly unit?: string;
}

interface ComputedFact {
  readonly label: string;
  /** Combines several inputs into one value; undefined if there is nothing to show. */
  readonly format: (inputs: Properties) => string | undefined;
}

const encryption = "rules.0.applyServerSideEncryptionByDefault";

/** Type of a resource -> what a plan shows of it, in this order. */
export const factsByType: Readonly<Record<string, TypeFacts>> = {
  "aws:kinesis/stream:Stream": {
    facts: [
      { label: "mode", path: "streamModeDetails.streamMode" },
      { label: "shards", path: "shardCount" },
      { label: "retention", path: "retentionPeriod", unit: "h" },
      { label: "encryption", path: "encryptionType" },
      { label: "shard metrics", path: "shardLevelMetrics" },
    ],
  },
  [deliveryStreamType]: { report: (resource) => readDeliveryStream(resource).report },
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
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": { rules: lifecycleDetails },
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

/** The number of widgets of a dashboard. */
function dashboardWidgets({ dashboardBody: json }: Properties): string | undefined {
  if (json === undefined) return undefined;
  if (typeof json !== "string") return shownValue(json);
  const { widgets = [] } = parseObject(json) ?? { widgets: "" };
  return Array.isArray(widgets) ? String(widgets.length) : "not a dashboard body";
}

/** The path of a role, unless it is the default, `/`. */
function rolePath(inputs: Properties): string | undefined {
  const path = inputText(inputs, "path");
  return path === "/" ? undefined : path;
}
