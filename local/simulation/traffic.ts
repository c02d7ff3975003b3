/** What producers send to a stream. */
export interface Traffic {
  /** The data of the records, in a cycle; at least one item. */
  readonly contents: readonly Uint8Array[];
  /** Average for the whole stream. Arrivals are independent of each other (Poisson). */
  readonly recordsPerSecond: number;
  /** In milliseconds since 1970. */
  readonly begin: number;
  /** In milliseconds since 1970, exclusive. */
  readonly end: number;
}

/** What a shard or a whole stream accepted and rejected within one second. */
export interface TrafficSecond {
  /** Start of the second, in milliseconds since 1970. */
  readonly at: number;
  /** Accepted records. */
  readonly records: number;
  /** Bytes of data in the accepted records. */
  readonly bytes: number;
  /** Records that were rejected because of the limits of a shard per second. */
  readonly throttled: number;
}

/** A period in which S3 rejects objects. */
export interface Outage {
  /** In milliseconds since the start of the simulation. */
  readonly after: number;
  readonly milliseconds: number;
}

export function isDuring(outages: readonly Outage[], elapsed: number): boolean {
  return outages.some(
    ({ after, milliseconds }) => elapsed >= after && elapsed < after + milliseconds,
  );
}
