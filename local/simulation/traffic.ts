/** What producers send to a stream. */
export interface Traffic {
  /** The data of the records, in this order and again from the first; at least one. */
  readonly contents: readonly Uint8Array[];
  /** On average, to the whole stream; arrivals do not depend on each other (Poisson). */
  readonly recordsPerSecond: number;
  /** In milliseconds since 1970. */
  readonly begin: number;
  /** The same; nothing is sent from then on. */
  readonly end: number;
}

/** What a shard, or a whole stream, took and refused within one second. */
export interface TrafficSecond {
  /** Its begin, in milliseconds since 1970. */
  readonly at: number;
  /** That were accepted. */
  readonly records: number;
  /** Of data, in them. */
  readonly bytes: number;
  /** Records that were refused, since they were more than a shard takes in a second. */
  readonly throttled: number;
}

/** A time in which S3 refuses objects. */
export interface Outage {
  /** In milliseconds since the begin of the simulation. */
  readonly after: number;
  readonly milliseconds: number;
}

export function isDuring(outages: readonly Outage[], elapsed: number): boolean {
  return outages.some(
    ({ after, milliseconds }) => elapsed >= after && elapsed < after + milliseconds,
  );
}
