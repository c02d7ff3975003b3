import { parseArn } from "../../../components/iam/arn";
import type { AccessRequest } from "../../iam/accessRequest";
import {
  type EncryptionAndOwnership,
  type FirehoseIdentity,
  type RoleSession,
  sessionContext,
} from "./firehoseIdentity";
import { type KeyUse, useKeyAsService, useKeyFor } from "./keyRequests";

/**
 * An encrypted log group's key is used for the writer, and by CloudWatch Logs in its own name.
 *
 * Source: Amazon CloudWatch Logs User Guide, "Encrypt log data in CloudWatch Logs using AWS KMS".
 */
export function putLogEvents(
  identity: FirehoseIdentity,
  encryptionAndOwnership: EncryptionAndOwnership,
): readonly AccessRequest[] {
  const { arn, roleArn, errorLog } = identity;
  if (errorLog === undefined) return [];
  const caller: RoleSession = { roleArn, sessionName: "Firehose" };
  const use = logKeyUse(identity, encryptionAndOwnership, "GenerateDataKey");
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

/** The use of the error log's key, if it has one, for the writer of log events. */
export function logKeyUse(
  { arn, errorLog }: FirehoseIdentity,
  { logKey }: EncryptionAndOwnership,
  operation: KeyUse["operation"],
): KeyUse | undefined {
  if (logKey === undefined || errorLog === undefined) return undefined;
  const contextArn = logGroupArn(arn, errorLog.logGroupName);
  return { keyArn: logKey, operation, service: "logs", contextArn };
}

function logGroupArn(siblingArn: string, name: string): string {
  const { partition, region, account } = parseArn(siblingArn);
  return `arn:${partition}:logs:${region}:${account}:log-group:${name}`;
}
