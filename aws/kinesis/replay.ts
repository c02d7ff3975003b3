import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { KinesisClient } from "@aws-sdk/client-kinesis";
import { hasCode } from "../fileErrors";
import { DeliveredPositions, generationFolder, journalName } from "./generations";
import type { Journal } from "./journal";
import { readJournal, type StreamId } from "./journal/journalFile";
import { StreamReplay } from "./journal/streamReplay";

/** Records of a stream. */
interface StreamRecords extends StreamId {
  readonly records: number;
}

interface KeptRecords extends StreamRecords {
  /** Where they stay. */
  readonly folder: string;
}

export interface ReplayReport {
  /** Now in a stream again, and in the new generation of the journal. */
  readonly replayed: readonly StreamRecords[];
  /** Not delivered and not in a stream: there is none of that name, or it takes no such records. */
  readonly kept: readonly KeptRecords[];
}

/**
 * Puts the records of older generations that were not delivered into the streams of their names, in
 * their order, and then deletes those generations. If it is interrupted, the next one begins anew:
 * records may come twice, none is lost. They arrive at the time of the replay.
 *
 * @param clientFor a client of the endpoint that writes the journal, for a region
 * @throws if a stream cannot take its records now; then no generation is deleted
 */
export async function replay(
  { directory, olderGenerations }: Pick<Journal, "directory" | "olderGenerations">,
  clientFor: (region: string) => KinesisClient,
): Promise<ReplayReport> {
  const replays: GenerationReplay[] = [];
  for (const generation of olderGenerations)
    replays.push(await replayGeneration(generationFolder(directory, generation), clientFor));
  for (const generation of replays) await retire(generation);

  const streams = replays.flatMap(({ folder, streams }) =>
    [...streams.values()].map((stream) => ({ folder, stream })),
  );
  return {
    replayed: summed(streams.map(({ stream }) => stream)),
    kept: streams.flatMap(({ folder, stream: { id, kept } }) =>
      kept === 0 ? [] : { ...id, records: kept, folder },
    ),
  };
}

interface GenerationReplay {
  readonly folder: string;
  /** By region and name. */
  readonly streams: ReadonlyMap<string, StreamReplay>;
}

async function replayGeneration(
  folder: string,
  clientFor: (region: string) => KinesisClient,
): Promise<GenerationReplay> {
  const delivered = new DeliveredPositions(folder);
  const resumed = await readResumed(folder);
  const streams = new Map<string, StreamReplay>();
  for await (const record of readJournal(join(folder, journalName))) {
    const { region, stream } = record;
    const name = `${region}/${stream}`;
    if (resumed.has(name) || (await delivered.has(record))) continue;
    const known = streams.get(name) ?? (await StreamReplay.begin({ region, stream }, clientFor));
    streams.set(name, known);
    await known.add(record);
  }
  for (const stream of streams.values()) await stream.finish();
  return { folder, streams };
}

async function retire({ folder, streams }: GenerationReplay): Promise<void> {
  const done = [...streams].filter(([, { kept }]) => kept === 0).map(([name]) => name);
  if (done.length < streams.size) {
    await writeResumed(folder, new Set([...(await readResumed(folder)), ...done]));
    return;
  }
  // First, since without the positions beside it every record would count as not delivered.
  await rm(join(folder, journalName), { force: true });
  await rm(folder, { recursive: true });
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
 * The streams, `<region>/<name>`, of a generation that stays for the sake of others, whose records
 * a newer generation has already.
 */
async function readResumed(folder: string): Promise<ReadonlySet<string>> {
  try {
    const streams = JSON.parse(await readFile(join(folder, resumedName), "utf8")) as string[];
    return new Set(streams);
  } catch (error) {
    if (hasCode(error, "ENOENT") || error instanceof SyntaxError) return new Set();
    throw error;
  }
}

/** Replaces what was written before; all or nothing, if the process ends in between. */
async function writeResumed(folder: string, streams: ReadonlySet<string>): Promise<void> {
  const next = join(folder, `${resumedName}.next`);
  await writeFile(next, JSON.stringify([...streams]));
  await rename(next, join(folder, resumedName));
}
