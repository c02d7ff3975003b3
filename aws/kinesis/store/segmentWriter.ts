import { statSync } from "node:fs";
import { type FileHandle, open, rm } from "node:fs/promises";
import { join } from "node:path";
import { type NewRecord, writeFrame } from "./frame";
import { Segment, segmentHeader, segmentName, seedOf, type ShardIdentity } from "./segment";
import { encodeState, openState, type ShardState, stateName } from "./shardState";

export interface WriterOptions {
  /** Waits until the disk has what is written. */
  readonly flush: boolean;
  /** Size after which a new segment begins. */
  readonly segmentBytes: number;
}

interface OpenSegment {
  readonly segment: Segment;
  readonly handle: FileHandle;
  /** By which a deleted or moved file is noticed. */
  readonly inode: number;
}

/** Retention removes whole segments: one that gets few records ends after an hour. */
const segmentMilliseconds = 60 * 60 * 1000;

/** Writes the newest segment of a shard, and the file with what the shard has accepted. */
export class SegmentWriter {
  readonly #directory: string;
  readonly #identity: ShardIdentity;
  readonly #seed: number;
  readonly #options: WriterOptions;
  #nextOrdinal: number;
  #current: OpenSegment | undefined;
  #state: FileHandle | undefined;

  constructor(
    directory: string,
    identity: ShardIdentity,
    nextOrdinal: number,
    options: WriterOptions,
  ) {
    this.#directory = directory;
    this.#identity = identity;
    this.#seed = seedOf(identity);
    this.#nextOrdinal = nextOrdinal;
    this.#options = options;
  }

  /** The segment to write to; a new one if the last one is full, old or closed. */
  async segment(next: number, now: number): Promise<Segment> {
    const current = this.#current;
    if (current) {
      const { segment, inode } = current;
      // A deleted file can still be written, and is gone when the process ends.
      if (statSync(segment.file, { throwIfNoEntry: false })?.ino !== inode) {
        await this.closeSegment();
        throw new Error(`${segment.file} was removed while it was in use`);
      }
      const isOld = now - segment.firstArrival > segmentMilliseconds;
      if (segment.bytes < this.#options.segmentBytes && !isOld) return segment;
      await this.closeSegment();
    }
    return this.#begin(next);
  }

  /** @returns the length of each frame */
  async write(
    records: readonly NewRecord[],
    bytes: number,
    counter: number,
    arrival: number,
  ): Promise<readonly number[]> {
    const current = this.#current;
    if (!current) throw new Error("No segment is open.");
    const frames = Buffer.allocUnsafe(bytes);
    let end = 0;
    const lengths = records.map((record, index) => {
      const start = end;
      const numbered = { ...record, counter: counter + index, arrival };
      end = writeFrame(frames, start, this.#seed, numbered);
      return end - start;
    });
    await writeAll(current.handle, frames, current.segment.bytes);
    if (this.#options.flush) await current.handle.datasync();
    return lengths;
  }

  /**
   * Takes back what a failed write may have left in the file.
   *
   * @returns false if it cannot: then whole frames may stay in it
   */
  async undo(): Promise<boolean> {
    const current = this.#current;
    if (!current) return true;
    try {
      await current.handle.truncate(current.segment.bytes);
      return true;
    } catch {
      return false;
    } finally {
      await this.closeSegment();
    }
  }

  async writeState(state: Pick<ShardState, "first" | "next">): Promise<void> {
    this.#state ??= await openState(join(this.#directory, stateName));
    const ordinal = this.#nextOrdinal - 1;
    await writeAll(this.#state, encodeState({ ...state, ordinal }), 0);
    if (this.#options.flush) await this.#state.datasync();
  }

  /** @param only closes it only if it is this one */
  async closeSegment(only?: Segment): Promise<void> {
    const current = this.#current;
    if (!current || (only && current.segment !== only)) return;
    this.#current = undefined;
    await current.handle.close();
  }

  async close(): Promise<void> {
    await this.closeSegment();
    const state = this.#state;
    this.#state = undefined;
    await state?.close();
  }

  async #begin(next: number): Promise<Segment> {
    const place = { ordinal: this.#nextOrdinal, first: next };
    const file = join(this.#directory, segmentName(place.ordinal, place.first));
    const handle = await open(file, "wx+");
    try {
      const header = segmentHeader(this.#identity);
      await writeAll(handle, header, 0);
      const segment = new Segment({ ...place, file }, this.#seed, header.length);
      const { ino: inode } = await handle.stat();
      this.#nextOrdinal += 1;
      this.#current = { segment, handle, inode };
      return segment;
    } catch (error) {
      await handle.close();
      await rm(file, { force: true });
      throw error;
    }
  }
}

async function writeAll(handle: FileHandle, bytes: Buffer, position: number): Promise<void> {
  let written = 0;
  while (written < bytes.length) {
    const left = bytes.length - written;
    const { bytesWritten } = await handle.write(bytes, written, left, position + written);
    written += bytesWritten;
  }
}
