import { isThrottlingError } from "@smithy/core/retry";

/** Whether AWS rejected a call only because there were too many: it succeeds later. */
export function isThrottling(code: string): boolean {
  return code === throttledKey || isThrottlingError({ name: code, message: "" });
}

/** The code with which Kinesis reports a throttled KMS key. The SDK does not count it. */
const throttledKey = "KMSThrottlingException";
