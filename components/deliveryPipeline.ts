import * as pulumi from "@pulumi/pulumi";
import type { DeliveryPipelineArgs } from "./args";
import { parseArn } from "./iam/arn";
import { checkedWhenKnown, checkTogether } from "./knownSettings";
import { pipelineAlarms } from "./resources/alarms";
import { athenaStatement, athenaTableName } from "./resources/athenaStatement";
import { backup } from "./resources/backup";
import { lakeBucket } from "./resources/bucket";
import { conversionTable } from "./resources/conversion";
import { pipelineDashboard } from "./resources/dashboard";
import { deliveryStream } from "./resources/deliveryStream";
import { errorLog } from "./resources/errorLog";
import { pipelineKeys } from "./resources/key";
import { policiesForOthers } from "./resources/policiesForOthers";
import { firehoseRoles } from "./resources/roles";
import { sourceStream } from "./resources/stream";
import { settingsAdvice, transformAdvice } from "./settings/advice";
import { type EffectiveSetting, effectiveSettings } from "./settings/effectiveSettings";
import { processingSteps } from "./settings/features";
import { resolveSettings, type Settings } from "./settings/settings";

/**
 * Delivers events from a Kinesis data stream to an S3 data lake through Firehose: encrypted,
 * compressed, under dated prefixes, with one role for reading and one for writing.
 */
export class DeliveryPipeline extends pulumi.ComponentResource {
  /** ARN of the Kinesis data stream. */
  readonly streamArn: pulumi.Output<string>;
  /** Name of the Kinesis data stream, which producers write to. */
  readonly streamName: pulumi.Output<string>;
  /** ARN of the data lake's bucket. */
  readonly bucketArn: pulumi.Output<string>;
  /** Name of the data lake's bucket. */
  readonly bucketName: pulumi.Output<string>;
  /** ARN of the Firehose delivery stream. */
  readonly deliveryStreamArn: pulumi.Output<string>;
  /** Name of the Firehose delivery stream. */
  readonly deliveryStreamName: pulumi.Output<string>;
  /** ARN of the role that reads the stream. */
  readonly sourceRoleArn: pulumi.Output<string>;
  /** ARN of the role that writes to the bucket. */
  readonly deliveryRoleArn: pulumi.Output<string>;
  /**
   * ARN of the KMS key of the bucket, and of the stream unless `existing.streamKeyArn` is set; empty
   * if AWS manages the bucket's key.
   */
  readonly keyArn: pulumi.Output<string>;
  /** Name of the CloudWatch log group of Firehose's error log. */
  readonly logGroupName: pulumi.Output<string>;
  /** Region of the pipeline. */
  readonly region: pulumi.Output<string>;
  /** S3 prefix of the objects, in Firehose's prefix language. */
  readonly prefix: pulumi.Output<string>;
  /** S3 prefix of failed records, in Firehose's prefix language. */
  readonly errorPrefix: pulumi.Output<string>;
  /** Time zone of the dates in prefixes and object names. */
  readonly timeZone: pulumi.Output<string>;
  /** What Firehose appends to each record: `newline` or `none`. */
  readonly delimiter: pulumi.Output<string>;
  /** Compression of the records themselves, as producers put them on the stream: `none` or `GZIP`. */
  readonly recordCompression: pulumi.Output<string>;
  /** How long Firehose buffers records before it writes an object, at most, in seconds. */
  readonly bufferIntervalSeconds: pulumi.Output<number>;
  /**
   * What Firehose does with the records: `decompress`, `messages` (of CloudWatch Logs), `split-json`,
   * `split-lines`, `split` (at another delimiter), `partition`, `transform`, `parquet`, `orc`.
   */
  readonly processing: pulumi.Output<string[]>;
  /** IAM policy document (JSON) for applications that put records on the stream. */
  readonly producerPolicy: pulumi.Output<string>;
  /** IAM policy document (JSON) for readers of the delivered data. */
  readonly readerPolicy: pulumi.Output<string>;
  /** IAM policy document (JSON) with all permissions that Firehose needs, for an existing role. */
  readonly requiredPolicy: pulumi.Output<string>;
  /**
   * Bucket policy (JSON) that an existing bucket of another account needs in addition to its
   * current policy; empty without such a bucket.
   */
  readonly requiredBucketPolicy: pulumi.Output<string>;
  /**
   * Key policy (JSON) that the key `existing.keyArn` needs in addition to its current policy, if it
   * belongs to another account or its policy does not delegate access to IAM; empty without that setting.
   */
  readonly requiredKeyPolicy: pulumi.Output<string>;
  /** The same for the key `existing.streamKeyArn`. */
  readonly requiredStreamKeyPolicy: pulumi.Output<string>;
  /** The same for the key `existing.bucketKeyArn`. */
  readonly requiredBucketKeyPolicy: pulumi.Output<string>;
  /**
   * Bucket policy (JSON) that the backup's existing bucket of another account needs in addition to
   * its current policy; empty without such a bucket.
   */
  readonly requiredBackupBucketPolicy: pulumi.Output<string>;
  /**
   * Key policy (JSON) that the key `backup.keyArn` needs in addition to its current policy, if it
   * belongs to another account or its policy does not delegate access to IAM; empty without that setting.
   */
  readonly requiredBackupKeyPolicy: pulumi.Output<string>;
  /** ARN of the bucket of the source records; empty if they are not backed up. */
  readonly backupBucketArn: pulumi.Output<string>;
  /**
   * SQL that creates an Athena table of the delivered data, partitioned by date and partition keys;
   * or a comment, if there is a table already.
   */
  readonly athenaTable: pulumi.Output<string>;
  /** Name of that table. It exists only once the SQL has run, unless records are converted. */
  readonly athenaTableName: pulumi.Output<string>;
  /** Database of that table; empty for the one in which the SQL runs. */
  readonly athenaDatabaseName: pulumi.Output<string>;
  /** ARNs of the alarms by their names in the settings, e.g. `iteratorAge`. */
  readonly alarmArns: pulumi.Output<Record<string, string>>;
  /** Name of the CloudWatch dashboard; empty if it is disabled. */
  readonly dashboardName: pulumi.Output<string>;
  /** Every setting with its effective value and the origin of the value. */
  readonly effectiveSettings: pulumi.Output<EffectiveSetting[]>;

  /**
   * @param name Begins the name of each resource: 2 to 40 lowercase letters, digits and hyphens.
   * @param opts `hooks.onError` applies to the delivery stream, the only resource whose creation can
   *   fail temporarily: see `awaitIamPropagation`.
   * @throws Error that lists every problem with name and args, before any resource is registered. A
   *   value that is an Output is checked when it is known.
   */
  constructor(
    name: string,
    args: DeliveryPipelineArgs = {},
    opts: pulumi.ComponentResourceOptions = {},
  ) {
    const settings = checkedWhenKnown({ name, args }, resolveSettings(name, args));
    const { onError = [], ...hooks } = opts.hooks ?? {};
    super("streamlake:index:DeliveryPipeline", name, args, { ...opts, hooks });
    const scope = { name, parent: this, settings };
    logAdvice(settings, this);

    const keys = pipelineKeys(scope);
    const stream = sourceStream(scope, keys.stream);
    const sourceRecords = backup(scope, keys.backup);
    const bucket = lakeBucket(scope, stream, keys.bucket, sourceRecords?.own);
    const log = errorLog(scope, keys.bucket);
    const table = conversionTable(scope, bucket, stream);
    const resources = { stream, bucket, log, table, backup: sourceRecords };
    const roles = firehoseRoles(scope, resources);
    const firehose = deliveryStream(scope, resources, roles, onError);
    const targets = {
      streamName: stream.name,
      deliveryStreamName: firehose.name,
      logGroupName: log.groupName,
      region: stream.arn.apply((arn) => parseArn(arn).region),
    };
    const alarms = pipelineAlarms(scope, targets);
    const dashboard = pipelineDashboard(scope, targets, alarms);
    const policies = policiesForOthers(scope, resources, roles);

    this.streamArn = stream.arn;
    this.streamName = stream.name;
    this.bucketArn = bucket.arn;
    this.bucketName = bucket.name;
    this.deliveryStreamArn = firehose.arn;
    this.deliveryStreamName = firehose.name;
    this.sourceRoleArn = roles.sourceArn;
    this.deliveryRoleArn = roles.deliveryArn;
    this.keyArn = bucket.key?.arn ?? pulumi.output("");
    this.logGroupName = log.groupName;
    this.region = targets.region;
    this.prefix = pulumi.output(settings.delivery.prefix);
    this.errorPrefix = pulumi.output(settings.delivery.errorPrefix);
    this.timeZone = pulumi.output(settings.delivery.timeZone);
    this.delimiter = pulumi.output(settings.delivery.delimiter);
    this.recordCompression = pulumi.output(settings.delivery.recordCompression);
    this.bufferIntervalSeconds = pulumi.output(settings.delivery.bufferIntervalSeconds);
    this.processing = pulumi.output(processingSteps(settings));
    this.producerPolicy = policies.producer;
    this.readerPolicy = policies.reader;
    this.requiredPolicy = pulumi.jsonStringify(roles.required);
    this.requiredBucketPolicy = policies.requiredOfBucket;
    this.requiredKeyPolicy = policies.requiredOfKey;
    this.requiredStreamKeyPolicy = policies.requiredOfStreamKey;
    this.requiredBucketKeyPolicy = policies.requiredOfBucketKey;
    this.requiredBackupBucketPolicy = policies.requiredOfBackupBucket;
    this.requiredBackupKeyPolicy = policies.requiredOfBackupKey;
    this.backupBucketArn = sourceRecords?.arn ?? pulumi.output("");
    this.athenaTable = athenaStatement(scope, bucket);
    const tableName = athenaTableName(scope, bucket);
    this.athenaTableName = tableName.table;
    this.athenaDatabaseName = tableName.database;
    this.alarmArns = alarms.arns;
    this.dashboardName = dashboard;
    this.effectiveSettings = pulumi.output(settings).apply(async (values) => {
      await checkTogether({ name, args }, values);
      return effectiveSettings(values, args);
    });
    this.registerOutputs(publicOutputs(this));
  }
}

/** All public outputs by name; `urn` is Pulumi's. */
function publicOutputs(pipeline: DeliveryPipeline): Record<string, unknown> {
  const fields = Object.entries(pipeline) as [string, unknown][];
  return Object.fromEntries(
    fields.filter(([name, value]) => name !== "urn" && pulumi.Output.isInstance(value)),
  );
}

/**
 * Logs the advice as warnings of the component, in the preview only, so that `pulumi up` prints each once.
 * Values that are unknown in the preview, and secrets, are left out.
 */
function logAdvice({ delivery, transform }: Settings, component: pulumi.Resource): void {
  if (!pulumi.runtime.isDryRun()) return;
  const warn = <T>(
    settings: pulumi.Input<T>,
    advice: (known: pulumi.Unwrap<T>) => readonly string[],
  ) => {
    const values = pulumi.output(settings);
    pulumi.all([values, pulumi.isSecret(values)]).apply(([known, isSecret]) => {
      if (!isSecret)
        for (const one of advice(known as pulumi.Unwrap<T>)) void pulumi.log.warn(one, component);
    });
  };
  warn(delivery, settingsAdvice);
  warn(transform, transformAdvice);
}
