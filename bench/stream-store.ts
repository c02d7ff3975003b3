/**
 * The stream store next to plain appends and gzip of the same bytes: 10,000 and 100,000 records of 1 KiB are
 * put in batches of 500, then read in pages of 10,000; all in this process, without HTTP.
 *
 *     node -r ts-node/register/transpile-only bench/stream-store.ts
 */
import assert from "node:assert/strict";
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { StreamStore } from "../aws/kinesis/store/streamStore";

const COUNTS = [10_000, 100_000] as const;
const BATCH = 500;
const ROUNDS = 3;

/** JSON as producers send it, 1 KiB each, no two alike. */
function records(from: number): { partitionKey: string; data: Buffer }[] {
  return Array.from({ length: BATCH }, (_, index) => {
    const id = from + index;
    const event = {
      id,
      user: `user-${(id * 7919) % 10_007}`,
      at: id * 1000,
      price: (id * 37) % 9973,
    };
    const text = JSON.stringify(event).repeat(20).slice(0, 1023);
    return { partitionKey: `user-${id % 1000}`, data: Buffer.from(`${text}\n`) };
  });
}

async function secondsOf(work: () => unknown): Promise<number> {
  const start = process.hrtime.bigint();
  await work();
  return Number(process.hrtime.bigint() - start) / 1e9;
}

interface Figures {
  readonly put: number;
  readonly get: number;
  readonly open: number;
  readonly append: number;
  readonly gzip: number;
}

async function measure(count: number): Promise<Figures> {
  const directory = mkdtempSync(path.join(tmpdir(), "streamlake-bench-"));
  const batches = Array.from({ length: count / BATCH }, (_, index) => records(index * BATCH));
  const id = { region: "eu-central-1", name: "bench" };
  try {
    const store = await StreamStore.open(path.join(directory, "store"));
    const stream = await store.create(id, { shardCount: 2 });
    assert.ok(stream);
    const put = await secondsOf(async () => {
      for (const batch of batches) await stream.put(batch);
    });
    let found = 0;
    const get = await secondsOf(async () => {
      const page = { limit: 10_000, maxBytes: 10 * 1024 * 1024, since: 0 };
      for (const { log } of stream.shards)
        for (let from = 1; from < log.next;) {
          const { records: read, next } = await log.read({ ...page, from });
          found += read.length;
          from = next;
        }
    });
    assert.equal(found, count);
    await store.close();
    const open = await secondsOf(async () => {
      const again = await StreamStore.open(path.join(directory, "store"));
      await again.close();
    });
    const append = await secondsOf(() => {
      const file = openSync(path.join(directory, "plain"), "a");
      for (const batch of batches) writeSync(file, Buffer.concat(batch.map(({ data }) => data)));
      closeSync(file);
    });
    const gzip = await secondsOf(() => {
      for (const batch of batches) gzipSync(Buffer.concat(batch.map(({ data }) => data)));
    });
    return { put, get, open, append, gzip };
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function median(values: readonly number[]): number {
  return [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? NaN;
}

async function main(): Promise<void> {
  const medians: Figures[] = [];
  for (const count of COUNTS) {
    const rounds: Figures[] = [];
    for (let round = 0; round < ROUNDS; round += 1) rounds.push(await measure(count));
    const of = (name: keyof Figures): number => median(rounds.map((figures) => figures[name]));
    const figures = {
      put: of("put"),
      get: of("get"),
      open: of("open"),
      append: of("append"),
      gzip: of("gzip"),
    };
    medians.push(figures);
    console.log(`${count} records of 1 KiB (median of ${ROUNDS} rounds)`);
    for (const name of ["put", "get", "open"] as const)
      console.log(
        `  ${name}: ${figures[name].toFixed(3)} s, ${(figures[name] / figures.append).toFixed(1)} times plain appends, ` +
          `${(figures[name] / figures.gzip).toFixed(2)} times gzip`,
      );
  }
  const [small, large] = medians;
  if (small && large)
    for (const name of ["put", "get", "open"] as const)
      console.log(
        `growth of ${name} with ten times the records: ${(large[name] / small[name]).toFixed(1)}`,
      );
  console.log(`resident memory: ${Math.round(process.memoryUsage().rss / 1024 / 1024)} MiB`);
}

void main();
