import { parseArn } from "../../../components/iam/arn";
import type { AccessRequest, Caller } from "../../iam/accessRequest";

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

/** What stands around a delivery stream and decides which calls its work takes. */
export interface EncryptionAndOwnership {
  /** ARNs of customer-managed keys; absent where AWS manages the key or nothing is encrypted. */
  readonly streamKey?: string;
  readonly logKey?: string;
  readonly objectKey?: string;
  /** Encryption context of the objects' key: the bucket with a Bucket Key, else each object. */
  readonly bucketKey: "enabled" | "disabled" | "unknown";
  /** Whether the bucket is another account's: each object is then handed over to its owner. */
  readonly foreignBucket: boolean;
}

/** A session of a role: who Firehose is in a call. */
export type RoleSession = Extract<Caller, { readonly roleArn: string }>;

/**
 * The condition keys that AWS sets in every call of a role's session.
 *
 * Source: IAM User Guide, "AWS global condition context keys".
 */
export function sessionContext({ roleArn }: RoleSession, region: string): AccessRequest["context"] {
  return {
    "aws:PrincipalAccount": parseArn(roleArn).account,
    "aws:PrincipalArn": roleArn,
    "aws:PrincipalIsAWSService": "false",
    "aws:PrincipalType": "AssumedRole",
    "aws:RequestedRegion": region,
    "aws:SecureTransport": "true",
  };
}
