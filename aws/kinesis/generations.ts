import { mkdir, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { hasCode } from "../fileErrors";
import type { JournalRecord, StreamId } from "./journal/journalFile";

/**
 * The folder of a journal:
 *
 * ```
 * <directory>/<generation>/                one for each start of the local Kinesis: 000001, 000002 ...
 *   journal.jsonl                          the records that its streams accepted, in order
 *   positions/<region>/<stream>/<delivery stream>.json
 *   resumed.json                           the streams whose records are in a newer generation
 *   pid                                    the process that writes it, while it runs
 * ```
 */
export function generationFolder(directory: string, generation: string): string {
  return join(directory, generation);
}

/** A delivery stream and what it reads. */
export interface StreamReaderId extends StreamId {
  /** Name of the delivery stream. */
  readonly deliveryStream: string;
}

/**
 * Where a delivery stream keeps how far it has come in its stream, in JSON:
 * `{ "<shard id>": "<sequence number>" }`, for each shard the last record that is delivered together
 * with all before it. A shard that is not in it has not been delivered from.
 *
 * It is written once, `{}`, before the delivery stream begins to read: a stream counts as delivered
 * as far as all that have such a file have come, and one without is not known to read it.
 */
export function positionsFile(
  directory: string,
  generation: string,
  { region, stream, deliveryStream }: StreamReaderId,
): string {
  const folder = generationFolder(directory, generation);
  return join(folder, positionsFolder, region, stream, `${deliveryStream}.json`);
}

const positionsFolder = "positions";
export const journalName = "journal.jsonl";

/** All that there are, oldest first. */
export async function generationsIn(directory: string): Promise<readonly string[]> {
  const names = await readdir(directory);
  return names.filter((name) => /^\d{6,}$/u.test(name)).sort((a, b) => Number(a) - Number(b));
}

/**
 * Makes the folder of a new generation.
 *
 * @param older all that there are, oldest first
 * @throws if another process makes the same one
 */
export async function newGeneration(directory: string, older: readonly string[]): Promise<string> {
  const generation = String(Number(older.at(-1) ?? 0) + 1).padStart(6, "0");
  try {
    await mkdir(generationFolder(directory, generation));
  } catch (error) {
    if (!hasCode(error, "EEXIST")) throw error;
    throw new Error(`Another process has just begun to use ${directory}. One at a time can.`);
  }
  return generation;
}

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
