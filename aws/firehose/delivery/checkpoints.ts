import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import * as z from "zod";
import { hasCode } from "../../fileErrors";
import type { DeliveryCalls } from "./deliveryCalls";

/** For each shard, the sequence number of the last record up to which all are in the bucket. */
export type Positions = ReadonlyMap<string, string>;

/**
 * Stores how far a delivery stream has come in its source. Positions are written after an object is in
 * the bucket and never before, so that a delivery stream that is killed at any moment continues
 * without a gap: it reads again what it had read and not delivered.
 */
export interface Checkpoints {
  /** Empty for a delivery stream that has never delivered. */
  load(): Promise<Positions>;
  /** Replaces what was saved before; all or nothing, even if the process ends in between. */
  save(positions: Positions): Promise<void>;
}

/** For a delivery stream that is never started again. */
export const noCheckpoints: Checkpoints = {
  load: () => Promise.resolve(new Map()),
  save: () => Promise.resolve(),
};

/**
 * Stores the positions of a delivery stream in a file, `{ "<shard id>": "<sequence number>" }`. A new
 * file replaces the old one, so that a process that ends in between leaves the old one intact.
 */
export function checkpointFile(file: string): Checkpoints {
  return {
    async load() {
      try {
        return positionsIn(await readFile(file, "utf8"), file);
      } catch (error) {
        if (hasCode(error, "ENOENT")) return new Map();
        throw error;
      }
    },
    async save(positions) {
      await mkdir(dirname(file), { recursive: true });
      const next = `${file}.next`;
      await writeFile(next, JSON.stringify(Object.fromEntries(positions)));
      await rename(next, file);
    },
  };
}

const positionsSchema = z.record(z.string(), z.string().regex(/^\d+$/u));

/** @throws SyntaxError if the content is not what `save` writes, e.g. after an edit */
function positionsIn(content: string, file: string): Positions {
  try {
    return new Map(Object.entries(positionsSchema.parse(JSON.parse(content))));
  } catch (cause) {
    throw new SyntaxError(
      `${file} is damaged: it must contain {"<shard id>": "<sequence number>"} in JSON. ` +
        "Delete it to deliver from the oldest record.",
      { cause },
    );
  }
}

/** Saves the positions of a delivery stream, one save at a time, each with the latest positions. */
export class CheckpointWriter {
  readonly #checkpoints: Checkpoints;
  readonly #calls: DeliveryCalls;
  readonly #positions: () => Positions;
  #saved: Positions;
  #saving: Promise<void> = Promise.resolve();
  #next: Promise<void> | undefined;

  /**
   * @param positions as they are at the moment
   * @param saved as they were saved before
   */
  constructor(
    checkpoints: Checkpoints,
    calls: DeliveryCalls,
    positions: () => Positions,
    saved: Positions,
  ) {
    this.#checkpoints = checkpoints;
    this.#calls = calls;
    this.#positions = positions;
    this.#saved = saved;
  }

  /** Resolves when the positions of now, or later ones, are saved, or on giving up. */
  save(): Promise<void> {
    this.#next ??= this.#saving.then(() => {
      this.#next = undefined;
      this.#saving = this.#saveLatest();
      return this.#saving;
    });
    return this.#next;
  }

  async #saveLatest(): Promise<void> {
    if (areEqual(this.#positions(), this.#saved)) return;
    const saved = await this.#calls.repeat("Checkpoint", async () => {
      const positions = this.#positions();
      await this.#checkpoints.save(positions);
      return positions;
    });
    if (saved !== undefined) this.#saved = saved;
  }
}

function areEqual(one: Positions, other: Positions): boolean {
  if (one.size !== other.size) return false;
  for (const [shard, position] of one) if (other.get(shard) !== position) return false;
  return true;
}
