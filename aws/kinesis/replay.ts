import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { KinesisClient } from "@aws-sdk/client-kinesis";
import { hasCode } from "../fileErrors";
import { DeliveredPositions, generationFolder, journalName } from "./generations";
import type { Journal } from "./journal";
import { readJournal, type StreamId } from "./journal/journalFile";
import { StreamReplay } from "./journal/streamReplay";

/** A number of records of a stream. */
interface StreamRecords extends StreamId {
  readonly records: number;
}

interface KeptRecords extends StreamRecords {
  /** Where they stay. */
  readonly directory: string;
}

export interface ReplayReport {
  /** Records that are in a stream again, and in the new generation of the journal. */
  readonly replayed: readonly StreamRecords[];
  /** Records that are not in a stream: there is no stream with that name, or it rejects them. */
  readonly kept: readonly KeptRecords[];
}

/**
 * Puts the undelivered records of older generations into the streams with their names, in order, and
 * then deletes those generations. If it is interrupted, the next replay starts again: records may be
 * duplicated, but none is lost. Their arrival is the time of the replay.
 *
 * @param clientFor a client of the endpoint that writes the journal, for a region
 * @throws if a stream cannot accept its records now; then no generation is deleted
 */
export async function replay(
  { directory, olderGenerations }: Pick<Journal, "directory" | "olderGenerations">,
  clientFor: (region: string) => KinesisClient,
): Promise<ReplayReport> {
  const replays: GenerationReplay[] = [];
  for (const generation of olderGenerations)
    replays.push(await replayGeneration(generationFolder(directory, generation), clientFor));
  for (const generation of replays) await retire(generation);

  const streams = replays.flatMap(({ directory: generation, streams }) =>
    [...streams.values()].map((stream) => ({ generation, stream })),
  );
  return {
    replayed: summed(streams.map(({ stream }) => stream)),
    kept: streams.flatMap(({ generation, stream: { id, kept } }) =>
      kept === 0 ? [] : { ...id, records: kept, directory: generation },
    ),
  };
}

interface GenerationReplay {
  readonly directory: string;
  /** By region and name. */
  readonly streams: ReadonlyMap<string, StreamReplay>;
}

async function replayGeneration(
  directory: string,
  clientFor: (region: string) => KinesisClient,
): Promise<GenerationReplay> {
  const delivered = new DeliveredPositions(directory);
  const resumed = await readResumed(directory);
  const streams = new Map<string, StreamReplay>();
  for await (const record of readJournal(join(directory, journalName))) {
    const { region, stream } = record;
    const name = `${region}/${stream}`;
    if (resumed.has(name) || (await delivered.has(record))) continue;
    const known = streams.get(name) ?? (await StreamReplay.begin({ region, stream }, clientFor));
    streams.set(name, known);
    await known.add(record);
  }
  for (const stream of streams.values()) await stream.finish();
  return { directory, streams };
}

async function retire({ directory, streams }: GenerationReplay): Promise<void> {
  const done = [...streams].filter(([, { kept }]) => kept === 0).map(([name]) => name);
  if (done.length < streams.size) {
    await writeResumed(directory, new Set([...(await readResumed(directory)), ...done]));
    return;
  }
  // The journal first, since without the positions every record would count as not delivered.
  await rm(join(directory, journalName), { force: true });
  await rm(directory, { recursive: true });
}

function summed(streams: readonly StreamReplay[]): readonly StreamRecords[] {
  const sums = new Map<string, StreamRecords>();
  for (const { id, replayed } of streams) {
    if (replayed === 0) continue;
    const name = `${id.region}/${id.stream}`;
    sums.set(name, { ...id, records: replayed + (sums.get(name)?.records ?? 0) });
  }
  return [...sums.values()];
}

const resumedName = "resumed.json";

/**
 * The streams, `<region>/<name>`, whose records are already in a newer generation, of a generation that
 * is kept for other streams.
 */
async function readResumed(directory: string): Promise<ReadonlySet<string>> {
  try {
    const streams = JSON.parse(await readFile(join(directory, resumedName), "utf8")) as string[];
    return new Set(streams);
  } catch (error) {
    if (hasCode(error, "ENOENT") || error instanceof SyntaxError) return new Set();
    throw error;
  }
}

/** Replaces what was written before; all or nothing, even if the process ends in between. */
async function writeResumed(directory: string, streams: ReadonlySet<string>): Promise<void> {
  const next = join(directory, `${resumedName}.next`);
  await writeFile(next, JSON.stringify([...streams]));
  await rename(next, join(directory, resumedName));
}
