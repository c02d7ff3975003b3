import { type PolicyDocument, policyDocument } from "./policyDocument";
import { encryptStream } from "./streamKey";

export interface ProducerAccess {
  /** ARN of the Kinesis data stream to put records on. */
  readonly streamArn: string;
  /** ARN of the customer-managed key of the stream; absent when AWS manages the key. */
  readonly keyArn?: string | undefined;
}

/**
 * What an application needs to put records on one stream with an AWS SDK.
 *
 * Source: Kinesis Data Streams Developer Guide, "Permissions to use user-generated KMS keys",
 * "Example producer permissions".
 */
export function producerAccess({ streamArn, keyArn }: ProducerAccess): PolicyDocument {
  return policyDocument(
    {
      Sid: "PutRecords",
      Effect: "Allow",
      // To put records, the stream's name is enough. Describing it, as AWS's tutorials do first,
      // and listing shards, as the Kinesis Producer Library does, are not part of it.
      Action: ["kinesis:PutRecord", "kinesis:PutRecords"],
      Resource: streamArn,
    },
    ...(keyArn === undefined ? [] : [encryptStream({ streamArn, keyArn })]),
  );
}
