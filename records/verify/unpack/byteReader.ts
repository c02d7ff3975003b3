/** Takes bytes off a stream of chunks in lengths of its own. */
export class ByteReader {
  readonly #chunks: AsyncIterator<Uint8Array>;
  #held: Buffer = Buffer.alloc(0);

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  /** The next so many bytes, which are not taken; fewer at the end of the stream. */
  async peek(count: number): Promise<Buffer> {
    const parts: Uint8Array[] = [this.#held];
    let length = this.#held.length;
    while (length < count) {
      const next = await this.#chunks.next();
      if (next.done) break;
      parts.push(next.value);
      length += next.value.length;
    }
    if (parts.length > 1) this.#held = Buffer.concat(parts, length);
    return this.#held.subarray(0, count);
  }

  /** The next so many bytes; fewer at the end of the stream. */
  async take(count: number): Promise<Buffer> {
    const bytes = await this.peek(count);
    this.#held = this.#held.subarray(bytes.length);
    return bytes;
  }

  /** All that is left, as it comes. */
  async *rest(): AsyncGenerator<Uint8Array, void, undefined> {
    const held = await this.take(this.#held.length);
    if (held.length > 0) yield held;
    for (let next = await this.#chunks.next(); !next.done; next = await this.#chunks.next()) {
      yield next.value;
    }
  }

  /** No more is wanted: the stream can end before it was read to its end. */
  async close(): Promise<void> {
    await this.#chunks.return?.();
  }
}
