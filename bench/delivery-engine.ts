/**
 * What the delivery engine costs beyond compression: records -> GZIP objects, against zlib alone on
 * the same bytes. Target: at least 80 % of zlib's throughput.
 *
 *   node -r ts-node/register/transpile-only bench/delivery-engine.ts
 */
import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { systemClock } from "../local/aws/clock";
import { ObjectDelivery } from "../local/aws/firehose/objectDelivery";
import type { SourceRecord } from "../local/aws/firehose/streamSource";

const recordCount = 200_000;
const recordBytes = 1024;
const bufferBytes = 64 * 1024 * 1024;
/** GetRecords gives at most 10 MiB at once. */
const pageRecords = 10_000;
const rounds = 5;

/** JSON events of one size, with ids that hardly compress and words that do. */
function makeRecords(): readonly SourceRecord[] {
  return Array.from({ length: recordCount }, (_, number) => {
    const id = createHash("sha512").update(String(number)).digest();
    const items = Array.from(id.subarray(0, 10), (byte, index) => ({
      sku: id.readUInt32BE(index + 10),
      name: words[byte % words.length],
      price: byte + index / 100,
    }));
    const event = { eventId: id.toString("hex", 0, 16), type: "order", items, note: "" };
    const missing = recordBytes - Buffer.byteLength(JSON.stringify(event));
    event.note = id.toString("base64").repeat(10).slice(0, missing);
    const data = Buffer.from(JSON.stringify(event));
    return { data, arrival: Date.UTC(2026, 2, 1), sequenceNumber: String(number) };
  });
}

const words = [
  "bread",
  "butter",
  "cheese",
  "coffee",
  "fruit",
  "milk",
  "oil",
  "rice",
  "salt",
  "tea",
];

/** Milliseconds that the engine needs. */
async function engine(records: readonly SourceRecord[]): Promise<number> {
  const started = performance.now();
  const delivery = new ObjectDelivery({
    configuration: {
      name: "bench",
      source: { name: "bench", region: "us-east-1" },
      bucket: "bench",
      prefix: "raw/!{timestamp:yyyy/MM/dd}/",
      errorPrefix: "errors/!{firehose:error-output-type}/",
      bufferBytes,
      bufferSeconds: 900,
      compression: "GZIP",
      fileExtension: ".gz",
      timeZone: "UTC",
      newlineDelimiter: true,
    },
    destination: { put: () => Promise.resolve() },
    clock: systemClock,
    onEvent: () => undefined,
  });
  const { signal } = new AbortController();
  for (let start = 0; start < records.length; start += pageRecords) {
    await delivery.accept(records.slice(start, start + pageRecords), signal);
  }
  await delivery.stop();
  return performance.now() - started;
}

/** Milliseconds that zlib needs for bodies that are there already. */
function plainZlib(bodies: readonly Buffer[]): number {
  const started = performance.now();
  for (const body of bodies) gzipSync(body);
  return performance.now() - started;
}

function bodiesOf(records: readonly SourceRecord[]): readonly Buffer[] {
  const perObject = bufferBytes / recordBytes;
  return Array.from({ length: Math.ceil(records.length / perObject) }, (_, index) => {
    const part = records.slice(index * perObject, (index + 1) * perObject);
    return Buffer.from(part.map(({ data }) => Buffer.from(data).toString()).join("\n"));
  });
}

function median(times: readonly number[]): number {
  return [...times].sort((one, other) => one - other)[Math.floor(times.length / 2)] ?? NaN;
}

async function main(): Promise<void> {
  const records = makeRecords();
  const bodies = bodiesOf(records);
  const times = { engine: [] as number[], zlib: [] as number[] };
  for (let round = 0; round < rounds; round += 1) {
    times.zlib.push(plainZlib(bodies));
    times.engine.push(await engine(records));
  }
  const [zlib, ours] = [median(times.zlib), median(times.engine)];
  const rate = (milliseconds: number) =>
    `${milliseconds.toFixed(0)} ms, ${((recordCount * recordBytes) / 1e3 / milliseconds).toFixed(0)} MB/s`;
  console.log(`${recordCount} records of ${recordBytes} bytes, median of ${rounds} rounds`);
  console.log(`  zlib alone:      ${rate(zlib)}`);
  console.log(`  delivery engine: ${rate(ours)}`);
  console.log(
    `  engine / zlib:   ${((zlib / ours) * 100).toFixed(0)} % of its throughput (target: 80 %)`,
  );
}

void main();
