import type { Caller } from "../../iam/accessRequest";

/** The roles and resources of a delivery stream: everything that its requests depend on. */
export interface FirehoseIdentity {
  /** ARN of the delivery stream; all calls use its account and region. */
  readonly arn: string;
  readonly source:
    | {
        readonly type: "kinesis";
        readonly arn: string;
        /** ARN of the role that Firehose assumes to read the stream. */
        readonly roleArn: string;
      }
    /** Producers put records, with their own permissions. */
    | { readonly type: "direct-put" };
  readonly bucketArn: string;
  /** ARN of the role that Firehose assumes to write objects and the error log. */
  readonly roleArn: string;
  /** ARN of the key that Firehose specifies for its objects; absent if the bucket decides. */
  readonly kmsKeyArn?: string;
  /** Absent if errors are not logged. */
  readonly errorLog?: { readonly logGroupName: string; readonly logStreamName: string };
  /** Buffer interval in seconds; below 60, Firehose uses multipart uploads. */
  readonly bufferSeconds: number;
  /** The function that transforms its records; absent without one. */
  readonly transformation?: InvokedFunction;
  /** The table with the schema of converted records; absent without conversion. */
  readonly schemaTable?: SchemaTable;
  /** Backup of its source records, as a delivery stream of the same ARN without a source; absent without one. */
  readonly backup?: FirehoseIdentity;
}

export interface InvokedFunction {
  /** ARN of the function as declared, with or without a version or an alias. */
  readonly functionArn: string;
  /** ARN of the role that invokes it. */
  readonly roleArn: string;
}

/** A table of the AWS Glue Data Catalog. */
export interface SchemaTable {
  readonly databaseName: string;
  readonly tableName: string;
  /** ARN of the role that reads it. */
  readonly roleArn: string;
  /** Account ID; absent for that of the delivery stream. */
  readonly catalogId?: string;
  /** Absent for that of the delivery stream. */
  readonly region?: string;
}

/** The ARNs of the roles that a delivery stream assumes, for its source, its features and its delivery. */
export function rolesOf(identity: FirehoseIdentity): readonly string[] {
  const { source, roleArn, transformation, schemaTable, backup } = identity;
  const roles = [
    ...(source.type === "kinesis" ? [source.roleArn] : []),
    roleArn,
    ...(transformation ? [transformation.roleArn] : []),
    ...(schemaTable ? [schemaTable.roleArn] : []),
    ...(backup ? rolesOf(backup) : []),
  ];
  return [...new Set(roles)];
}

/** Encryption of the resources of a delivery stream, and whether another account owns the bucket. */
export interface EncryptionAndOwnership {
  /** ARNs of customer-managed keys; absent if AWS manages the key or nothing is encrypted. */
  readonly streamKey?: string;
  readonly logKey?: string;
  readonly objectKey?: string;
  /** With a Bucket Key, the encryption context of objects is the bucket; otherwise each object. */
  readonly bucketKey: "enabled" | "disabled" | "unknown";
  /** Whether another account owns the bucket: that account then gets control of each object. */
  readonly foreignBucket: boolean;
}

/** A session of a role, in which Firehose makes a call. */
export type RoleSession = Extract<Caller, { readonly roleArn: string }>;
