import type { AccessRequest } from "../../iam/accessRequest";
import { useKeyFor } from "./keyRequests";
import type { EncryptionAndOwnership } from "./firehoseIdentity";
import type { FirehoseIdentity } from "./firehoseIdentity";
import { logKeyUse } from "./logRequests";
import { bucketContext, objectKeyUses, writer } from "./objectRequests";

/** A call that AWS wants a role to be allowed and that does not occur in an undisturbed life. */
export interface DocumentedRequest {
  readonly request: AccessRequest;
  /** When it occurs, e.g. "giving up an upload in parts". */
  readonly usedFor: string;
  /** Page of AWS that asks for it. */
  readonly source: string;
}

const destination =
  'Amazon Data Firehose Developer Guide, "Grant Firehose access to an Amazon S3 destination"';
const parts = 'Amazon S3 User Guide, "Multipart upload API and permissions"';
const logging = "AWS managed policy CloudWatchLogsAPIKeyAccess";

/**
 * What a delivery role is granted beside the calls of `firehoseRequests`, by name.
 *
 * @param objectKey key of any object that is delivered
 */
export function documentedRequests(
  identity: FirehoseIdentity,
  encryptionAndOwnership: EncryptionAndOwnership,
  objectKey: string,
): readonly DocumentedRequest[] {
  const { bucketArn } = identity;
  const objectArn = `${bucketArn}/${objectKey}`;
  const caller = writer(identity);
  const s3 = (action: string, resource: string, usedFor: string): DocumentedRequest => ({
    request: { caller, action: `s3:${action}`, resource, context: bucketContext(identity) },
    usedFor,
    source: destination,
  });
  const logUse = logKeyUse(identity, encryptionAndOwnership, "Decrypt");
  return [
    s3("AbortMultipartUpload", objectArn, "giving up an upload in parts that failed"),
    s3("GetObject", objectArn, "AWS asks for it and does not say what for"),
    s3("ListBucket", bucketArn, "AWS asks for it and does not say what for"),
    s3("ListBucketMultipartUploads", bucketArn, "finding uploads in parts that were left"),
    ...objectKeyUses(objectArn, identity, encryptionAndOwnership, "Decrypt").map((use) => ({
      request: useKeyFor(caller, use),
      usedFor: "uploads in parts",
      source: parts,
    })),
    ...(logUse
      ? [
          {
            request: useKeyFor({ ...caller, sessionName: "Firehose" }, logUse),
            usedFor: "writing to an encrypted log group",
            source: logging,
          },
        ]
      : []),
  ];
}
