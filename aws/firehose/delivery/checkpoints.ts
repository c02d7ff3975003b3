import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import * as z from "zod";
import { hasCode } from "../../fileErrors";

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
