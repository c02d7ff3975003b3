import { parseArn } from "../../../components/iam/arn";
import type { AccessRequest } from "../../iam/accessRequest";
import {
  type EncryptionAndOwnership,
  type FirehoseIdentity,
  type RoleSession,
  sessionContext,
} from "./firehoseIdentity";
import { useKeyFor } from "./keyRequests";
import { putLogEvents } from "./logRequests";
import { getBucketLocation, putObject } from "./objectRequests";

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
  encryptionAndOwnership: EncryptionAndOwnership,
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
    getRecords: [read("GetRecords"), ...decryptRecords(reader, identity, encryptionAndOwnership)],
    assumeDeliveryRole: [assumeRole(identity.roleArn, identity.arn)],
    getBucketLocation: [getBucketLocation(identity)],
    putLogEvents: putLogEvents(identity, encryptionAndOwnership),
    putObject: (key) => putObject(key, identity, encryptionAndOwnership),
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
  { source }: FirehoseIdentity,
  { streamKey }: EncryptionAndOwnership,
): readonly AccessRequest[] {
  if (streamKey === undefined) return [];
  const use = { keyArn: streamKey, operation: "Decrypt", service: "kinesis" } as const;
  return [useKeyFor(reader, { ...use, contextArn: source.arn })];
}
