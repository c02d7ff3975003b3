/** Bytes as a stream of chunks of these lengths, with the rest in one chunk. */
export async function* chunked(
  bytes: Uint8Array,
  lengths: readonly number[] = [],
): AsyncGenerator<Uint8Array> {
  let start = 0;
  for (const length of lengths) {
    await Promise.resolve();
    yield bytes.subarray(start, start + length);
    start += length;
  }
  yield bytes.subarray(start);
}

export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}
