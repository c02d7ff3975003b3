import { parseArn } from "../../../components/iam/arn";
import type { AccessRequest } from "../../iam/accessRequest";
import type { EncryptionAndOwnership, FirehoseIdentity, RoleSession } from "./firehoseIdentity";
import { functionRequests, type FunctionRequests } from "./functionRequests";
import { useKeyForCaller } from "./keyRequests";
import { putLogEvents } from "../features/errorLog";
import { getBucketLocation, putObject } from "./objectRequests";
import { directCallContext } from "./requestContext";
import { tableRequests, type TableRequests } from "./tableRequests";

/**
 * The IAM requests of each call of a delivery stream. IAM must allow all requests of a call. Those
 * of a source or a feature are empty for a delivery stream without it. Those of its backup are the
 * requests of the backup's own identity.
 */
export interface FirehoseRequests extends SourceRequests, FunctionRequests, TableRequests {
  /** Empty without a function, or if the delivery role invokes it. */
  readonly assumeFunctionRole: readonly AccessRequest[];
  /** Empty without conversion, or if the delivery role reads the table. */
  readonly assumeTableRole: readonly AccessRequest[];
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
    ...functionRequests(identity),
    ...tableRequests(identity),
    assumeFunctionRole: assumeOther(identity, identity.transformation),
    assumeTableRole: assumeOther(identity, identity.schemaTable),
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

/** The request to assume the role of a feature, unless it is the delivery role. */
function assumeOther(
  { arn, roleArn }: FirehoseIdentity,
  feature: { readonly roleArn: string } | undefined,
): readonly AccessRequest[] {
  return feature === undefined || feature.roleArn === roleArn
    ? []
    : [assumeRole(feature.roleArn, arn)];
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
