import { mkdir, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { hasCode } from "../fileErrors";
import type { JournalRecord, StreamId } from "./journal/journalFile";

/**
 * The directory of a journal:
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
 * The file in which a delivery stream stores how far it has come in its stream, in JSON:
 * `{ "<shard id>": "<sequence number>" }`, for each shard the last record up to which all records are
 * delivered. A shard that is not in the file has no delivered record.
 *
 * The file is first written as `{}` before the delivery stream starts to read. A record counts as
 * delivered only when every delivery stream with such a file has delivered it.
 */
export function positionsFile(
  directory: string,
  generation: string,
  { region, stream, deliveryStream }: StreamReaderId,
): string {
  const generationPath = generationFolder(directory, generation);
  return join(generationPath, positionsName, region, stream, `${deliveryStream}.json`);
}

const positionsName = "positions";
export const journalName = "journal.jsonl";

/** All generations, oldest first. */
export async function generationsIn(directory: string): Promise<readonly string[]> {
  const names = await readdir(directory);
  return names.filter((name) => /^\d{6,}$/u.test(name)).sort((a, b) => Number(a) - Number(b));
}

/**
 * Creates the directory of a new generation.
 *
 * @param older all existing generations, oldest first
 * @throws if another process creates the same one
 */
export async function newGeneration(directory: string, older: readonly string[]): Promise<string> {
  const generation = String(Number(older.at(-1) ?? 0) + 1).padStart(6, "0");
  try {
    await mkdir(generationFolder(directory, generation));
  } catch (error) {
    if (!hasCode(error, "EEXIST")) throw error;
    throw new Error(
      `${directory} is in use by another process. Only one process can use it at a time.`,
    );
  }
  return generation;
}

/** How far each of the delivery streams that read a stream has come: shard ids, sequence numbers. */
type Readers = readonly ReadonlyMap<string, bigint>[];

/** What the delivery streams of a generation have delivered. */
export class DeliveredPositions {
  readonly #directory: string;
  readonly #readers = new Map<string, Promise<Readers>>();

  /** @param generationPath directory of the generation */
  constructor(generationPath: string) {
    this.#directory = join(generationPath, positionsName);
  }

  /** Whether all delivery streams of its stream have delivered the record; false without any. */
  async has({ region, stream, shardId, sequenceNumber }: JournalRecord): Promise<boolean> {
    const directory = join(this.#directory, region, stream);
    const loading = this.#readers.get(directory) ?? readersIn(directory);
    this.#readers.set(directory, loading);
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

async function readersIn(directory: string): Promise<Readers> {
  const names = await readdir(directory).catch((error: unknown) => {
    if (hasCode(error, "ENOENT")) return [];
    throw error;
  });
  const files = names.filter((name) => name.endsWith(".json"));
  return Promise.all(files.map((name) => positionsIn(join(directory, name))));
}

async function positionsIn(file: string): Promise<ReadonlyMap<string, bigint>> {
  const content = await readFile(file, "utf8");
  try {
    const positions = Object.entries(JSON.parse(content) as Record<string, string>);
    return new Map(positions.map(([shardId, number]) => [shardId, BigInt(number)]));
  } catch {
    // Damaged by a power cut: nothing counts as delivered.
    return new Map();
  }
}
