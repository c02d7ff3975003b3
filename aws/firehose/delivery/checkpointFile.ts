import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { hasCode } from "../../fileErrors";
import type { Checkpoints } from "./checkpoints";

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
