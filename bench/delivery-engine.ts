/**
 * The cost of the delivery engine beyond compression: 1,000,000 records of 1 KiB become GZIP objects,
 * compared with zlib alone on the same bytes. Target: at least 80 % of zlib's throughput, with memory
 * bounded by the buffers.
 *
 *   node -r ts-node/register/transpile-only bench/delivery-engine.ts
 */
import { gzipSync } from "node:zlib";
import { systemClock } from "../aws/clock";
import { noCheckpoints } from "../aws/firehose/delivery/checkpoints";
import { DeliveryCalls } from "../aws/firehose/delivery/deliveryCalls";
import { ObjectDelivery } from "../aws/firehose/delivery/objectDelivery";
import type { SourceRecord } from "../aws/firehose/source/streamSource";
import { event } from "./event";

const recordCount = 1_000_000;
const recordBytes = 1024;
const bufferBytes = 64 * 1024 * 1024;
/** GetRecords returns at most 10 MiB at once. */
const pageRecords = 10_000;
const rounds = 3;

/**
 * The records of one object, which are repeated: GZIP does not detect repetition beyond its window of
 * 32 KiB.
 */
function makeRecords(): readonly SourceRecord[] {
  return Array.from({ length: bufferBytes / recordBytes }, (_, number) => {
    const data = Buffer.from(event(number, recordBytes));
    return { data, arrival: Date.UTC(2026, 2, 1), sequenceNumber: String(number) };
  });
}

/** Milliseconds that the engine takes. */
async function engine(records: readonly SourceRecord[]): Promise<number> {
  const started = performance.now();
  const delivery = new ObjectDelivery(
    {
      configuration: {
        name: "bench",
        arn: "arn:aws:firehose:us-east-1:123456789012:deliverystream/bench",
        source: {
          type: "kinesis",
          name: "bench",
          region: "us-east-1",
          arn: "arn:aws:kinesis:us-east-1:123456789012:stream/bench",
          roleArn: "arn:aws:iam::123456789012:role/source",
        },
        bucket: "bench",
        bucketArn: "arn:aws:s3:::bench",
        roleArn: "arn:aws:iam::123456789012:role/delivery",
        prefix: "raw/!{timestamp:yyyy/MM/dd}/",
        errorPrefix: "errors/!{firehose:error-output-type}/",
        bufferBytes,
        bufferSeconds: 900,
        compression: "GZIP",
        fileExtension: ".gz",
        timeZone: "UTC",
        newlineDelimiter: true,
        processors: [],
      },
      destination: { put: () => Promise.resolve() },
      checkpoints: noCheckpoints,
      clock: systemClock,
      onEvent: () => undefined,
    },
    new Map(),
    new DeliveryCalls({ clock: systemClock, bucket: "bench", onFailure: () => undefined }),
  );
  for (let start = 0; start < recordCount; start += pageRecords) {
    const page = Array.from({ length: Math.min(pageRecords, recordCount - start) }, (_, index) =>
      received(records[(start + index) % records.length]),
    );
    await delivery.accept("shardId-000000000000", page);
  }
  await delivery.stop();
  return performance.now() - started;
}

/** A copy of the record with separate bytes, as if it had come over the network. */
function received(record: SourceRecord | undefined): SourceRecord {
  if (!record) throw new Error("There are no records.");
  return { ...record, data: Buffer.from(record.data) };
}

/** Milliseconds that zlib takes for existing bodies. */
function plainZlib(body: Buffer): number {
  const started = performance.now();
  for (let left = recordCount * recordBytes; left > 0; left -= bufferBytes) {
    gzipSync(left < bufferBytes ? body.subarray(0, left) : body);
  }
  return performance.now() - started;
}

function median(times: readonly number[]): number {
  return [...times].sort((one, other) => one - other)[Math.floor(times.length / 2)] ?? NaN;
}

/** Peak memory of this process so far, in MiB. */
function peakMemory(): number {
  return process.resourceUsage().maxRSS / 1024;
}

async function main(): Promise<void> {
  const records = makeRecords();
  const before = peakMemory();
  const times = { engine: [] as number[], zlib: [] as number[] };
  for (let round = 0; round < rounds; round += 1) times.engine.push(await engine(records));
  const after = peakMemory();
  const body = Buffer.from(records.map(({ data }) => Buffer.from(data).toString()).join("\n"));
  for (let round = 0; round < rounds; round += 1) times.zlib.push(plainZlib(body));
  const [zlib, ours] = [median(times.zlib), median(times.engine)];
  const rate = (milliseconds: number) =>
    `${milliseconds.toFixed(0)} ms, ${((recordCount * recordBytes) / 1e3 / milliseconds).toFixed(0)} MB/s`;
  console.log(`${recordCount} records of ${recordBytes} bytes, median of ${rounds} rounds`);
  console.log(`  zlib alone:      ${rate(zlib)}`);
  console.log(`  delivery engine: ${rate(ours)}`);
  console.log(
    `  engine / zlib:   ${((zlib / ours) * 100).toFixed(0)} % of the throughput (target: 80 %)`,
  );
  const buffers = bufferBytes / 1024 / 1024;
  console.log(
    `  peak memory:     ${(after - before).toFixed(0)} MiB more than before ` +
      `(${((after - before) / buffers).toFixed(1)} buffers of ${buffers} MiB)`,
  );
}

void main();
