import { logGroupArn, parseArn } from "../../../components/iam/arn";
import { Unknown } from "../../../engine/graph/resourceGraph";
import type { AccessRequest } from "../../iam/accessRequest";
import type { Declared } from "../model/declaredInputs";
import type {
  EncryptionAndOwnership,
  FirehoseIdentity,
  RoleSession,
} from "../requests/firehoseIdentity";
import { type Feature, shownInputs } from "./feature";
import { type KeyUse, useKeyAsService, useKeyForCaller } from "../requests/keyRequests";
import { directCallContext } from "../requests/requestContext";

/** The CloudWatch log to which a delivery stream writes its errors. */
export interface ErrorLogName {
  readonly logGroupName: string;
  readonly logStreamName: string;
}

/**
 * API: logging is off by default; if it is enabled, both names are required. "incomplete" without one
 * of the names, undefined if errors are not logged.
 */
export const errorLog: Feature<Declared<ErrorLogName> | "incomplete" | undefined> = {
  read(destination) {
    const options = destination.group("cloudwatchLoggingOptions");
    const enabled = options.flag("enabled");
    if (enabled instanceof Unknown) return enabled;
    if (enabled !== true) return undefined;
    const logGroupName = options.text("logGroupName");
    const logStreamName = options.text("logStreamName");
    for (const [name, value] of Object.entries({ logGroupName, logStreamName }))
      if (!value) options.refuse(name, "is not set, although logging is enabled");
    if (logGroupName instanceof Unknown) return logGroupName;
    if (logStreamName instanceof Unknown) return logStreamName;
    return logGroupName && logStreamName ? { logGroupName, logStreamName } : "incomplete";
  },
  report(destination) {
    const options = destination.group("cloudwatchLoggingOptions");
    const isOff = options.shown("enabled") === "false";
    return isOff
      ? [{ label: "error log", value: "off" }]
      : shownInputs(options, [
          { label: "error log", input: "logGroupName" },
          { label: "error log stream", input: "logStreamName" },
        ]);
  },
};

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
      context: directCallContext(caller, parseArn(arn).region),
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
