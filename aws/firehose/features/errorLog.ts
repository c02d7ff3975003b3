import { Unknown } from "../../../engine/graph/resourceGraph";
import type { Declared, DeclaredInputs } from "../model/declaredInputs";

/** The CloudWatch log to which a delivery stream writes its errors. */
export interface ErrorLogName {
  readonly logGroupName: string;
  readonly logStreamName: string;
}

/**
 * Reads the error log. API: logging is off by default; if it is enabled, both names are required.
 *
 * @returns "incomplete" without one of the names, undefined if errors are not logged
 */
export function readErrorLog(
  destination: DeclaredInputs,
): Declared<ErrorLogName> | "incomplete" | undefined {
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
}
