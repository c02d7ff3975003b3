import { logGroupArn, parseArn } from "../../../components/iam/arn";
import type { AccessRequest } from "../../iam/accessRequest";
import {
  type EncryptionAndOwnership,
  type FirehoseIdentity,
  type RoleSession,
  sessionContext,
} from "./firehoseIdentity";
import { type KeyUse, useKeyAsService, useKeyForCaller } from "./keyRequests";

/**
 * The requests to write to the error log; none if errors are not logged. CloudWatch Logs uses the
 * key of an encrypted log group twice: on behalf of the writer and as itself.
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
    ...(use ? [useKeyForCaller(caller, use), useKeyAsService(use)] : []),
  ];
}

/** The use of the error log's key on behalf of the writer; undefined without log or key. */
export function logKeyUse(
  { arn, errorLog }: FirehoseIdentity,
  { logKey }: EncryptionAndOwnership,
  operation: KeyUse["operation"],
): KeyUse | undefined {
  if (logKey === undefined || errorLog === undefined) return undefined;
  const contextArn = logGroupArn(arn, errorLog.logGroupName);
  return { keyArn: logKey, operation, service: "logs", contextArn };
}
