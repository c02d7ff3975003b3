import { type PolicyDocument, policyDocument } from "./policyDocument";
import { decryptStream } from "./streamKey";

export interface SourceAccess {
  /** ARN of the Kinesis data stream that Firehose reads. */
  readonly streamArn: string;
  /** ARN of the customer-managed key of the stream; absent when AWS manages the key. */
  readonly keyArn?: string | undefined;
}

/**
 * What Firehose needs to read one stream.
 *
 * Source: Amazon Data Firehose Developer Guide, "Controlling access".
 */
export function sourceAccess({ streamArn, keyArn }: SourceAccess): PolicyDocument {
  return policyDocument(
    {
      Sid: "ReadStream",
      Effect: "Allow",
      Action: [
        "kinesis:DescribeStream",
        "kinesis:GetRecords",
        "kinesis:GetShardIterator",
        "kinesis:ListShards",
      ],
      Resource: streamArn,
    },
    ...(keyArn === undefined ? [] : [decryptStream({ streamArn, keyArn })]),
  );
}
