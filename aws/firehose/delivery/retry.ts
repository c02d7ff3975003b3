import type { Clock } from "../../clock";
import type { FailedCall, FirehoseOperation } from "./deliveryEvent";

/** What a repeated call needs beside the call itself. */
export interface RetryContext {
  readonly clock: Clock;
  readonly onFailure: (call: FailedCall) => void;
  readonly signal: AbortSignal;
}

/**
 * Repeats a call until it works, with growing pauses: Firehose gives up on neither its source nor
 * its destination while the records are retained.
 *
 * @returns undefined if the signal is aborted before it worked
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

/** A function, because the compiler takes a signal that was not aborted for one that never is. */
function isAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}

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
