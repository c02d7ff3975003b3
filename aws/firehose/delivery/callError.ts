/** IAM refused a call. */
export class AccessDeniedError extends Error {
  /**
   * @param name AWS's code for it, which services spell differently: `AccessDenied` in S3 and STS,
   *   `AccessDeniedException` in Kinesis
   * @param message in AWS's words
   */
  constructor(
    override readonly name: "AccessDenied" | "AccessDeniedException",
    message: string,
  ) {
    super(message);
  }
}

/** AWS's code of a failed call, or that of the system, e.g. `ECONNREFUSED`. */
export function errorCode(error: unknown): string {
  if (!(error instanceof Error)) return "Error";
  return "code" in error && typeof error.code === "string" ? error.code : error.name;
}
