/** Records that passed one point of the pipeline: in total, and in each of the last seconds. */
export interface Flow {
  readonly records: number;
  /** Total size of the records. */
  readonly bytes: number;
  /** Oldest first, without seconds in which no record passed. */
  readonly seconds: readonly FlowSecond[];
}

interface FlowSecond {
  /** Seconds since 1970. */
  readonly second: number;
  readonly records: number;
}

/** A flow as the page shows it at one moment. */
export interface FlowRates {
  readonly records: number;
  readonly bytes: number;
  /** Records per second, over the last 5 whole seconds. */
  readonly perSecond: number;
  /** Records in each of the last 60 whole seconds, oldest first. */
  readonly history: readonly number[];
}

export const noFlow: Flow = { records: 0, bytes: 0, seconds: [] };

const historySeconds = 60;

/** Records arrive in pages and batches, so the rate of a single second would flicker. */
const rateSeconds = 5;

/** @param at milliseconds since 1970 */
export function flowWith(flow: Flow, at: number, records: number, bytes: number): Flow {
  const newest = flow.seconds.at(-1);
  // A late event counts in the newest second, which keeps the seconds in order.
  const second = Math.max(Math.floor(at / 1000), newest?.second ?? 0);
  const others = newest?.second === second ? flow.seconds.slice(0, -1) : flow.seconds;
  const before = newest?.second === second ? newest.records : 0;
  return {
    records: flow.records + records,
    bytes: flow.bytes + bytes,
    seconds: [
      ...others.filter((other) => other.second >= second - historySeconds),
      { second, records: before + records },
    ],
  };
}

/** @param now milliseconds since 1970 */
export function flowRates({ records, bytes, seconds }: Flow, now: number): FlowRates {
  const first = Math.floor(now / 1000) - historySeconds;
  const history = Array.from({ length: historySeconds }, () => 0);
  for (const { second, records } of seconds) {
    const index = second - first;
    if (index >= 0 && index < historySeconds) history[index] = records;
  }
  const recent = history.slice(-rateSeconds).reduce((sum, count) => sum + count, 0);
  return { records, bytes, perSecond: recent / rateSeconds, history };
}
