import { parseArn } from "../../../components/iam/arn";
import type { AccessRequest } from "./accessRequest";
import { type RoleSession, sessionContext } from "./callContext";
import type { DeliverySurroundings } from "./deliverySurroundings";
import type { FirehoseIdentity } from "./firehoseIdentity";
import { type KeyUse, useKeyAsService, useKeyFor } from "./keyRequests";

/** What IAM is asked for each call of a delivery stream. All requests of a call must be allowed. */
export interface FirehoseRequests {
  readonly assumeSourceRole: readonly AccessRequest[];
  readonly describeStream: readonly AccessRequest[];
  readonly listShards: readonly AccessRequest[];
  readonly getShardIterator: readonly AccessRequest[];
  readonly getRecords: readonly AccessRequest[];
  readonly assumeDeliveryRole: readonly AccessRequest[];
  readonly getBucketLocation: readonly AccessRequest[];
  /** Empty if errors are not logged. */
  readonly putLogEvents: readonly AccessRequest[];
  /** For an object with this key. */
  readonly putObject: (key: string) => readonly AccessRequest[];
}

/**
 * The requests of a delivery stream, with the condition keys that AWS sets.
 *
 * Sources: Amazon Data Firehose Developer Guide, "Controlling access" (actions, external id), and
 * what is named at each request. Names of sessions are those seen in CloudTrail.
 */
export function firehoseRequests(
  identity: FirehoseIdentity,
  surroundings: DeliverySurroundings,
): FirehoseRequests {
  const { region } = parseArn(identity.arn);
  const reader: RoleSession = { roleArn: identity.source.roleArn, sessionName: "Firehose" };
  const read = (operation: string): AccessRequest => ({
    caller: reader,
    action: `kinesis:${operation}`,
    resource: identity.source.arn,
    context: sessionContext(reader, region),
  });
  return {
    assumeSourceRole: [assumeRole(identity.source.roleArn, identity.arn)],
    describeStream: [read("DescribeStream")],
    listShards: [read("ListShards")],
    getShardIterator: [read("GetShardIterator")],
    getRecords: [read("GetRecords"), ...decryptRecords(reader, identity, surroundings)],
    assumeDeliveryRole: [assumeRole(identity.roleArn, identity.arn)],
    getBucketLocation: [
      {
        caller: writer(identity),
        action: "s3:GetBucketLocation",
        resource: identity.bucketArn,
        context: bucketContext(identity),
      },
    ],
    putLogEvents: putLogEvents(identity, surroundings),
    putObject: (key) => putObject(`${identity.bucketArn}/${key}`, identity, surroundings),
  };
}

/** Who Firehose is to S3. */
export function writer({ roleArn }: FirehoseIdentity): RoleSession {
  return { roleArn, sessionName: "AWSFirehoseToS3" };
}

/** Source: Amazon S3 User Guide, "Bucket policy examples using condition keys". */
export function bucketContext(identity: FirehoseIdentity): AccessRequest["context"] {
  return {
    ...sessionContext(writer(identity), parseArn(identity.arn).region),
    "s3:authType": "REST-HEADER",
    "s3:signatureversion": "AWS4-HMAC-SHA256",
    "s3:TlsVersion": "1.3",
  };
}

/** The uses of the key that S3 makes for one object; several where it is not known which. */
export function objectKeyUses(
  objectArn: string,
  { bucketArn }: FirehoseIdentity,
  { objectKey, bucketKey }: DeliverySurroundings,
  operation: KeyUse["operation"],
): readonly KeyUse[] {
  if (objectKey === undefined) return [];
  const contexts = [
    ...(bucketKey === "disabled" ? [] : [bucketArn]),
    ...(bucketKey === "enabled" ? [] : [objectArn]),
  ];
  return contexts.map((contextArn) => ({
    ...{ keyArn: objectKey, operation, service: "s3" },
    contextArn,
  }));
}

/** The use of the error log's key, if it has one, for the writer of log events. */
export function logKeyUse(
  { arn, errorLog }: FirehoseIdentity,
  { logKey }: DeliverySurroundings,
  operation: KeyUse["operation"],
): KeyUse | undefined {
  if (logKey === undefined || errorLog === undefined) return undefined;
  const contextArn = logGroupArn(arn, errorLog.logGroupName);
  return { keyArn: logKey, operation, service: "logs", contextArn };
}

function assumeRole(roleArn: string, deliveryStreamArn: string): AccessRequest {
  const { account, region } = parseArn(deliveryStreamArn);
  const service = "firehose.amazonaws.com";
  return {
    caller: { service },
    action: "sts:AssumeRole",
    resource: roleArn,
    context: {
      "aws:PrincipalIsAWSService": "true",
      "aws:PrincipalServiceName": service,
      "aws:RequestedRegion": region,
      "aws:SecureTransport": "true",
      "sts:ExternalId": account,
    },
  };
}

/** Source: Kinesis Data Streams Developer Guide, "Permissions to use user-generated KMS keys". */
function decryptRecords(
  reader: RoleSession,
  { source }: FirehoseIdentity,
  { streamKey }: DeliverySurroundings,
): readonly AccessRequest[] {
  if (streamKey === undefined) return [];
  const use = { keyArn: streamKey, operation: "Decrypt", service: "kinesis" } as const;
  return [useKeyFor(reader, { ...use, contextArn: source.arn })];
}

/**
 * Sources: Amazon Data Firehose Developer Guide, "Cross-account delivery to an Amazon S3
 * destination" (ACL) and "Buffering hints" (uploads in parts below 60 s); Amazon S3 User Guide,
 * "Multipart upload API and permissions" (`kms:Decrypt`).
 */
function putObject(
  objectArn: string,
  identity: FirehoseIdentity,
  surroundings: DeliverySurroundings,
): readonly AccessRequest[] {
  const { kmsKeyArn, bufferSeconds } = identity;
  const caller = writer(identity);
  const context = {
    ...bucketContext(identity),
    ...(kmsKeyArn !== undefined && {
      "s3:x-amz-server-side-encryption": "aws:kms",
      "s3:x-amz-server-side-encryption-aws-kms-key-id": kmsKeyArn,
    }),
    ...(surroundings.foreignBucket && { "s3:x-amz-acl": "bucket-owner-full-control" }),
  };
  const actions = ["s3:PutObject", ...(surroundings.foreignBucket ? ["s3:PutObjectAcl"] : [])];
  const operations: readonly KeyUse["operation"][] =
    bufferSeconds < 60 ? ["GenerateDataKey", "Decrypt"] : ["GenerateDataKey"];
  return [
    ...actions.map((action) => ({ caller, action, resource: objectArn, context })),
    ...operations
      .flatMap((operation) => objectKeyUses(objectArn, identity, surroundings, operation))
      .map((use) => useKeyFor(caller, use)),
  ];
}

/**
 * An encrypted log group's key is used for the writer, and by CloudWatch Logs in its own name.
 *
 * Source: Amazon CloudWatch Logs User Guide, "Encrypt log data in CloudWatch Logs using AWS KMS".
 */
function putLogEvents(
  identity: FirehoseIdentity,
  surroundings: DeliverySurroundings,
): readonly AccessRequest[] {
  const { arn, roleArn, errorLog } = identity;
  if (errorLog === undefined) return [];
  const caller: RoleSession = { roleArn, sessionName: "Firehose" };
  const use = logKeyUse(identity, surroundings, "GenerateDataKey");
  return [
    {
      caller,
      action: "logs:PutLogEvents",
      resource: `${logGroupArn(arn, errorLog.logGroupName)}:log-stream:${errorLog.logStreamName}`,
      context: sessionContext(caller, parseArn(arn).region),
    },
    ...(use ? [useKeyFor(caller, use), useKeyAsService(use)] : []),
  ];
}

function logGroupArn(neighbourArn: string, name: string): string {
  const { partition, region, account } = parseArn(neighbourArn);
  return `arn:${partition}:logs:${region}:${account}:log-group:${name}`;
}
