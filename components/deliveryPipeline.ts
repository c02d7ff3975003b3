import * as pulumi from "@pulumi/pulumi";
import type { DeliveryPipelineArgs } from "./args";
import { parseArn } from "./iam/arn";
import { pipelineAlarms } from "./resources/alarms";
import { athenaStatement } from "./resources/athenaStatement";
import { lakeBucket } from "./resources/bucket";
import { pipelineDashboard } from "./resources/dashboard";
import { deliveryStream } from "./resources/deliveryStream";
import { errorLog } from "./resources/errorLog";
import { pipelineKey } from "./resources/key";
import { policiesForOthers } from "./resources/policiesForOthers";
import { firehoseRoles } from "./resources/roles";
import { sourceStream } from "./resources/stream";
import { type EffectiveSetting, effectiveSettings } from "./settings/effectiveSettings";
import { resolveSettings } from "./settings/settings";

/**
 * Events from a Kinesis data stream into an S3 data lake through Firehose: encrypted, compressed,
 * in dated folders, with one role for each side that may do nothing else.
 */
export class DeliveryPipeline extends pulumi.ComponentResource {
  /** ARN of the Kinesis data stream. */
  readonly streamArn: pulumi.Output<string>;
  /** Name of the Kinesis data stream: what producers write to. */
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
  /** ARN of the KMS key of stream and bucket; empty when AWS manages the keys. */
  readonly keyArn: pulumi.Output<string>;
  /** Name of the CloudWatch log group with Firehose's errors. */
  readonly logGroupName: pulumi.Output<string>;
  /** Region of the pipeline. */
  readonly region: pulumi.Output<string>;
  /** Where objects are put, in Firehose's prefix language. */
  readonly prefix: pulumi.Output<string>;
  /** Where failed records are put, in Firehose's prefix language. */
  readonly errorPrefix: pulumi.Output<string>;
  /** Time zone of the dates in prefixes and object names. */
  readonly timeZone: pulumi.Output<string>;
  /** What stands between two records of an object: `newline` or `none`. */
  readonly delimiter: pulumi.Output<string>;
  /** IAM policy document (JSON) for applications that put records on the stream. */
  readonly producerPolicy: pulumi.Output<string>;
  /** IAM policy document (JSON) for readers of the delivered data. */
  readonly readerPolicy: pulumi.Output<string>;
  /** IAM policy document (JSON) of all that Firehose needs, for a role of your own. */
  readonly requiredPolicy: pulumi.Output<string>;
  /**
   * Bucket policy (JSON) that an existing bucket of another account needs beside its own; empty
   * when the bucket is the pipeline's.
   */
  readonly requiredBucketPolicy: pulumi.Output<string>;
  /**
   * Key policy (JSON) that an existing key needs beside its own, if it is another account's or does
   * not leave access to IAM; empty when the key is the pipeline's.
   */
  readonly requiredKeyPolicy: pulumi.Output<string>;
  /** SQL that makes the delivered data a table of Athena, with its dates as partitions. */
  readonly athenaTable: pulumi.Output<string>;
  /** ARNs of the alarms by their names in the settings, e.g. `iteratorAge`. */
  readonly alarmArns: pulumi.Output<Record<string, string>>;
  /** Name of the CloudWatch dashboard; empty without one. */
  readonly dashboardName: pulumi.Output<string>;
  /** Every setting with the value in force, and where that comes from. */
  readonly effectiveSettings: pulumi.Output<EffectiveSetting[]>;

  /**
   * @param name Begins the name of each resource: 2 to 40 lower-case letters, digits, hyphens.
   * @param opts `hooks.onError` decides about Firehose, the one part whose creation can fail for a
   *   reason that time heals: see `awaitIamPropagation`.
   * @throws Error that lists everything that is wrong with name and args, before any resource.
   */
  constructor(
    name: string,
    args: DeliveryPipelineArgs = {},
    opts: pulumi.ComponentResourceOptions = {},
  ) {
    const settings = resolveSettings(name, args);
    const { onError = [], ...hooks } = opts.hooks ?? {};
    super("streamlake:index:DeliveryPipeline", name, args, { ...opts, hooks });
    const scope = { name, parent: this, settings };

    const key = pipelineKey(scope);
    const stream = sourceStream(scope, key);
    const bucket = lakeBucket(scope, stream, key);
    const log = errorLog(scope, key);
    const reach = { stream, bucket, log, key };
    const roles = firehoseRoles(scope, reach);
    const firehose = deliveryStream(scope, reach, roles, onError);
    const watched = {
      streamName: stream.name,
      deliveryStreamName: firehose.name,
      logGroupName: log.groupName,
      region: stream.arn.apply((arn) => parseArn(arn).region),
    };
    const alarms = pipelineAlarms(scope, watched);
    const dashboard = pipelineDashboard(scope, watched, alarms);
    const policies = policiesForOthers(scope, reach, roles);

    this.streamArn = stream.arn;
    this.streamName = stream.name;
    this.bucketArn = bucket.arn;
    this.bucketName = bucket.name;
    this.deliveryStreamArn = firehose.arn;
    this.deliveryStreamName = firehose.name;
    this.sourceRoleArn = roles.sourceArn;
    this.deliveryRoleArn = roles.deliveryArn;
    this.keyArn = key?.arn ?? pulumi.output("");
    this.logGroupName = log.groupName;
    this.region = watched.region;
    this.prefix = pulumi.output(settings.delivery.prefix);
    this.errorPrefix = pulumi.output(settings.delivery.errorPrefix);
    this.timeZone = pulumi.output(settings.delivery.timeZone);
    this.delimiter = pulumi.output(settings.delivery.delimiter);
    this.producerPolicy = policies.producer;
    this.readerPolicy = policies.reader;
    this.requiredPolicy = pulumi.jsonStringify(roles.required);
    this.requiredBucketPolicy = policies.requiredOfBucket;
    this.requiredKeyPolicy = policies.requiredOfKey;
    this.athenaTable = athenaStatement(scope, bucket);
    this.alarmArns = alarms.arns;
    this.dashboardName = dashboard;
    this.effectiveSettings = pulumi
      .output(settings)
      .apply((known) => effectiveSettings(known, args));
    this.registerOutputs(publicOutputs(this));
  }
}

/** All public outputs under their own names; `urn` is Pulumi's. */
function publicOutputs(pipeline: DeliveryPipeline): Record<string, unknown> {
  const fields = Object.entries(pipeline) as [string, unknown][];
  return Object.fromEntries(
    fields.filter(([name, value]) => name !== "urn" && pulumi.Output.isInstance(value)),
  );
}
