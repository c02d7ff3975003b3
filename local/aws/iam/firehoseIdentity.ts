/** As whom Firehose reads, writes and logs, and what: all that its calls depend on. */
export interface FirehoseIdentity {
  /** Of the delivery stream; its account and region are those of all calls. */
  readonly arn: string;
  readonly source: {
    readonly arn: string;
    /** Of the role that Firehose reads the stream as. */
    readonly roleArn: string;
  };
  readonly bucketArn: string;
  /** Of the role that Firehose writes objects and its error log as. */
  readonly roleArn: string;
  /** Of the key that Firehose asks S3 to encrypt with; absent if the bucket decides. */
  readonly kmsKeyArn?: string;
  /** Absent if errors are not logged. */
  readonly errorLog?: { readonly logGroupName: string; readonly logStreamName: string };
  /** Below 60 s objects are uploaded in parts. */
  readonly bufferSeconds: number;
}
