/** 250 ms after the first failure, then twice as long each time, at most 10 s. */
export function backOff(attempt: number): number {
  return Math.min(10_000, 250 * 2 ** (attempt - 1));
}

/** IAM denied a call. */
export class AccessDeniedError extends Error {
  /**
   * @param name AWS's code for it: `AccessDenied` in S3 and STS, `AccessDeniedException` in Kinesis
   * @param message as AWS words it
   */
  constructor(
    override readonly name: "AccessDenied" | "AccessDeniedException",
    message: string,
  ) {
    super(message);
  }
}

/** AWS's code of a failed call, or that of the operating system, e.g. `ECONNREFUSED`. */
export function errorCode(error: unknown): string {
  if (!(error instanceof Error)) return "Error";
  return "code" in error && typeof error.code === "string" ? error.code : error.name;
}
