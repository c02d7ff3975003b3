import * as pulumi from "@pulumi/pulumi";
import type { DeliveryPipelineArgs } from "./args";
import { parseArn } from "./iam/arn";
import { lakeBucket } from "./resources/bucket";
import { deliveryStream } from "./resources/deliveryStream";
import { errorLog } from "./resources/errorLog";
import { pipelineKey } from "./resources/key";
import { firehoseRoles } from "./resources/roles";
import { sourceStream } from "./resources/stream";
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
  /** IAM policy document (JSON) of all that Firehose needs, for a role of your own. */
  readonly requiredPolicy: pulumi.Output<string>;

  /**
   * @param name Begins the name of each resource: 2 to 40 lower-case letters, digits, hyphens.
   * @throws Error that lists everything that is wrong with name and args, before any resource.
   */
  constructor(
    name: string,
    args: DeliveryPipelineArgs = {},
    opts?: pulumi.ComponentResourceOptions,
  ) {
    const settings = resolveSettings(name, args);
    super("streamlake:index:DeliveryPipeline", name, args, opts);
    const scope = { name, parent: this, settings };

    const key = pipelineKey(scope);
    const stream = sourceStream(scope, key);
    const bucket = lakeBucket(scope, key);
    const log = errorLog(scope);
    const reach = { stream, bucket, log, key };
    const roles = firehoseRoles(scope, reach);
    const firehose = deliveryStream(scope, reach, roles);

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
    this.region = stream.arn.apply((arn) => parseArn(arn).region);
    this.prefix = pulumi.output(settings.delivery.prefix);
    this.errorPrefix = pulumi.output(settings.delivery.errorPrefix);
    this.timeZone = pulumi.output(settings.delivery.timeZone);
    this.delimiter = pulumi.output(settings.delivery.delimiter);
    this.requiredPolicy = pulumi.jsonStringify(roles.required);
    this.registerOutputs({
      streamArn: this.streamArn,
      streamName: this.streamName,
      bucketArn: this.bucketArn,
      bucketName: this.bucketName,
      deliveryStreamArn: this.deliveryStreamArn,
      deliveryStreamName: this.deliveryStreamName,
      sourceRoleArn: this.sourceRoleArn,
      deliveryRoleArn: this.deliveryRoleArn,
      keyArn: this.keyArn,
      logGroupName: this.logGroupName,
      region: this.region,
      prefix: this.prefix,
      errorPrefix: this.errorPrefix,
      timeZone: this.timeZone,
      delimiter: this.delimiter,
      requiredPolicy: this.requiredPolicy,
    });
  }
}
