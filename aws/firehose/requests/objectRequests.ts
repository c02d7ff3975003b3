import { parseArn } from "../../../components/iam/arn";
import type { AccessRequest } from "../../iam/accessRequest";
import {
  type EncryptionAndOwnership,
  type FirehoseIdentity,
  type RoleSession,
  sessionContext,
} from "./firehoseIdentity";
import { type KeyUse, useKeyFor } from "./keyRequests";

/**
 * An object is written, with its key if it has one, and handed over if the bucket is another's.
 *
 * Sources: Amazon Data Firehose Developer Guide, "Cross-account delivery to an Amazon S3
 * destination" (ACL) and "Buffering hints" (uploads in parts below 60 s); Amazon S3 User Guide,
 * "Multipart upload API and permissions" (`kms:Decrypt`).
 */
export function putObject(
  key: string,
  identity: FirehoseIdentity,
  encryptionAndOwnership: EncryptionAndOwnership,
): readonly AccessRequest[] {
  const { bucketArn, kmsKeyArn, bufferSeconds } = identity;
  const objectArn = `${bucketArn}/${key}`;
  const caller = writer(identity);
  const context = {
    ...bucketContext(identity),
    ...(kmsKeyArn !== undefined && {
      "s3:x-amz-server-side-encryption": "aws:kms",
      "s3:x-amz-server-side-encryption-aws-kms-key-id": kmsKeyArn,
    }),
    ...(encryptionAndOwnership.foreignBucket && { "s3:x-amz-acl": "bucket-owner-full-control" }),
  };
  const actions = [
    "s3:PutObject",
    ...(encryptionAndOwnership.foreignBucket ? ["s3:PutObjectAcl"] : []),
  ];
  const operations: readonly KeyUse["operation"][] =
    bufferSeconds < 60 ? ["GenerateDataKey", "Decrypt"] : ["GenerateDataKey"];
  return [
    ...actions.map((action) => ({ caller, action, resource: objectArn, context })),
    ...operations
      .flatMap((operation) => objectKeyUses(objectArn, identity, encryptionAndOwnership, operation))
      .map((use) => useKeyFor(caller, use)),
  ];
}

/** The check, when a delivery stream is created, that its bucket is there. */
export function getBucketLocation(identity: FirehoseIdentity): AccessRequest {
  return {
    caller: writer(identity),
    action: "s3:GetBucketLocation",
    resource: identity.bucketArn,
    context: bucketContext(identity),
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
  { objectKey, bucketKey }: EncryptionAndOwnership,
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
