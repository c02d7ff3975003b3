// Written by `npm run generate` from components/settings: change the settings there.

import type * as pulumi from "@pulumi/pulumi";

/** Everything about a pipeline that can be chosen. Each group is optional; so is each setting. */
export interface DeliveryPipelineArgs {
  /** The Kinesis data stream that producers write to. */
  stream?: StreamSettings;
  /** The S3 bucket that becomes the data lake. */
  bucket?: BucketSettings;
  /** How Firehose turns records into objects. */
  delivery?: DeliverySettings;
  /** Which KMS keys encrypt the data at rest. */
  encryption?: EncryptionSettings;
  /** The roles that Firehose acts as. */
  roles?: RoleSettings;
  /** CloudWatch alarms and dashboard of the pipeline. */
  alarms?: AlarmSettings;
  /** Resources of your own to use instead of new ones. They are read, never managed. */
  existing?: ExistingResources;
  /**
   * Protect stream, bucket and key: a deployment refuses to delete them, and leaves them in AWS
   * when they leave the program. Default: true.
   */
  protect?: boolean;
  /**
   * Tags for every resource that can carry them. Allowed: at most 50 tags; keys of 1 to 128 and
   * values of up to 256 letters, digits, spaces and _ . : / = + - @, neither starting with
   * aws:. Default: none.
   */
  tags?: Record<string, pulumi.Input<string>>;
}

/** The Kinesis data stream that producers write to. */
export interface StreamSettings {
  /**
   * Number of shards, for a stream with provisioned capacity. Allowed: a whole number of shards
   * from 1 to 10000. Default: none, and the stream scales on demand.
   */
  shardCount?: pulumi.Input<number>;
  /**
   * How long the stream keeps a record. It is the time that there is to mend a delivery that
   * fails before records are lost. Allowed: a whole number of hours from 24 to 8760. Default:
   * 168.
   */
  retentionHours?: pulumi.Input<number>;
  /**
   * Metrics that CloudWatch keeps for each shard; each costs as much as a metric of your own.
   * Allowed: a list of IncomingBytes, IncomingRecords, OutgoingBytes, OutgoingRecords,
   * WriteProvisionedThroughputExceeded, ReadProvisionedThroughputExceeded,
   * IteratorAgeMilliseconds. Default: none.
   */
  shardLevelMetrics?: pulumi.Input<pulumi.Input<string>[]>;
}

/** The S3 bucket that becomes the data lake. */
export interface BucketSettings {
  /** Keep the former version of an object that is overwritten or deleted. Default: true. */
  versioning?: boolean;
  /**
   * Days after which a former version is deleted. Allowed: a whole number of days from 1 to
   * 36500. Default: 90.
   */
  noncurrentExpiryDays?: pulumi.Input<number>;
  /**
   * Storage classes that delivered objects move to as they age; S3 leaves objects below 128 KiB
   * where they are. Allowed: a list of steps, each with storageClass and afterDays, ever
   * cheaper and later. Default: none.
   */
  tiering?: TieringStep[];
  /**
   * Days after which a delivered object is deleted. Allowed: a whole number of days from 1 to
   * 36500. Default: none, and data is kept.
   */
  expiryDays?: pulumi.Input<number>;
  /**
   * Days after which an object under the error prefix is deleted. Allowed: a whole number of
   * days from 1 to 36500. Default: 30.
   */
  errorExpiryDays?: pulumi.Input<number>;
  /**
   * Log every request to the bucket into a second bucket, which is made for that. Default:
   * false.
   */
  accessLogs?: boolean;
  /**
   * Days after which an access log is deleted. Allowed: a whole number of days from 1 to 36500.
   * Default: 365.
   */
  accessLogExpiryDays?: pulumi.Input<number>;
  /** Delete the bucket together with the objects in it. Default: false. */
  forceDestroy?: boolean;
}

/** One step down to a cheaper storage class. */
export interface TieringStep {
  /**
   * The class to move to. Allowed: STANDARD_IA, INTELLIGENT_TIERING, ONEZONE_IA, GLACIER_IR,
   * GLACIER, DEEP_ARCHIVE.
   */
  storageClass: string;
  /**
   * Age of the object, counted from its delivery. Allowed: a whole number of days from 0 to
   * 36500.
   */
  afterDays: number;
}

/** How Firehose turns records into objects. */
export interface DeliverySettings {
  /**
   * Buffering hint: Firehose writes an object when this many MiB, before compression, have come
   * together. Allowed: a whole number of MiB from 1 to 128. Default: 64.
   */
  bufferSizeMiB?: pulumi.Input<number>;
  /**
   * Buffering hint: Firehose writes an object when this many seconds have passed since the
   * first record in the buffer. Allowed: a whole number of seconds from 0 to 900. Default: 300.
   */
  bufferIntervalSeconds?: pulumi.Input<number>;
  /**
   * Compression of the objects. Allowed: GZIP, UNCOMPRESSED, ZIP, Snappy, HADOOP_SNAPPY.
   * Default: GZIP.
   */
  compression?: pulumi.Input<string>;
  /**
   * End of the objects' names. Readers tell the compression by it, so it must end in that of
   * the compression. Allowed: a dot and up to 49 lower-case letters, digits and ! - _ . * ' (
   * ), e.g. .json.gz. Default: that of the compression: .gz, .zip, .snappy, or none.
   */
  fileExtension?: pulumi.Input<string>;
  /**
   * Where objects are put, in Firehose's prefix language. To a text without expressions
   * Firehose appends the time as yyyy/MM/dd/HH/, so it should end in /. Allowed: a text in
   * Firehose's prefix language. Default: `raw/<name>/!{timestamp:yyyy/MM/dd}/`.
   */
  prefix?: pulumi.Input<string>;
  /**
   * Where records are put that could not be delivered, in Firehose's prefix language. Allowed:
   * a text in Firehose's prefix language. Default:
   * `errors/<name>/!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd}/`.
   */
  errorPrefix?: pulumi.Input<string>;
  /**
   * Time zone of the dates in prefixes and object names. Allowed: UTC or an IANA time zone such
   * as Europe/Berlin. Default: UTC.
   */
  timeZone?: pulumi.Input<string>;
  /**
   * What Firehose puts between two records: `newline`, or `none` when producers end each record
   * themselves. Allowed: newline, none. Default: newline.
   */
  delimiter?: string;
  /**
   * How long Firehose's error log is kept. Allowed: days: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150,
   * 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653. Default: 90.
   */
  logRetentionDays?: pulumi.Input<number>;
}

/** Which KMS keys encrypt the data at rest. */
export interface EncryptionSettings {
  /**
   * `customer-managed`: one KMS key of your own for stream and bucket, rotated every year.
   * `aws-managed`: the keys `aws/kinesis` and `aws/s3`, which other accounts cannot be granted.
   * Allowed: customer-managed, aws-managed. Default: customer-managed.
   */
  mode?: string;
  /** Encrypt Firehose's error log with the customer-managed key too. Default: false. */
  errorLog?: boolean;
}

/** The roles that Firehose acts as. */
export interface RoleSettings {
  /**
   * Path of the roles, for policies that go by it. Allowed: /, or up to 400 letters, digits and
   * _ + = , . @ - / that begin and end with / such as /delivery/. Default: /.
   */
  path?: pulumi.Input<string>;
  /**
   * Policy that bounds what the roles may ever do. Allowed: an ARN such as
   * arn:aws:iam::123456789012:policy/DeliveryBoundary. Default: none.
   */
  permissionsBoundaryArn?: pulumi.Input<string>;
}

/** CloudWatch alarms and dashboard of the pipeline. */
export interface AlarmSettings {
  /** Have alarms; each one can be left out by itself. Default: true. */
  enabled?: boolean;
  /** Have a CloudWatch dashboard. Default: true. */
  dashboard?: boolean;
  /**
   * What to call when an alarm fires, such as SNS topics. Allowed: a list of up to 5 ARNs such
   * as arn:aws:sns:us-east-1:123456789012:on-call. Default: none.
   */
  actionArns?: pulumi.Input<pulumi.Input<string>[]>;
  /**
   * What to call when all is well again, such as SNS topics. Allowed: a list of up to 5 ARNs
   * such as arn:aws:sns:us-east-1:123456789012:on-call. Default: none.
   */
  okActionArns?: pulumi.Input<pulumi.Input<string>[]>;
  /**
   * Fires when the slowest reader of the stream is so far behind that records may expire
   * unread. Threshold: milliseconds; by default half of the stream's retention period.
   */
  iteratorAge?: AlarmChoice;
  /**
   * Fires when producers write more than the stream can take. Threshold: throttled records per
   * call; by default 0.01.
   */
  writesThrottled?: AlarmChoice;
  /**
   * Fires when consumers read more than the stream can give. Threshold: throttled calls per
   * call; by default 0.01.
   */
  readsThrottled?: AlarmChoice;
  /**
   * Fires when too many PutRecord calls fail. Threshold: successful calls per call; by default
   * 0.99.
   */
  putRecordSuccess?: AlarmChoice;
  /**
   * Fires when PutRecords calls keep failing for some of their records. Threshold: records per
   * minute; by default 0.
   */
  putRecordsFailed?: AlarmChoice;
  /**
   * Fires when too many reads of the stream fail. Threshold: successful calls per call; by
   * default 0.99.
   */
  getRecordsSuccess?: AlarmChoice;
  /**
   * Fires when records stay in Firehose for longer than buffering explains. Threshold: seconds;
   * by default twice the buffer interval, but no less than 900.
   */
  dataFreshness?: AlarmChoice;
  /**
   * Fires when records arrive in the stream, but none reaches the bucket. Threshold: records
   * that arrive per period; by default 0, so that a single record counts.
   */
  deliveryStalled?: AlarmChoice;
  /**
   * Fires when too many of Firehose's writes to the bucket fail. Threshold: successful puts per
   * put; by default 0.99.
   */
  deliverySuccess?: AlarmChoice;
  /**
   * Fires when Firehose, among the stream's consumers, is far behind its newest record.
   * Threshold: milliseconds; by default a quarter of the stream's retention period.
   */
  behindLatest?: AlarmChoice;
  /**
   * Fires when the stream does not stop throttling Firehose. Threshold: throttled calls per
   * quarter of an hour; by default 0.
   */
  sourceThrottled?: AlarmChoice;
  /**
   * Fires when Firehose writes to its error log. Threshold: log events per five minutes; by
   * default 0.
   */
  deliveryErrors?: AlarmChoice;
}

/** One alarm; what it stands for is told beside its name. */
export interface AlarmChoice {
  /** Have this alarm. Default: true. */
  enabled?: boolean;
  /**
   * Beyond which value the alarm fires. Allowed: each alarm's own. Default: computed for each
   * alarm.
   */
  threshold?: pulumi.Input<number>;
  /**
   * How many periods, one after the other, it must be beyond. Allowed: each alarm's own.
   * Default: each alarm's own.
   */
  evaluationPeriods?: pulumi.Input<number>;
}

/** Resources of your own to use instead of new ones. They are read, never managed. */
export interface ExistingResources {
  /**
   * ARN of the Kinesis data stream to read. If it is encrypted with a key of your own, give
   * `keyArn` too. Allowed: an ARN such as
   * arn:aws:kinesis:us-east-1:123456789012:stream/user-events-stream. Default: none: a new
   * stream.
   */
  streamArn?: pulumi.Input<string>;
  /**
   * ARN of the S3 bucket to deliver to. Its encryption, policy and lifecycle stay as they are.
   * If it is encrypted with a key of your own, give `keyArn` too. Allowed: an ARN such as
   * arn:aws:s3:::my-data-lake-bucket. Default: none: a new bucket.
   */
  bucketArn?: pulumi.Input<string>;
  /**
   * Account that the existing bucket belongs to, if it is not the pipeline's own. The output
   * `requiredBucketPolicy` is what the bucket's policy must then allow. Allowed: twelve digits.
   * Default: none: the account of the pipeline.
   */
  bucketAccountId?: pulumi.Input<string>;
  /**
   * ARN of the role that Firehose assumes, for reading and for delivering. The output
   * `requiredPolicy` says what it must be allowed to do. Allowed: an ARN such as
   * arn:aws:iam::123456789012:role/FirehoseDeliveryRole. Default: none: two new roles.
   */
  roleArn?: pulumi.Input<string>;
  /**
   * ARN of the KMS key of stream and bucket. The output `requiredKeyPolicy` is what its policy
   * must allow, if it is another account's or does not leave access to IAM. Allowed: an ARN
   * such as arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab.
   * Default: none: a new key.
   */
  keyArn?: pulumi.Input<string>;
  /**
   * ARN of the S3 bucket that takes the access logs of the new bucket. It lets S3's logging
   * service write. Allowed: an ARN such as arn:aws:s3:::my-access-logs. Default: none.
   */
  accessLogBucketArn?: pulumi.Input<string>;
}
