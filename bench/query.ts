/**
 * The cost of `query`: an aggregation over GZIP objects of 8 MiB of records each, compared with unzipping the
 * same objects with zlib. Also prints how much memory the query adds for the objects, and for four times as
 * many: it does not grow with them.
 *
 *   node -r ts-node/register/transpile-only bench/query.ts
 */
import { gunzipSync, gzipSync } from "node:zlib";
import { queryLake } from "../records/query/queryLake";
import { FakeLake, objectKey } from "../test/records/support/fakeLake";
import { event } from "./event";
import { median } from "./sideBySide";

const objects = 4;
const objectBytes = 8 * 1024 * 1024;
const recordBytes = 512;
const rounds = 3;

const day = "2026-11-22";
const lake = {
  ...{ bucket: "lake", prefix: "raw/!{timestamp:yyyy/MM/dd}/", timeZone: "UTC" },
  delimiter: "newline",
} as const;
const sql = "select items[1].name as name, count(*), sum(items[1].price) from lake group by name";

function makeObject(): Buffer {
  const records = Array.from({ length: objectBytes / recordBytes }, (_, number) =>
    event(number, recordBytes),
  );
  return gzipSync(records.join("\n"));
}

function lakeOf(object: Buffer, count: number): FakeLake {
  const keys = Array.from({ length: count }, (_, number) =>
    objectKey("raw/2026/11/22/", day, number),
  );
  return new FakeLake(Object.fromEntries(keys.map((key) => [key, object])));
}

async function query(client: FakeLake): Promise<void> {
  const { signal } = new AbortController();
  await queryLake(
    { client, lake, sql, range: {}, maxBytes: Infinity, signal },
    async ({ rows }) => {
      for await (const row of rows) if (row.length !== 3) throw new Error("not the result");
    },
  );
}

/** CPU time of all threads, in milliseconds, and the largest resident memory of this process so far, in MiB. */
async function measured(work: () => Promise<void> | void): Promise<{ cpu: number; peak: number }> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return { cpu: (user + system) / 1000, peak: process.resourceUsage().maxRSS / 1024 };
}

async function main(): Promise<void> {
  const object = makeObject();
  const few = lakeOf(object, objects);
  const unzipAll = () => {
    for (let number = 0; number < objects; number += 1) gunzipSync(object);
  };
  await query(few);
  const [ours, zlib]: [number[], number[]] = [[], []];
  let peak = 0;
  for (let round = 0; round < rounds; round += 1) {
    const queried = await measured(() => query(few));
    ours.push(queried.cpu);
    peak = queried.peak;
    zlib.push((await measured(unzipAll)).cpu);
  }
  const more = await measured(() => query(lakeOf(object, 4 * objects)));
  console.log(`${objects} objects of 8 MiB, CPU time, median of ${rounds} rounds`);
  console.log(`  zlib alone:    ${median(zlib).toFixed(0)} ms`);
  console.log(`  query:         ${median(ours).toFixed(0)} ms`);
  console.log(`  query / zlib:  ${(median(ours) / median(zlib)).toFixed(1)} times as much`);
  console.log(
    `  peak memory:   ${peak.toFixed(0)} MiB, with 4 times as many objects ${more.peak.toFixed(0)} MiB`,
  );
}

void main();
