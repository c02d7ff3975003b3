/** One rule about settings: what AWS or the pipeline itself asks for. */
export interface Rule {
  /** The rule in words. */
  readonly rule: string;
  /** Where it is written; or why the pipeline has it. */
  readonly source: string;
  /** Args that just keep it. */
  readonly accepted: readonly object[];
  /** Args that just break it. */
  readonly refused: readonly Refused[];
}

/** Args with one fault, and what must be told about it. */
export interface Refused {
  readonly args: object;
  /** Place of the problem, e.g. `bucket.tiering[0].afterDays`. */
  readonly path: string;
  readonly reason: RegExp;
  readonly allowed: RegExp;
  /** How it can be mended by one command: by a value that is accepted, or by removal. */
  readonly mend?: "accepted" | "surplus";
}

/** Resources of one's own that fit together. */
export const own = {
  streamArn: "arn:aws:kinesis:us-east-1:123456789012:stream/user-events-stream",
  bucketArn: "arn:aws:s3:::my-data-lake-bucket",
  roleArn: "arn:aws:iam::123456789012:role/FirehoseDeliveryRole",
  keyArn: "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
  accessLogBucketArn: "arn:aws:s3:::my-access-logs",
  topicArn: "arn:aws:sns:us-east-1:123456789012:on-call",
  boundaryArn: "arn:aws:iam::123456789012:policy/DeliveryBoundary",
} as const;
