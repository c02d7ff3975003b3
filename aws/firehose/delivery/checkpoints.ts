import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { hasCode } from "../../fileErrors";

/** The last record of each shard, by sequence number, that is in the bucket. */
export type Positions = ReadonlyMap<string, string>;

/**
 * Keeps how far a delivery stream has come in its source. It is written after an object is in the
 * bucket and never before, so that a delivery stream that dies at any moment goes on without a gap:
 * what it had read and not delivered is read again.
 */
export interface Checkpoints {
  /** Empty for a delivery stream that never delivered. */
  load(): Promise<Positions>;
  /** Replaces what was saved before; all or nothing, if the process ends in between. */
  save(positions: Positions): Promise<void>;
}

/** For a delivery stream that is never started again. */
export const noCheckpoints: Checkpoints = {
  load: () => Promise.resolve(new Map()),
  save: () => Promise.resolve(),
};

/**
 * Keeps the positions of a delivery stream in a file, `{ "<shard id>": "<sequence number>" }`. A new
 * file takes the place of the old one, so that a process that ends in between leaves the old one
 * whole.
 */
export function checkpointFile(file: string): Checkpoints {
  return {
    async load() {
      try {
        const positions = JSON.parse(await readFile(file, "utf8")) as Record<string, string>;
        return new Map(Object.entries(positions));
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
