import type { InputLine } from "../input/readRecords";
import { sleep as realSleep, type Sleep } from "./sleep";

export interface Pace {
  /** Records per second. */
  readonly rate: number;
  /** Ends a wait early. */
  readonly signal: AbortSignal;
  /** Default: real time. */
  readonly sleep?: Sleep;
  /** In milliseconds, monotonic. */
  readonly now?: () => number;
}

/** Shorter waits would cost more than they are exact. */
const shortestWait = 5;

/** More than this is not caught up: all at once, it would be throttled again. */
const longestArrears = 10_000;

/**
 * The same lines at a rate: each record is due at its time after the first one, so that no delay adds up. What
 * was held up, e.g. by a throttled stream, follows at once, except after a longer outage.
 */
export async function* pacedLines(
  lines: AsyncIterable<InputLine>,
  { rate, signal, sleep = realSleep, now = () => performance.now() }: Pace,
): AsyncGenerator<InputLine> {
  let begin: number | undefined;
  let records = 0;
  for await (const line of lines) {
    if ("data" in line) {
      begin ??= now();
      const wait = begin + (records * 1000) / rate - now();
      if (wait >= shortestWait) await sleep(wait, signal);
      else if (wait < -longestArrears) begin += -longestArrears - wait;
      if (signal.aborted) return;
      records += 1;
    }
    yield line;
  }
}
