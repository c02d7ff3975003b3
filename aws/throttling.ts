const throttlingCodes: ReadonlySet<string> = new Set([
  "KMSThrottlingException",
  "LimitExceededException",
  "ProvisionedThroughputExceededException",
  "RequestLimitExceeded",
  "SlowDown",
  "ThrottlingException",
]);

/** Whether AWS refused a call only because there were too many: it works later. */
export function isThrottling(code: string): boolean {
  return throttlingCodes.has(code);
}
