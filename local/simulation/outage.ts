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
