import { type BucketWriting, bucketWriting } from "./bucketPolicies";
import { type FeatureAccess, featureAccess } from "./featureAccess";
import { decryptStream, type EncryptedLog, encryptLogEvents, encryptObjects } from "./keyUse";
import { type PolicyDocument, policyDocument } from "./policyDocument";

/**
 * Trust policy that allows Firehose to assume a role on behalf of this account only. The external
 * id is the protection against the confused-deputy problem that AWS documents for Firehose.
 *
 * Source: Amazon Data Firehose Developer Guide, "Controlling access", "Grant Firehose access to
 * an Amazon S3 destination".
 */
export function firehoseTrust(accountId: string): PolicyDocument {
  return policyDocument({
    Sid: "FirehoseOfThisAccount",
    Effect: "Allow",
    Principal: { Service: "firehose.amazonaws.com" },
    Action: "sts:AssumeRole",
    Condition: { StringEquals: { "sts:ExternalId": accountId } },
  });
}

interface SourceAccess {
  /** ARN of the Kinesis data stream that Firehose reads. */
  readonly streamArn: string;
  /** ARN of the customer-managed key of the stream; absent if AWS manages the key. */
  readonly keyArn?: string | undefined;
}

/**
 * Permissions that Firehose needs to read one stream.
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

export interface DeliveryAccess extends BucketWriting, FeatureAccess {
  /** ARN of the log stream for delivery errors. */
  readonly logStreamArn: string;
  /** ARN of the log stream for errors of the backup; absent without a backup. */
  readonly backupLogStreamArn?: string | undefined;
  /** ARN of the customer-managed key of the bucket; absent if AWS manages the key. */
  readonly keyArn?: string | undefined;
  /** Log group and customer-managed key of the error log; absent if the log has no such key. */
  readonly encryptedLog?: EncryptedLog | undefined;
}

/**
 * Permissions that Firehose needs to write objects to one bucket and errors to its log, and for the
 * features that are on.
 *
 * Source: Amazon Data Firehose Developer Guide, "Grant Firehose access to an Amazon S3
 * destination".
 */
export function deliveryAccess(access: DeliveryAccess): PolicyDocument {
  const { bucketArn, foreignBucket, beginnings, keyArn, encryptedLog } = access;
  const { logStreamArn, backupLogStreamArn } = access;
  return policyDocument(
    ...bucketWriting({ bucketArn, foreignBucket, beginnings }),
    ...(keyArn === undefined ? [] : [encryptObjects({ bucketArn, keyArn, beginnings })]),
    {
      Sid: "LogErrors",
      Effect: "Allow",
      Action: "logs:PutLogEvents",
      Resource:
        backupLogStreamArn === undefined ? logStreamArn : [logStreamArn, backupLogStreamArn],
    },
    ...(encryptedLog === undefined ? [] : [encryptLogEvents(encryptedLog)]),
    ...featureAccess(access),
  );
}
