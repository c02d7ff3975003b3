import { isClockSkewCorrectedError, isThrottlingError } from "@smithy/core/retry";
import { type KnownFailure, knownFailure } from "./knownFailures";

/** An error of an AWS client. */
export interface AwsFailure {
  /** AWS's error code, or that of Node.js for a failed connection, e.g. `ECONNREFUSED`. */
  readonly code: string;
  readonly message: string;
  /** The same request may succeed later. */
  readonly transient: boolean;
  /** What is wrong and how to fix it, if that is known. */
  readonly known?: KnownFailure;
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
  const status = httpStatus(error);
  const code = status === undefined ? (nodeCode(error) ?? error.name) : error.name;
  const message = error.message || firstCause(error);
  const transient =
    isConnectionFailure(code) ||
    isThrottlingError(error as SdkError) ||
    KMS_THROTTLING.has(code) ||
    (status !== undefined && (status >= 500 || status === 408)) ||
    // The client has learned the time from the answer, and signs the next request with it.
    isClockSkewCorrectedError(error as SdkError) === true;
  const known = knownFailure({ code, message, bucketRegion: bucketRegion(error) });
  return { code, message, transient, ...(known && { known }) };
}

/** Whether there was no answer at all. */
export function isConnectionFailure(code: string): boolean {
  return CONNECTION_CODES.has(code);
}

/** What is wrong, how to fix it if that is known, and the words of AWS or Node.js. */
export function reasonOf({ code, message, known }: AwsFailure): string {
  const original = `${code}: ${message}`;
  return known === undefined ? original : `${known.problem}. ${known.fix} (${original})`;
}

/** A call of AWS, for the message about its failure. */
export interface AwsCall {
  /** What it does, after "Cannot": `read s3://lake/raw/1.gz`. */
  readonly action: string;
  /** What it needs, after "There is no": `bucket "lake"`. */
  readonly resource: string;
  /** The permissions that it needs. */
  readonly permissions: string;
}

/** Error codes of what does not exist: Kinesis and Firehose, S3. */
const MISSING = new Set(["ResourceNotFoundException", "NoSuchBucket"]);

/** Error codes of denied access, also to a key: Kinesis and Firehose, S3. */
const DENIED = new Set([
  "AccessDeniedException",
  "KMSAccessDeniedException",
  "AccessDenied",
  "AllAccessDisabled",
]);

/** An error for people: what could not be done and why, how to fix it, and the words of AWS. */
export function callError(failure: AwsFailure, { action, resource, permissions }: AwsCall): Error {
  const { code, message } = failure;
  if (MISSING.has(code))
    return new Error(
      `There is no ${resource}. Check its name, the region, the account of the credentials and the ` +
        `endpoint. (${message})`,
    );
  if (DENIED.has(code))
    return new Error(`No permission to ${action}. This requires ${permissions}. (${message})`);
  return new Error(`Cannot ${action}: ${reasonOf(failure)}`);
}

/** S3 sends this header with a redirect. */
function bucketRegion(error: Error): string | undefined {
  if (!("$response" in error)) return undefined;
  const { headers } = error.$response as { headers?: Record<string, string> };
  return headers?.["x-amz-bucket-region"];
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
