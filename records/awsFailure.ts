import { isThrottlingError } from "@smithy/core/retry";

/** An error of an AWS client. */
export interface AwsFailure {
  /** AWS's error code, or that of Node.js for a failed connection, e.g. `ECONNREFUSED`. */
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

/** Throttling of KMS as Kinesis and as S3 report it, which the SDK does not recognize. */
const KMS_THROTTLING = new Set(["KMSThrottlingException", "KMS.ThrottlingException"]);

type SdkError = Parameters<typeof isThrottlingError>[0];

/** Reads code and message of an error that an AWS client threw, and whether a retry can help. */
export function awsFailure(error: unknown): AwsFailure {
  if (!(error instanceof Error)) return { code: "Error", message: String(error), transient: false };
  const unset = missingSetting(error);
  if (unset) return { ...unset, transient: false };
  const status = httpStatus(error);
  const code = status === undefined ? (nodeCode(error) ?? error.name) : error.name;
  const transient =
    CONNECTION_CODES.has(code) ||
    isThrottlingError(error as SdkError) ||
    KMS_THROTTLING.has(code) ||
    (status !== undefined && (status >= 500 || status === 408));
  return { code, message: error.message || firstCause(error), transient };
}

/** A setting that the SDK needs before its first request, with how to set it. */
function missingSetting(error: Error): { code: string; message: string } | undefined {
  if (error.name === "CredentialsProviderError") {
    const message = `Set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY. (${error.message})`;
    return { code: "no AWS credentials", message };
  }
  if (error.message !== "Region is missing") return undefined;
  return { code: "no AWS region", message: "Specify one, for example with AWS_REGION." };
}

function httpStatus(error: Error): number | undefined {
  if (!("$metadata" in error)) return undefined;
  const { httpStatusCode } = error.$metadata as { httpStatusCode?: number };
  return httpStatusCode;
}

function nodeCode(error: Error): string | undefined {
  return "code" in error && typeof error.code === "string" ? error.code : undefined;
}

/** A host with several addresses fails with one error per address and an empty message. */
function firstCause(error: Error): string {
  const causes: unknown[] = error instanceof AggregateError ? error.errors : [];
  const [cause] = causes;
  return cause instanceof Error ? cause.message : error.name;
}
