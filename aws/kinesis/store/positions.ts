import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { hasCode } from "../../fileErrors";
import type { DamagedFiles } from "./damage";
import { parseSequenceNumber, shardId } from "./sequenceNumber";
import type { Shard } from "./shard";
import { directoryName } from "./storeFormat";
import type { Stream, StreamName } from "./stream";

/** A delivery stream and what it reads. */
export interface StreamReaderId {
  readonly region: string;
  /** Name of the stream. */
  readonly stream: string;
  /** Name of the delivery stream. */
  readonly deliveryStream: string;
}

/**
 * Where a delivery stream keeps how far it has come in its stream, in JSON:
 * `{ "<shard id>": "<sequence number>" }`, for each shard the last record that is delivered together
 * with all before it. A shard that is not in it has not been delivered from.
 *
 * @param directory of the store
 */
export function positionsFile(
  directory: string,
  { region, stream, deliveryStream }: StreamReaderId,
): string {
  return join(readersDirectory(directory, { region, name: stream }), `${deliveryStream}.json`);
}

/** The delivery streams that have a position in a stream. */
export async function readersOf(directory: string, id: StreamName): Promise<readonly string[]> {
  const names = await readdir(readersDirectory(directory, id)).catch((error: unknown) => {
    if (hasCode(error, "ENOENT")) return [];
    throw error;
  });
  return names.filter((name) => name.endsWith(".json")).map((name) => name.slice(0, -5));
}

function readersDirectory(directory: string, { region, name }: StreamName): string {
  return join(directory, "positions", region, directoryName(name));
}

export interface PositionsContext {
  readonly damagedFiles: DamagedFiles;
  readonly onProblem: (line: string) => void;
}

/**
 * Reads how far a delivery stream has come. A position that its stream cannot have given out, or a
 * damaged file, counts as nothing delivered: it is reported, kept aside and replaced.
 *
 * @returns counters of the last delivered records, by shard id
 */
export async function readPositions(
  file: string,
  stream: Stream,
  { damagedFiles, onProblem }: PositionsContext,
): Promise<ReadonlyMap<string, number>> {
  const read = await positionsIn(file);
  if (read === undefined) return new Map();
  const positions = new Map<string, number>();
  const valid: Record<string, unknown> = {};
  let problems = read === "damaged" ? 1 : 0;
  for (const [id, sequence] of Object.entries(read === "damaged" ? {} : read)) {
    const shard = stream.shards.find(({ number }) => shardId(number) === id);
    // An expired shard is not listed any more: its position means nothing.
    if (!shard) continue;
    const counter = counterOf(sequence, shard);
    if (counter === undefined) problems += 1;
    else {
      positions.set(id, counter);
      valid[id] = sequence;
    }
  }
  if (problems > 0) {
    const kept = await damagedFiles.move(file);
    await writePositions(file, valid);
    onProblem(
      `${file} is damaged: its stream has no such position. What it covers counts as not ` +
        `delivered and is delivered again. It is kept in ${kept}.`,
    );
  }
  return positions;
}

/** Makes an empty file unless the file exists: nothing is delivered. */
export async function createPositions(file: string): Promise<void> {
  await writePositions(file, {}, "wx").catch((error: unknown) => {
    if (!hasCode(error, "EEXIST")) throw error;
  });
}

async function writePositions(file: string, positions: object, flag = "w"): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, JSON.stringify(positions), { flag });
}

/** @returns undefined if there is no file */
async function positionsIn(file: string): Promise<object | "damaged" | undefined> {
  try {
    const positions: unknown = JSON.parse(await readFile(file, "utf8"));
    const isObject = typeof positions === "object" && positions !== null;
    return isObject && !Array.isArray(positions) ? positions : "damaged";
  } catch (error) {
    return hasCode(error, "ENOENT") ? undefined : "damaged";
  }
}

function counterOf(sequence: unknown, { number, created, log }: Shard): number | undefined {
  if (typeof sequence !== "string") return undefined;
  const position = parseSequenceNumber(sequence);
  const isOwn = position?.shard === number && position.created === created;
  return isOwn && position.counter < log.next ? position.counter : undefined;
}
