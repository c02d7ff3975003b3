import { parseArn } from "../../../components/iam/arn";
import type { AccessRequest } from "../../iam/accessRequest";
import type { EncryptionAndOwnership, FirehoseIdentity, RoleSession } from "./firehoseIdentity";
import { type KeyUse, useKeyForCaller } from "./keyRequests";
import { absent, directCallContext } from "./requestContext";

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
    ...directCallContext(s3Session(identity), parseArn(identity.arn).region),
    "s3:authType": "REST-HEADER",
    "s3:signatureversion": "AWS4-HMAC-SHA256",
    "s3:TlsVersion": "1.3",
    ...absentInS3,
  };
}

/**
 * Condition keys of parameters and headers that Firehose does not send, and of objects and access points
 * that are not involved. Whether it always sends an ACL is not documented, so that one is unknown.
 *
 * Source: Service Authorization Reference, "Condition keys for Amazon S3".
 */
const absentInS3 = absent(
  ...["s3:AccessGrantsInstanceArn", "s3:AccessPointNetworkOrigin"],
  ...["s3:DataAccessPointAccount", "s3:DataAccessPointArn", "s3:ExistingObjectTag/*"],
  ...["s3:RequestObjectTag/*", "s3:RequestObjectTagKeys", "s3:delimiter", "s3:locationconstraint"],
  ...["s3:max-keys", "s3:object-lock-legal-hold", "s3:object-lock-mode"],
  ...["s3:object-lock-remaining-retention-days", "s3:object-lock-retain-until-date", "s3:prefix"],
  ...["s3:versionid", "s3:x-amz-copy-source", "s3:x-amz-grant-full-control", "s3:x-amz-grant-read"],
  ...["s3:x-amz-grant-read-acp", "s3:x-amz-grant-write", "s3:x-amz-grant-write-acp"],
  ...["s3:x-amz-metadata-directive", "s3:x-amz-server-side-encryption"],
  ...["s3:x-amz-server-side-encryption-aws-kms-key-id"],
  ...["s3:x-amz-server-side-encryption-customer-algorithm", "s3:x-amz-storage-class"],
  ...["s3:x-amz-website-redirect-location"],
);

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
