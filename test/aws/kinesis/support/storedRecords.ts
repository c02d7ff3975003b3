import { cpSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { shardId } from "../../../../aws/kinesis/store/sequenceNumber";
import type { Stream } from "../../../../aws/kinesis/store/stream";
import { StreamStore, type StoreOptions } from "../../../../aws/kinesis/store/streamStore";
import type { Clock } from "../../../../aws/clock";

export const region = "eu-central-1";
export const events = { region, name: "events" } as const;

/** A clock that does not move until a test moves it. */
export class SettableClock implements Clock {
  time = Date.UTC(2026, 2, 1);

  now(): number {
    return this.time;
  }

  monotonic(): number {
    return this.time;
  }

  sleep(): Promise<void> {
    return Promise.resolve();
  }
}

/** What is in a stream, as text, by shard; children after their parents. */
export async function linesByShard(stream: Stream): Promise<Record<string, readonly string[]>> {
  const lines: Record<string, readonly string[]> = {};
  for (const { number, log } of stream.shards) {
    const page = { limit: Infinity, maxBytes: Infinity, since: stream.horizon };
    const { records } = await log.read({ ...page, from: 0 });
    lines[shardId(number)] = records.map(({ data }) => data.toString());
  }
  return lines;
}

export async function linesOf(stream: Stream): Promise<readonly string[]> {
  return Object.values(await linesByShard(stream)).flat();
}

/** Puts lines, each with itself as partition key. */
export async function putLines(stream: Stream, lines: readonly string[]): Promise<void> {
  const outcomes = await stream.put(
    lines.map((text) => ({ partitionKey: text, data: Buffer.from(text) })),
  );
  for (const outcome of outcomes) if ("error" in outcome) throw outcome.error;
}

export async function createEvents(
  directory: string,
  shardCount = 1,
  options: StoreOptions = {},
): Promise<{ readonly store: StreamStore; readonly stream: Stream }> {
  const store = await StreamStore.open(directory, options);
  const stream = await store.create(events, { shardCount });
  if (!stream) throw new Error("The stream exists.");
  return { store, stream };
}

/** Segment files of the first shard, oldest first. */
export function segmentsIn(directory: string, shard = 0): string[] {
  const path = join(directory, "streams", region, events.name, shardId(shard));
  return readdirSync(path)
    .filter((name) => name.endsWith(".segment"))
    .sort()
    .map((name) => join(path, name));
}

export function copyOf(directory: string, name: string): string {
  const copy = `${directory}-${name}`;
  cpSync(directory, copy, { recursive: true });
  return copy;
}

/** Numbers from 0 as lines. */
export function numbers(count: number, from = 0): string[] {
  return Array.from({ length: count }, (_, index) => String(from + index));
}
