import { parseArn } from "../../../components/iam/arn";
import type { AccessRequest } from "../../iam/accessRequest";
import {
  type EncryptionAndOwnership,
  type FirehoseIdentity,
  type RoleSession,
  sessionContext,
} from "./firehoseIdentity";
import { type KeyUse, useKeyForCaller } from "./keyRequests";

/**
 * The requests to write one object: with its key if it is encrypted, and with an ACL for the
 * bucket owner if another account owns the bucket.
 *
 * Sources: Amazon Data Firehose Developer Guide, "Cross-account delivery to an Amazon S3
 * destination" (ACL) and "Buffering hints" (multipart uploads below 60 s); Amazon S3 User Guide,
 * "Multipart upload API and permissions" (`kms:Decrypt`).
 *
 * @param key S3 key of the object
 */
export function putObject(
  key: string,
  identity: FirehoseIdentity,
  encryptionAndOwnership: EncryptionAndOwnership,
): readonly AccessRequest[] {
  const { bucketArn, kmsKeyArn, bufferSeconds } = identity;
  const objectArn = `${bucketArn}/${key}`;
  const caller = s3Session(identity);
  const context = {
    ...s3Context(identity),
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
      .map((use) => useKeyForCaller(caller, use)),
  ];
}

/** The check that the bucket exists, made when a delivery stream is created. */
export function getBucketLocation(identity: FirehoseIdentity): AccessRequest {
  return {
    caller: s3Session(identity),
    action: "s3:GetBucketLocation",
    resource: identity.bucketArn,
    context: s3Context(identity),
  };
}

/** The session in which Firehose calls S3. */
export function s3Session({ roleArn }: FirehoseIdentity): RoleSession {
  return { roleArn, sessionName: "AWSFirehoseToS3" };
}

/**
 * The condition keys that AWS sets in every call of Firehose to S3.
 *
 * Source: Amazon S3 User Guide, "Bucket policy examples using condition keys".
 */
export function s3Context(identity: FirehoseIdentity): AccessRequest["context"] {
  return {
    ...sessionContext(s3Session(identity), parseArn(identity.arn).region),
    "s3:authType": "REST-HEADER",
    "s3:signatureversion": "AWS4-HMAC-SHA256",
    "s3:TlsVersion": "1.3",
  };
}

/**
 * The uses of a key for one object. If it is unknown whether the bucket has a Bucket Key, both
 * encryption contexts are included.
 */
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
