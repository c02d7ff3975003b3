/** What an AWS client threw, in AWS's words. */
export interface AwsFailure {
  /** AWS's error code, or Node's for a connection that failed, e.g. `ECONNREFUSED`. */
  readonly code: string;
  readonly message: string;
  /** The same request may succeed later. */
  readonly transient: boolean;
}

const CONNECTION_CODES = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "EAI_AGAIN",
  "TimeoutError",
]);

// AWS answers 400 to most of these, so the status alone does not tell.
const THROTTLING_CODE = /Throttl|ThroughputExceeded|LimitExceeded|TooManyRequests|SlowDown/;

/** Reads code, message and kind from an error of an AWS client. */
export function awsFailure(error: unknown): AwsFailure {
  if (!(error instanceof Error)) return { code: "Error", message: String(error), transient: false };
  const unset = missingSetting(error);
  if (unset) return { ...unset, transient: false };
  const status = httpStatus(error);
  const code = status === undefined ? (nodeCode(error) ?? error.name) : error.name;
  const transient =
    CONNECTION_CODES.has(code) ||
    THROTTLING_CODE.test(code) ||
    (status !== undefined && (status >= 500 || status === 408 || status === 429));
  return { code, message: error.message || firstCause(error), transient };
}

/** What the SDK needs before its first request, with how to give it. */
function missingSetting(error: Error): { code: string; message: string } | undefined {
  if (error.name === "CredentialsProviderError") {
    const message = `Set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY. (${error.message})`;
    return { code: "no AWS credentials", message };
  }
  if (error.message !== "Region is missing") return undefined;
  return { code: "no AWS region", message: "Name one, for example by AWS_REGION." };
}

function httpStatus(error: Error): number | undefined {
  if (!("$metadata" in error)) return undefined;
  const { httpStatusCode } = error.$metadata as { httpStatusCode?: number };
  return httpStatusCode;
}

function nodeCode(error: Error): string | undefined {
  return "code" in error && typeof error.code === "string" ? error.code : undefined;
}

/** A name with several addresses fails with one error for each and no text of its own. */
function firstCause(error: Error): string {
  const causes: unknown[] = error instanceof AggregateError ? error.errors : [];
  const [cause] = causes;
  return cause instanceof Error ? cause.message : error.name;
}
