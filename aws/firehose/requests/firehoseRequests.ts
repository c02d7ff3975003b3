import { parseArn } from "../../../components/iam/arn";
import type { AccessRequest } from "../../iam/accessRequest";
import type { EncryptionAndOwnership, FirehoseIdentity, RoleSession } from "./firehoseIdentity";
import { useKeyForCaller } from "./keyRequests";
import { putLogEvents } from "../features/errorLog";
import { getBucketLocation, putObject } from "./objectRequests";
import { directCallContext } from "./requestContext";

/**
 * The IAM requests of each call of a delivery stream. IAM must allow all requests of a call. Those
 * of a source are empty for a delivery stream without one.
 */
export interface FirehoseRequests extends SourceRequests {
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
 * The same actions are listed three times on purpose: as grants in `components/iam`, as requests
 * here, and in `documentedRequests` as grants that AWS requires although delivery does not use
 * them. No list is derived from another. A mistake in one of them therefore appears as a denied
 * request or as an unused grant.
 *
 * Sources: Amazon Data Firehose Developer Guide, "Controlling access" (actions, external ID), and
 * the page named at each request. Session names are those seen in CloudTrail.
 */
export function firehoseRequests(
  identity: FirehoseIdentity,
  encryptionAndOwnership: EncryptionAndOwnership,
): FirehoseRequests {
  return {
    ...sourceRequests(identity, encryptionAndOwnership),
    assumeDeliveryRole: [assumeRole(identity.roleArn, identity.arn)],
    getBucketLocation: [getBucketLocation(identity)],
    putLogEvents: putLogEvents(identity, encryptionAndOwnership),
    putObject: (key) => putObject(key, identity, encryptionAndOwnership),
  };
}

interface SourceRequests {
  readonly assumeSourceRole: readonly AccessRequest[];
  readonly describeStream: readonly AccessRequest[];
  readonly listShards: readonly AccessRequest[];
  readonly getShardIterator: readonly AccessRequest[];
  readonly getRecords: readonly AccessRequest[];
}

function sourceRequests(
  { arn, source }: FirehoseIdentity,
  { streamKey }: EncryptionAndOwnership,
): SourceRequests {
  if (source.type === "direct-put") {
    const none = { describeStream: [], listShards: [], getShardIterator: [], getRecords: [] };
    return { assumeSourceRole: [], ...none };
  }
  const { region } = parseArn(arn);
  const reader: RoleSession = { roleArn: source.roleArn, sessionName: "Firehose" };
  const read = (operation: string): AccessRequest => ({
    caller: reader,
    action: `kinesis:${operation}`,
    resource: source.arn,
    context: directCallContext(reader, region),
  });
  return {
    assumeSourceRole: [assumeRole(source.roleArn, arn)],
    describeStream: [read("DescribeStream")],
    listShards: [read("ListShards")],
    getShardIterator: [read("GetShardIterator")],
    getRecords: [read("GetRecords"), ...decryptRecords(reader, source.arn, streamKey)],
  };
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
  contextArn: string,
  streamKey: string | undefined,
): readonly AccessRequest[] {
  if (streamKey === undefined) return [];
  const use = { keyArn: streamKey, operation: "Decrypt", service: "kinesis" } as const;
  return [useKeyForCaller(reader, { ...use, contextArn })];
}
