import type { Clock } from "../clock";
import type { FailedCall } from "./deliveryEvent";

/** What a repeated call needs beside the call itself. */
export interface RetryContext {
  readonly clock: Clock;
  readonly onRetry: (call: FailedCall) => void;
  readonly signal: AbortSignal;
}

/**
 * Repeats a call until it works, with growing pauses: Firehose gives up on neither its source nor
 * its destination while the records are retained.
 *
 * @returns undefined if the signal is aborted before it worked
 */
export async function retryUntilDone<T>(
  operation: FailedCall["operation"],
  { clock, onRetry, signal }: RetryContext,
  call: () => Promise<T>,
): Promise<T | undefined> {
  for (let attempt = 1; !signal.aborted; attempt += 1) {
    try {
      return await call();
    } catch (error) {
      if (isAborted(signal)) break;
      const delayMilliseconds = backOff(attempt);
      onRetry({ operation, attempt, delayMilliseconds, error: describe(error) });
      await clock.sleep(delayMilliseconds, signal);
    }
  }
  return undefined;
}

/** 250 ms after the first failure, then twice as long each time, at most 10 s. */
export function backOff(attempt: number): number {
  return Math.min(10_000, 250 * 2 ** (attempt - 1));
}

/** The name is AWS's error code, which often says more than its message. */
function describe(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

/** A function, because the compiler takes a signal that was not aborted for one that never is. */
function isAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}
