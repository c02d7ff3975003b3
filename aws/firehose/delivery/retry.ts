import type { Clock } from "../../clock";
import type { FailedCall, FirehoseOperation } from "./deliveryEvent";

/** What repeating a call requires. */
export interface RetryContext {
  readonly clock: Clock;
  readonly onFailure: (call: FailedCall) => void;
  readonly signal: AbortSignal;
}

/**
 * Repeats a call until it succeeds, with growing pauses. Firehose retries its source and its
 * destination as long as the records are retained.
 *
 * @returns undefined if the signal is aborted before the call succeeds
 */
export async function retryUntilDone<T>(
  operation: FirehoseOperation,
  { clock, onFailure, signal }: RetryContext,
  call: () => Promise<T>,
): Promise<T | undefined> {
  for (let attempt = 1; !signal.aborted; attempt += 1) {
    try {
      return await call();
    } catch (error) {
      if (isAborted(signal)) break;
      const delayMilliseconds = backOff(attempt);
      onFailure({
        operation,
        attempt,
        delayMilliseconds,
        code: errorCode(error),
        message: error instanceof Error ? error.message : String(error),
        denied: error instanceof AccessDeniedError,
      });
      await clock.sleep(delayMilliseconds, signal);
    }
  }
  return undefined;
}

/** 250 ms after the first failure, then twice as long each time, at most 10 s. */
export function backOff(attempt: number): number {
  return Math.min(10_000, 250 * 2 ** (attempt - 1));
}

/** A function, because the compiler assumes that `aborted` does not change in between. */
function isAborted(signal: AbortSignal): boolean {
  return signal.aborted;
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
