/**
 * The cost of dynamic partitioning: 100,000 records of 1 KiB get the partition of two keys and a date from
 * jq, compared with reading their JSON.
 *
 *   node -r ts-node/register/transpile-only bench/metadata-extraction.ts
 */
import { partitionRecords } from "../aws/firehose/processing/partitionRecords";
import { processRecords, slicesOf } from "../aws/firehose/processing/processRecords";
import type { SourceRecord } from "../aws/firehose/source/streamSource";

const recordCount = 100_000;
const recordBytes = 1024;
/** GetRecords returns at most 10 MiB at once. */
const pageRecords = 10_000;
const rounds = 3;

const query = '{customer: .customer, device: .type.device, day: (.epoch | strftime("%Y/%m/%d"))}';
const prefix =
  "customer=!{partitionKeyFromQuery:customer}/device=!{partitionKeyFromQuery:device}/" +
  "!{partitionKeyFromQuery:day}/";

const pages = Array.from({ length: recordCount / pageRecords }, (_, page) =>
  Array.from({ length: pageRecords }, (__, index) => recordOf(page * pageRecords + index)),
);

function recordOf(number: number): SourceRecord {
  const [customer, epoch] = [`c-${number % 50}`, 1_565_382_027 + number];
  const type = { device: number % 3 === 0 ? "mobile" : "desktop" };
  const event = { customer, epoch, type, number, text: "" };
  const text = "x".repeat(recordBytes - JSON.stringify(event).length);
  const data = Buffer.from(JSON.stringify({ ...event, text }));
  return { data, arrival: Date.UTC(2026, 2, 1), sequenceNumber: String(number) };
}

/** Milliseconds that the partitions of all records take. */
async function partitions(): Promise<number> {
  const process = partitionRecords(
    (records, at) => processRecords(records, [{ type: "MetadataExtraction", query }], { at }),
    { prefix, timeZone: "UTC", partitions: true },
  );
  const started = performance.now();
  for (const page of pages)
    for await (const slice of slicesOf(process(page, 0, "shard")))
      if (!slice.every((one) => "partition" in one)) throw new Error("A record has no partition.");
  return performance.now() - started;
}

/** Milliseconds that `JSON.parse` takes. */
function parsing(): number {
  const started = performance.now();
  for (const { data } of pages.flat()) JSON.parse(Buffer.from(data).toString());
  return performance.now() - started;
}

function median(times: readonly number[]): number {
  return [...times].sort((one, other) => one - other)[Math.floor(times.length / 2)] ?? NaN;
}

async function main(): Promise<void> {
  const times = { partitions: [] as number[], parsing: [] as number[] };
  for (let round = 0; round < rounds; round += 1) {
    times.partitions.push(await partitions());
    times.parsing.push(parsing());
  }
  const [ours, json] = [median(times.partitions), median(times.parsing)];
  const rate = (milliseconds: number) =>
    `${milliseconds.toFixed(0)} ms, ${((recordCount / milliseconds) * 1000).toFixed(0)} records/s`;
  console.log(`${recordCount} records of ${recordBytes} bytes, median of ${rounds} rounds`);
  console.log(`  JSON.parse:  ${rate(json)}`);
  console.log(`  partitions:  ${rate(ours)}`);
  console.log(`  partitions / JSON.parse: ${(ours / json).toFixed(1)} times its time`);
}

void main();
