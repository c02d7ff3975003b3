/** Reads a stream of chunks in pieces of any length. */
export class ByteReader {
  readonly #chunks: AsyncIterator<Uint8Array>;
  #kept: Buffer = Buffer.alloc(0);

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  /** The next `count` bytes, which stay unread. Fewer at the end of the stream. */
  async peek(count: number): Promise<Buffer> {
    const parts: Uint8Array[] = [this.#kept];
    let length = this.#kept.length;
    while (length < count) {
      const next = await this.#chunks.next();
      if (next.done) break;
      parts.push(next.value);
      length += next.value.length;
    }
    if (parts.length > 1) this.#kept = Buffer.concat(parts, length);
    return this.#kept.subarray(0, count);
  }

  /** The next `count` bytes. Fewer at the end of the stream. */
  async take(count: number): Promise<Buffer> {
    const bytes = await this.peek(count);
    this.#kept = this.#kept.subarray(bytes.length);
    return bytes;
  }

  /** All remaining bytes, in chunks as they arrive. */
  async *rest(): AsyncGenerator<Uint8Array, void, undefined> {
    const kept = await this.take(this.#kept.length);
    if (kept.length > 0) yield kept;
    for (let next = await this.#chunks.next(); !next.done; next = await this.#chunks.next()) {
      yield next.value;
    }
  }

  /** Closes the stream, which may not have been read to its end. */
  async close(): Promise<void> {
    await this.#chunks.return?.();
  }
}
