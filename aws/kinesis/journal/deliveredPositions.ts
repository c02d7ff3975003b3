import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { hasCode } from "../../fileErrors";
import { positionsFolder } from "../generations";
import type { JournalRecord } from "./journalRecord";

/** How far each of the delivery streams that read a stream has come: shard ids, sequence numbers. */
type Readers = readonly ReadonlyMap<string, bigint>[];

/** What the delivery streams of a generation had delivered. */
export class DeliveredPositions {
  readonly #folder: string;
  readonly #readers = new Map<string, Promise<Readers>>();

  /** @param folder of the generation */
  constructor(folder: string) {
    this.#folder = join(folder, positionsFolder);
  }

  /** Whether all delivery streams that read its stream have delivered it; never if none reads it. */
  async has({ region, stream, shardId, sequenceNumber }: JournalRecord): Promise<boolean> {
    const folder = join(this.#folder, region, stream);
    const loading = this.#readers.get(folder) ?? readersIn(folder);
    this.#readers.set(folder, loading);
    const readers = await loading;
    const number = BigInt(sequenceNumber);
    return (
      readers.length > 0 &&
      readers.every((positions) => {
        const position = positions.get(shardId);
        return position !== undefined && number <= position;
      })
    );
  }
}

async function readersIn(folder: string): Promise<Readers> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (hasCode(error, "ENOENT")) return [];
    throw error;
  });
  const files = names.filter((name) => name.endsWith(".json"));
  return Promise.all(files.map((name) => positionsIn(join(folder, name))));
}

async function positionsIn(file: string): Promise<ReadonlyMap<string, bigint>> {
  const text = await readFile(file, "utf8");
  try {
    const positions = Object.entries(JSON.parse(text) as Record<string, string>);
    return new Map(positions.map(([shardId, number]) => [shardId, BigInt(number)]));
  } catch {
    // Spoiled by a power cut: nothing is known to be delivered.
    return new Map();
  }
}
