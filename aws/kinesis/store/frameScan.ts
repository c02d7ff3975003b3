import type { FileHandle } from "node:fs/promises";
import { type Frame, frameCounter, frameHeaderBytes, frameMarker, readFrame } from "./frame";

/** A frame and where it is. */
export interface FoundFrame extends Frame {
  /** In the file. */
  readonly position: number;
  readonly bytes: Buffer;
  /** In the bytes. */
  readonly offset: number;
}

/** Bytes that are not frames. */
export interface DamagedBytes {
  readonly position: number;
  readonly length: number;
  /** Counters of the whole frames before and after; Infinity at the end of the file. */
  readonly before: number;
  readonly after: number;
  /** The counter of a frame that the end of the file cuts off; absent for anything else. */
  readonly unfinished?: number;
}

export interface ScanRange {
  readonly from: number;
  readonly to: number;
  readonly seed: number;
  /** Counter of the last frame before `from`. */
  readonly after: number;
}

/**
 * Reads a range of a segment file in chunks, and returns what is in each. Bytes that are not frames
 * are passed over up to the next whole frame, so that damage costs only the records that it hits.
 */
export async function* scanFrames(
  file: Pick<FileHandle, "read">,
  { from, to, seed, after }: ScanRange,
): AsyncGenerator<readonly (FoundFrame | DamagedBytes)[]> {
  const chunks = new ChunkReader(file, to);
  let position = from;
  let last = after;
  let needed = frameHeaderBytes;
  while (position < to) {
    const { bytes, offset } = await chunks.at(position, needed);
    const { frames, stopped } = framesIn(bytes, offset, seed, { position, last });
    needed = frameHeaderBytes;
    const newest = frames.at(-1);
    if (newest) {
      yield frames;
      last = newest.counter;
      position = newest.position + newest.length;
    }
    if (position >= to) return;
    if (typeof stopped === "number" && position + stopped <= to) {
      needed = stopped;
      continue;
    }
    const next = await nextFrame(chunks, position + 1, { to, seed, after: last });
    const isCutOff = typeof stopped === "number" && next.position === to;
    const start = newest ? newest.offset + newest.length : offset;
    yield [
      {
        position,
        length: next.position - position,
        before: last,
        after: next.counter,
        ...(isCutOff && { unfinished: cutOffCounter(bytes, start, last) }),
      },
    ];
    position = next.position;
  }
}

/** The frames that follow each other in a chunk, and what `readFrame` returned after the last one. */
function framesIn(
  bytes: Buffer,
  start: number,
  seed: number,
  { position, last }: { readonly position: number; readonly last: number },
): { readonly frames: readonly FoundFrame[]; readonly stopped: number | undefined } {
  const frames: FoundFrame[] = [];
  let offset = start;
  let before = last;
  while (offset < bytes.length) {
    const frame = readFrame(bytes, offset, seed);
    if (typeof frame === "number") return { frames, stopped: frame };
    if (frame === undefined || frame.counter <= before) return { frames, stopped: undefined };
    const { counter, arrival, length } = frame;
    frames.push({ counter, arrival, length, position: position + offset - start, bytes, offset });
    before = counter;
    offset += length;
  }
  return { frames, stopped: frameHeaderBytes };
}

function cutOffCounter(bytes: Buffer, offset: number, last: number): number {
  return bytes.length - offset < frameHeaderBytes ? last + 1 : frameCounter(bytes, offset);
}

/** @returns where the next whole frame is; the end of the range if there is no such frame */
async function nextFrame(
  chunks: ChunkReader,
  from: number,
  { to, seed, after }: Omit<ScanRange, "from">,
): Promise<{ readonly position: number; readonly counter: number }> {
  let position = from;
  while (position < to) {
    const { bytes, offset } = await chunks.at(position, frameHeaderBytes);
    const marker = bytes.indexOf(frameMarker, offset);
    if (marker < 0) {
      // The chunk may end inside a marker.
      position += Math.max(1, bytes.length - offset - frameMarker.length + 1);
      continue;
    }
    position += marker - offset;
    const found = readFrame(bytes, marker, seed);
    if (typeof found === "number" && position + found <= to) {
      await chunks.at(position, found);
      continue;
    }
    if (typeof found === "object" && found.counter > after)
      return { position, counter: found.counter };
    position += 1;
  }
  return { position: to, counter: Infinity };
}

const chunkBytes = 1024 * 1024;

/** Reads a file from front to back, each chunk into new memory, to which frames then refer. */
class ChunkReader {
  readonly #file: Pick<FileHandle, "read">;
  readonly #end: number;
  #bytes = Buffer.alloc(0);
  #start = 0;

  constructor(file: Pick<FileHandle, "read">, end: number) {
    this.#file = file;
    this.#end = end;
  }

  /** Bytes in which so many, or all up to the end, follow a position. */
  async at(
    position: number,
    length: number,
  ): Promise<{ readonly bytes: Buffer; readonly offset: number }> {
    const needed = Math.min(length, this.#end - position);
    const offset = position - this.#start;
    if (offset >= 0 && offset + needed <= this.#bytes.length) return { bytes: this.#bytes, offset };
    const wanted = Math.min(Math.max(length, chunkBytes), this.#end - position);
    const bytes = Buffer.allocUnsafeSlow(wanted);
    let filled = 0;
    while (filled < wanted) {
      const { bytesRead } = await this.#file.read(
        bytes,
        filled,
        wanted - filled,
        position + filled,
      );
      if (bytesRead === 0) throw new Error("The file became shorter while it was read.");
      filled += bytesRead;
    }
    this.#bytes = bytes;
    this.#start = position;
    return { bytes, offset: 0 };
  }
}
