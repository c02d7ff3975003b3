import type * as pulumi from "@pulumi/pulumi";

/** Everything about a pipeline that can be chosen. Each group is optional; so is each setting. */
export interface DeliveryPipelineArgs {
  /** The Kinesis data stream that producers write to. */
  stream?: StreamArgs;
  /** The S3 bucket that becomes the data lake. */
  bucket?: BucketArgs;
  /** How Firehose turns records into objects. */
  delivery?: DeliveryArgs;
  /** Which KMS keys encrypt the data at rest. */
  encryption?: EncryptionArgs;
  /** Resources of your own to use instead of new ones. They are read, never managed. */
  existing?: ExistingArgs;
  /**
   * Protect stream, bucket and key: a deployment refuses to delete them, and leaves them in AWS
   * when they leave the program. Default: true.
   */
  protect?: boolean;
  /** Tags for every resource that can carry them: at most 50, keys of 1 to 128 characters. */
  tags?: Record<string, pulumi.Input<string>>;
}

export interface StreamArgs {
  /**
   * Number of shards, from 1 to 10000, for a stream with provisioned capacity.
   * Default: none, and the stream scales on demand.
   */
  shardCount?: pulumi.Input<number>;
  /**
   * How long the stream keeps a record, in hours, from 24 to 8760. It is the time that there is to
   * mend a delivery that fails before records are lost. Default: 168.
   */
  retentionHours?: pulumi.Input<number>;
}

export interface BucketArgs {
  /** Keep the former version of an object that is overwritten or deleted. Default: true. */
  versioning?: boolean;
  /** Days after which a former version is deleted, from 1 to 3650. Default: 90. */
  noncurrentExpiryDays?: pulumi.Input<number>;
  /** Days after which an object under the error prefix is deleted, from 1 to 3650. Default: 30. */
  errorExpiryDays?: pulumi.Input<number>;
  /** Delete the bucket together with the objects in it. Default: false. */
  forceDestroy?: boolean;
}

export interface DeliveryArgs {
  /**
   * Buffering hint: Firehose writes an object when this many MiB, before compression, have come
   * together. From 1 to 128. Default: 64.
   */
  bufferSizeMiB?: pulumi.Input<number>;
  /**
   * Buffering hint: Firehose writes an object when this many seconds have passed since the first
   * record in the buffer. From 0 to 900. Default: 300.
   */
  bufferIntervalSeconds?: pulumi.Input<number>;
  /**
   * Compression of the objects: GZIP, UNCOMPRESSED, ZIP, Snappy or HADOOP_SNAPPY. Default: GZIP.
   */
  compression?: pulumi.Input<string>;
  /**
   * Where objects are put, in Firehose's prefix language.
   * Default: `raw/<name>/!{timestamp:yyyy/MM/dd}/`.
   */
  prefix?: pulumi.Input<string>;
  /**
   * Where records are put that could not be delivered, in Firehose's prefix language.
   * Default: `errors/<name>/!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd}/`.
   */
  errorPrefix?: pulumi.Input<string>;
  /** Time zone of the dates in prefixes and object names: UTC or an IANA name. Default: UTC. */
  timeZone?: pulumi.Input<string>;
  /**
   * What Firehose puts between two records: `newline`, or `none` when producers end each record
   * themselves. Default: newline.
   */
  delimiter?: string;
  /**
   * Days to keep Firehose's error log: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545,
   * 731, 1096, 1827, 2192, 2557, 2922, 3288 or 3653. Default: 90.
   */
  logRetentionDays?: pulumi.Input<number>;
}

export interface EncryptionArgs {
  /**
   * `customer-managed`: one KMS key of your own for stream and bucket, rotated every year.
   * `aws-managed`: the keys `aws/kinesis` and `aws/s3`, which other accounts cannot be granted.
   * Default: customer-managed.
   */
  mode?: string;
}

/** ARNs, because an ARN also tells account, region and partition, so nothing is looked up. */
export interface ExistingArgs {
  /**
   * ARN of the Kinesis data stream to read instead of a new one. If it is encrypted with a key of
   * your own, give `keyArn` too.
   */
  streamArn?: pulumi.Input<string>;
  /**
   * ARN of the S3 bucket to deliver to. Its encryption, policy and lifecycle stay as they are. If it
   * is encrypted with a key of your own, give `keyArn` too.
   */
  bucketArn?: pulumi.Input<string>;
  /**
   * ARN of the role that Firehose assumes, for reading and for delivering. The output
   * `requiredPolicy` says what it must be allowed to do.
   */
  roleArn?: pulumi.Input<string>;
  /** ARN of the KMS key of stream and bucket. */
  keyArn?: pulumi.Input<string>;
}
