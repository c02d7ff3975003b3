/** One rule about settings: a requirement of AWS or of the pipeline itself. */
export interface Rule {
  /** The rule in words. */
  readonly rule: string;
  /** Where AWS documents it; or why the pipeline has it. */
  readonly source: string;
  /** Args at its limits that comply with it. */
  readonly accepted: readonly object[];
  /** Args at its limits that break it. */
  readonly rejected: readonly RejectedArgs[];
}

/** Args with one problem, and what is reported about it. */
export interface RejectedArgs {
  readonly args: object;
  /** Place of the problem, e.g. `bucket.tiering[0].afterDays`. */
  readonly path: string;
  readonly reason: RegExp;
  readonly allowed: RegExp;
  /** How one command fixes it: it sets a suggested value, or removes the setting. */
  readonly fix?: "suggestion" | "removal";
}

/** ARNs of existing resources that fit together. */
export const arns = {
  streamArn: "arn:aws:kinesis:us-east-1:123456789012:stream/user-events-stream",
  bucketArn: "arn:aws:s3:::my-data-lake-bucket",
  roleArn: "arn:aws:iam::123456789012:role/FirehoseDeliveryRole",
  keyArn: "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
  streamKeyArn: "arn:aws:kms:us-east-1:123456789012:key/abcd1234-34cd-12ab-90ab-ef1234567890",
  bucketKeyArn: "arn:aws:kms:us-east-1:123456789012:key/90ab1234-56ef-34cd-12ab-cd1234567890",
  accessLogBucketArn: "arn:aws:s3:::my-access-logs",
  topicArn: "arn:aws:sns:us-east-1:123456789012:on-call",
  boundaryArn: "arn:aws:iam::123456789012:policy/DeliveryBoundary",
} as const;
