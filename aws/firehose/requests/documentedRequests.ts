import type { AccessRequest } from "../../iam/accessRequest";
import type { EncryptionAndOwnership, FirehoseIdentity } from "./firehoseIdentity";
import { latestVersionRequests } from "./functionRequests";
import { useKeyForCaller } from "./keyRequests";
import { logKeyUse } from "../features/errorLog";
import { objectKeyUses, s3Context, s3Session } from "./objectRequests";

/** A request that AWS documentation requires a role to allow, without a call that makes it here. */
export interface DocumentedRequest {
  readonly request: AccessRequest;
  /** When it occurs, e.g. "aborting a failed multipart upload". */
  readonly usedFor: string;
  /** The AWS page that requires it. */
  readonly source: string;
}

const destination =
  'Amazon Data Firehose Developer Guide, "Grant Firehose access to an Amazon S3 destination"';
const multipart = 'Amazon S3 User Guide, "Multipart upload API and permissions"';
const logging = "AWS managed policy CloudWatchLogsAPIKeyAccess";

/**
 * The requests that a delivery role must allow in addition to those of `firehoseRequests`.
 *
 * @param objectKey key of any delivered object
 */
export function documentedRequests(
  identity: FirehoseIdentity,
  encryptionAndOwnership: EncryptionAndOwnership,
  objectKey: string,
): readonly DocumentedRequest[] {
  const { bucketArn } = identity;
  const objectArn = `${bucketArn}/${objectKey}`;
  const caller = s3Session(identity);
  const s3 = (action: string, resource: string, usedFor: string): DocumentedRequest => ({
    request: { caller, action: `s3:${action}`, resource, context: s3Context(identity) },
    usedFor,
    source: destination,
  });
  const logUse = logKeyUse(identity, encryptionAndOwnership, "Decrypt");
  return [
    s3("AbortMultipartUpload", objectArn, "aborting a failed multipart upload"),
    s3("GetObject", objectArn, "required by AWS without a documented use"),
    s3("ListBucket", bucketArn, "required by AWS without a documented use"),
    s3("ListBucketMultipartUploads", bucketArn, "finding incomplete multipart uploads"),
    ...objectKeyUses(objectArn, identity, encryptionAndOwnership, "Decrypt").map((use) => ({
      request: useKeyForCaller(caller, use),
      usedFor: "multipart uploads",
      source: multipart,
    })),
    ...(logUse
      ? [
          {
            request: useKeyForCaller({ ...caller, sessionName: "Firehose" }, logUse),
            usedFor: "writing to an encrypted log group",
            source: logging,
          },
        ]
      : []),
    // The policy in AWS's guide grants the actions on a version of the function.
    ...latestVersionRequests(identity).map((request) => ({
      request,
      usedFor: "versions of the function",
      source: destination,
    })),
  ];
}
