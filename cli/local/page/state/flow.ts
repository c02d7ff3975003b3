/** Records that passed a place, and how many in each of the last seconds. */
export interface Flow {
  readonly records: number;
  /** Of data. */
  readonly bytes: number;
  /** Oldest first, without the seconds in which nothing passed. */
  readonly seconds: readonly FlowSecond[];
}

interface FlowSecond {
  /** Since 1970. */
  readonly second: number;
  readonly records: number;
}

/** A flow at one moment. */
export interface FlowRates {
  readonly records: number;
  readonly bytes: number;
  /** Records a second, over the last few whole seconds. */
  readonly perSecond: number;
  /** Records in each of the last 60 whole seconds, oldest first. */
  readonly history: readonly number[];
}

export const noFlow: Flow = { records: 0, bytes: 0, seconds: [] };

const historySeconds = 60;

/** Records come in pages and batches: over a single second the rate would flicker. */
const rateSeconds = 5;

/** @param at milliseconds since 1970 */
export function flowWith(flow: Flow, at: number, records: number, bytes: number): Flow {
  const newest = flow.seconds.at(-1);
  // What is told late counts now: the seconds stay in order.
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
    const place = second - first;
    if (place >= 0 && place < historySeconds) history[place] = records;
  }
  const recent = history.slice(-rateSeconds).reduce((sum, count) => sum + count, 0);
  return { records, bytes, perSecond: recent / rateSeconds, history };
}
