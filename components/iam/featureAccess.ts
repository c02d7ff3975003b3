import { parseArn } from "./arn";
import { type BucketWriting, bucketWriting } from "./bucketPolicies";
import { encryptObjects } from "./keyUse";
import type { PolicyStatement } from "./policyDocument";

/** What the role for delivery needs for the features that are on. */
export interface FeatureAccess {
  /** ARN of the function that transforms records, with or without a version or an alias. */
  readonly functionArn?: string | undefined;
  /** ARN of the table whose columns the records are converted to. */
  readonly tableArn?: string | undefined;
  readonly backup?: BackupAccess | undefined;
}

/** A bucket for source records, and the customer-managed key that Firehose encrypts them with. */
interface BackupAccess extends BucketWriting {
  readonly keyArn?: string | undefined;
}

/** The statements of each feature that is on. */
export function featureAccess({ functionArn, tableArn, backup }: FeatureAccess): PolicyStatement[] {
  return [
    ...(functionArn === undefined ? [] : [callFunction(functionArn)]),
    ...(tableArn === undefined ? [] : [readTable(tableArn)]),
    ...(backup === undefined ? [] : writeBackup(backup)),
  ];
}

/**
 * Source: Amazon Data Firehose Developer Guide, "Grant Firehose access to an Amazon S3 destination";
 * AWS Lambda Developer Guide, "Function versions": the ARN with a version is another resource, and
 * without one Lambda may ask for either.
 */
function callFunction(functionArn: string): PolicyStatement {
  const [, name = "", qualifier] = parseArn(functionArn).resource.split(":");
  const isQualified = name !== "" && qualifier !== undefined;
  return {
    Sid: "TransformRecords",
    Effect: "Allow",
    Action: ["lambda:GetFunctionConfiguration", "lambda:InvokeFunction"],
    Resource: isQualified ? functionArn : [functionArn, `${functionArn}:*`],
  };
}

/**
 * Source: Amazon Data Firehose Developer Guide, "Grant Firehose access to AWS Glue for data format
 * conversion"; AWS Glue Developer Guide, "Specifying AWS Glue resource ARNs": access to a table
 * requires access to its catalog and its database too.
 */
function readTable(tableArn: string): PolicyStatement {
  const { partition, region, account, resource } = parseArn(tableArn);
  const [, database = ""] = resource.split("/");
  const catalog = `arn:${partition}:glue:${region}:${account}`;
  return {
    Sid: "ReadTable",
    Effect: "Allow",
    Action: ["glue:GetTable", "glue:GetTableVersion", "glue:GetTableVersions"],
    Resource: [`${catalog}:catalog`, `${catalog}:database/${database}`, tableArn],
  };
}

/** The statements for the data, for another bucket. */
function writeBackup({ keyArn, ...bucket }: BackupAccess): PolicyStatement[] {
  const statements = [
    ...bucketWriting(bucket),
    ...(keyArn === undefined ? [] : [encryptObjects({ ...bucket, keyArn })]),
  ];
  return statements.map((statement) => ({ ...statement, Sid: `Backup${statement.Sid}` }));
}

/** ARN of a table of the catalog that is in the account and region of another resource. */
export function tableArnNextTo(
  siblingArn: string,
  { databaseName, tableName }: { readonly databaseName: string; readonly tableName: string },
): string {
  const { partition, region, account } = parseArn(siblingArn);
  return `arn:${partition}:glue:${region}:${account}:table/${databaseName}/${tableName}`;
}
