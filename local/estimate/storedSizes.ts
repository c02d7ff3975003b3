/** Bytes of data, and how many bytes they are in an object: compressed, or converted. */
export interface StoredSize {
  readonly bytes: number;
  readonly storedBytes: number;
}

/**
 * Stored bytes of an object, between the nearest measured sizes. On logarithmic scales, which is how the
 * compression of records that resemble each other grows; outside of what was measured, in proportion.
 *
 * @param measured ascending in both; empty if nothing was measured, which counts as no compression
 */
export function storedBytes(measured: readonly StoredSize[], bytes: number): number {
  const [first] = measured;
  const last = measured.at(-1);
  if (first === undefined || last === undefined || bytes <= 0) return Math.max(0, bytes);
  if (bytes <= first.bytes) return (bytes / first.bytes) * first.storedBytes;
  if (bytes >= last.bytes) return (bytes / last.bytes) * last.storedBytes;
  const above = measured.findIndex((size) => size.bytes >= bytes);
  const [low, high] = [measured[above - 1] ?? first, measured[above] ?? last];
  const share = Math.log(bytes / low.bytes) / Math.log(high.bytes / low.bytes);
  return low.storedBytes * (high.storedBytes / low.storedBytes) ** share;
}
