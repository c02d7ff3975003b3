import { type PolicyDocument, type PolicyStatement, policyDocument } from "./policyDocument";
import { viaService } from "./viaService";

export interface SourceAccess {
  /** ARN of the Kinesis data stream that Firehose reads. */
  readonly streamArn: string;
  /** ARN of the customer-managed key of the stream; absent when AWS manages the key. */
  readonly keyArn?: string | undefined;
}

/**
 * What Firehose needs to read one stream.
 *
 * Source: Amazon Data Firehose Developer Guide, "Controlling access" (actions) and Kinesis Data
 * Streams Developer Guide, "Permissions to use user-generated KMS keys" (decryption).
 */
export function sourceAccess({ streamArn, keyArn }: SourceAccess): PolicyDocument {
  const statements: PolicyStatement[] = [
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
  ];
  if (keyArn !== undefined)
    statements.push({
      Sid: "DecryptStream",
      Effect: "Allow",
      Action: "kms:Decrypt",
      Resource: keyArn,
      Condition: {
        StringEquals: {
          "kms:ViaService": viaService("kinesis", keyArn),
          "kms:EncryptionContext:aws:kinesis:arn": streamArn,
        },
      },
    });
  return policyDocument(...statements);
}
