import assert from "node:assert/strict";
import type { Positions } from "../../../aws/firehose/delivery/checkpoints";
import type { DeliveryEvent, Output } from "../../../aws/firehose/delivery/deliveryEvent";
import {
  type DeliveryStream,
  startDeliveryStream,
} from "../../../aws/firehose/delivery/deliveryStream";
import { type Packing, realPacking } from "../../../aws/firehose/delivery/outgoingObjects";
import type { Processor } from "../../../aws/firehose/features/processorFeature";
import {
  processRecords,
  type RecordProcessing,
  slicesOf,
} from "../../../aws/firehose/processing/processRecords";
import type { ProcessedRecord } from "../../../aws/firehose/processing/processedRecord";
import type { SourceRecord } from "../../../aws/firehose/source/streamSource";
import { SeededRandom } from "../../../local/simulation/seededRandom";
import { FakeClock } from "./fakeClock";
import { type FaultyFeature, processingOf, shapeOf, type Stored, storedOf } from "./faultyFeatures";
import { type AcceptedRecord, type DeliveryProcess, FaultyWorld } from "./faultyWorld";
import { configuration } from "./records";

/** What a delivery stream does in a faulty world. */
export interface Schedule {
  readonly seed: number;
  /** How many faults occur before everything works again. */
  readonly faults: number;
  /** How many partitions the records belong to; 0 for no features. */
  readonly partitions: number;
  /** Whether jq extracts the partition keys, from records that are split. Default: false. */
  readonly jq?: boolean;
  /** How many of them can be active. */
  readonly maximumPartitions?: number;
  /** Features of the engine in place of the partitions. */
  readonly features?: readonly FaultyFeature[];
  /** Whether source records are backed up. */
  readonly backup?: boolean;
}

export interface Outcome {
  readonly world: FaultyWorld;
  /** The lines of all objects below the prefix, object after object. */
  readonly delivered: readonly string[];
  /** The records below the error prefix: data as text, or in Base64 with features of the engine. */
  readonly failed: readonly string[];
  /** In Base64, the records in the backup. */
  readonly backedUp: readonly string[];
  /** Of each output, the maximum in its buffers and complete objects, in bytes. */
  readonly maximumHeld: Readonly<Record<Output, number>>;
  /** The maximum that was read and not yet in the bucket, in bytes. */
  readonly maximumInMemory: number;
  /** How many objects were complete and not in the bucket at once. */
  readonly maximumSealed: number;
}

export const bufferBytes = 400;

/**
 * Runs a delivery stream with the producers, faults and kills of a seed. Then nothing fails any more,
 * and it is stopped.
 */
export async function runWithFaults(schedule: Schedule): Promise<Outcome> {
  const { seed, faults, partitions, jq = false } = schedule;
  const { maximumPartitions = 500, features, backup } = schedule;
  const random = new SeededRandom(seed, 0);
  const clock = new FakeClock();
  const world = new FaultyWorld(clock, random, shapeOf(features ?? []));
  if (features || backup) world.onSave = checkSaves(schedule, world);
  let inMemory = 0;
  let maximumInMemory = 0;
  let maximumSealed = 0;
  const maximumHeld = { destination: 0, backup: 0 };
  const onEvent = (event: DeliveryEvent): void => {
    if (event.type === "records-read") inMemory += event.bytes;
    if (event.type === "object-delivered" && !event.backup) inMemory -= event.bytes;
    maximumInMemory = Math.max(maximumInMemory, inMemory);
    if (event.type !== "records-buffered") return;
    maximumSealed = Math.max(maximumSealed, event.sealed.objects);
    const output = event.backup ? "backup" : "destination";
    maximumHeld[output] = Math.max(maximumHeld[output], event.bytes + event.sealed.bytes);
  };
  const start = (): readonly [DeliveryProcess, DeliveryStream] => {
    inMemory = 0;
    const deliveryProcess = world.newProcess();
    const deliveryStream = startDeliveryStream({
      ...deliveryProcess,
      configuration: configuration({
        ...{ bufferBytes, bufferSeconds: 20 },
        ...(partitions > 0 && { prefix: partitionedPrefix, partitions: true }),
        ...(backup && { backup: backupConfiguration }),
      }),
      pack: packing,
      pollMilliseconds: 1000,
      onEvent,
      maximumPartitions,
      ...(partitions > 0 && { process: jq ? jqFeaturesOf(partitions) : featuresOf(partitions) }),
      ...(features && { process: processingOf(features) }),
    });
    return [deliveryProcess, deliveryStream];
  };
  let [deliveryProcess, deliveryStream] = start();
  while (world.faults.length < faults) {
    world.produce();
    if (random.fraction() < 0.05) world.reshard();
    if (random.fraction() < 0.05) world.setClock();
    await clock.advance(random.below(4000));
    if (random.fraction() < 0.05) {
      world.faults.push("restart");
      await settled(deliveryStream.stop(), clock).catch(() => undefined);
      [deliveryProcess, deliveryStream] = start();
    }
    if (random.fraction() < 0.1) {
      deliveryProcess.kill();
      [deliveryProcess, deliveryStream] = start();
    }
  }
  world.faultShare = 0;
  // A slow put takes up to 30 s, and a stop waits only for 10 s.
  await clock.advance(Math.max(0, world.slowUntil - clock.monotonic()));
  await settled(deliveryStream.stop(), clock);
  assert.equal(deliveryProcess.sleeping(), 0);
  const objects = [...world.objects].map(([key, body]) => ({ key, lines: body.split("\n") }));
  const isError = ({ key }: { readonly key: string }) => key.startsWith("errors/");
  return {
    world,
    delivered: objects.filter((one) => !isError(one)).flatMap(({ lines }) => lines),
    failed: objects
      .filter(isError)
      .flatMap(({ lines }) => lines.map((line) => rawData(line, features ? "base64" : "utf8"))),
    backedUp: [...world.backups.values()].flatMap((body) => body.split("\n")),
    maximumHeld,
    maximumInMemory,
    maximumSealed,
  };
}

const partitionedPrefix = "raw/!{timestamp:yyyy/MM/dd}/!{partitionKeyFromQuery:p}/";

/** Advances the clock until the promise is settled. */
async function settled(promise: Promise<void>, clock: FakeClock): Promise<void> {
  const ends: unknown[] = [];
  const settling = promise.finally(() => ends.push("settled"));
  settling.catch(() => undefined);
  await clock.advance(0);
  for (let left = 1000; ends.length === 0 && left > 0; left -= 1) await clock.advance(1000);
  assert.equal(ends.length, 1, "The delivery stream does not end.");
  await settling;
}

/**
 * Drops, splits and fails some records by their number, and gives the others a partition: pages that
 * begin with an even number at once, others in slices.
 */
function featuresOf(partitions: number): RecordProcessing {
  const all = (records: readonly SourceRecord[]): readonly ProcessedRecord[] =>
    records.flatMap((record) => processed(record, partitions));
  return (records) =>
    Number(records[0]?.sequenceNumber) % 2 === 0 ? all(records) : slicesOfThree(records, all);
}

async function* slicesOfThree(
  records: readonly SourceRecord[],
  all: (records: readonly SourceRecord[]) => readonly ProcessedRecord[],
): AsyncGenerator<readonly ProcessedRecord[]> {
  for (let from = 0; from < records.length; from += 3) {
    await Promise.resolve();
    yield all(records.slice(from, from + 3));
  }
}

function processed(record: SourceRecord, partitions: number): readonly ProcessedRecord[] {
  const number = Number(record.sequenceNumber);
  const keys = (index: number) => ({
    partitionKeys: { query: { p: `p${(number + index) % partitions}` } },
  });
  switch (fateOf(number)) {
    case "dropped":
      return [{ record, dropped: true }];
    case "failed":
      return [
        {
          record,
          failure: {
            errorOutputType: "decompression-failed",
            errorCode: "Failed.",
            errorMessage: "Failed.",
            attemptsMade: 1,
            attemptEndingTimestamp: 0,
          },
        },
      ];
    case "split":
      return partsOf(Buffer.from(record.data).toString()).map((part, index, parts) => {
        const data = Buffer.from(part);
        const isLast = index === parts.length - 1;
        const source = { ...record, data, ...(!isLast && { endsRecord: false }) };
        return { record: source, data, ...keys(index) };
      });
    case "delivered":
      return [{ record, data: record.data, ...keys(0) }];
  }
}

/**
 * The same with real processors, apart from dropping: de-aggregation and a query, which read records
 * that are put into JSON first. The data that is delivered and stored is that of before.
 */
function jqFeaturesOf(partitions: number): RecordProcessing {
  const query =
    '. as {$text} | ($text | split("-")[1] | tonumber) as $number | ' +
    '($text | split("#")[1] // "0" | tonumber) as $part | ' +
    `{p: (if $number % 13 == 0 then null else "p\\(($number + $part) % ${partitions})" end)}`;
  const processors: readonly Processor[] = [
    { type: "RecordDeAggregation", subRecords: "JSON" },
    { type: "MetadataExtraction", query },
  ];
  return async function* (records, at) {
    const kept = records.filter(
      ({ sequenceNumber }) => fateOf(Number(sequenceNumber)) !== "dropped",
    );
    const inJson = kept.map((record) => ({ ...record, data: asJson(record) }));
    const dropped = records.filter((record) => !kept.includes(record));
    const all: ProcessedRecord[] = dropped.map((record) => ({ record, dropped: true }));
    const processed = processRecords(inJson, processors, { at });
    for await (const slice of slicesOf(processed)) all.push(...slice.map(asText));
    const number = ({ record }: ProcessedRecord) => Number(record.sequenceNumber);
    yield all.sort((one, other) => number(one) - number(other));
  };
}

function asJson({ data, sequenceNumber }: SourceRecord): Uint8Array {
  const text = Buffer.from(data).toString();
  const parts = fateOf(Number(sequenceNumber)) === "split" ? partsOf(text) : [text];
  return Buffer.from(parts.map((part) => JSON.stringify({ text: part })).join("\n"));
}

function asText(processed: ProcessedRecord): ProcessedRecord {
  const { text } = JSON.parse(Buffer.from(processed.record.data).toString()) as { text: string };
  const data = Buffer.from(text);
  const record = { ...processed.record, data };
  return "data" in processed ? { ...processed, record, data } : { ...processed, record };
}

function fateOf(number: number): "dropped" | "failed" | "split" | "delivered" {
  if (number % 11 === 0) return "dropped";
  if (number % 13 === 0) return "failed";
  return number % 5 === 0 ? "split" : "delivered";
}

function partsOf(text: string): readonly string[] {
  return [`${text}#0`, `${text}#1`, `${text}#2`];
}

/** What must be in the bucket of a record, if it has its partition. */
export function expectedOf(record: AcceptedRecord, schedule: Schedule): Stored {
  const { number, text } = record;
  const { partitions, features } = schedule;
  if (features) return storedOf(features, record);
  const backedUp = [Buffer.from(text).toString("base64")];
  if (partitions === 0) return { delivered: [text], failed: [], backedUp };
  switch (fateOf(number)) {
    case "dropped":
      return { delivered: [], failed: [], backedUp };
    case "failed":
      return { delivered: [], failed: [text], backedUp };
    case "split":
      return { delivered: partsOf(text), failed: [], backedUp };
    case "delivered":
      return { delivered: [text], failed: [], backedUp };
  }
}

/** The record in a line of an error object. */
function rawData(line: string, encoding: BufferEncoding): string {
  const envelope = JSON.parse(line) as { readonly rawData: string };
  return Buffer.from(envelope.rawData, "base64").toString(encoding);
}

const backupConfiguration = configuration({
  ...{ bucket: "my-backup", prefix: "source/", newlineDelimiter: false },
  ...{ bufferBytes: 500, bufferSeconds: 30, errorPrefix: "" },
});

/** A backup has no delimiters, so its records are packed in a way that distinguishes them. */
const packing: Packing = async (records, output) => {
  if (output !== backupConfiguration) return realPacking(records, output);
  const lines = records.map(({ data }) => Buffer.from(data).toString("base64"));
  const body = Buffer.from(lines.join("\n"));
  return { body, storedBytes: body.length };
};

/**
 * Checks that each record up to the positions that are saved is stored: in the objects of the
 * destination, in error objects, and in the backup. Whatever comes first, the positions come last.
 */
function checkSaves(schedule: Schedule, world: FaultyWorld): (positions: Positions) => void {
  const checked = new Map<string, number>();
  const seen = new Set<string>();
  const stored = { delivered: new Set<string>(), failed: "", backedUp: new Set<string>() };
  const store = ([key, body]: readonly [string, string], lines?: Set<string>): void => {
    if (seen.has(key)) return;
    seen.add(key);
    if (lines === undefined) stored.failed += body;
    else for (const line of body.split("\n")) lines.add(line);
  };
  return (positions) => {
    for (const object of world.objects)
      store(object, object[0].startsWith("errors/") ? undefined : stored.delivered);
    for (const object of world.backups) store(object, stored.backedUp);
    for (const [shard, position] of positions) {
      const before = checked.get(shard) ?? 0;
      const covered = world.accepted.filter(
        (one) => one.shard === shard && one.number > before && one.number <= Number(position),
      );
      for (const record of covered) {
        const { delivered, failed, backedUp } = expectedOf(record, schedule);
        for (const line of delivered)
          assert.ok(stored.delivered.has(line) || isIn(stored.failed, line), `${line} is lost`);
        for (const one of failed) assert.ok(isIn(stored.failed, one), `${one} is lost`);
        for (const one of schedule.backup ? backedUp : [])
          assert.ok(stored.backedUp.has(one), `${one} is not backed up`);
      }
      checked.set(shard, Math.max(before, Number(position)));
    }
  };
}

/** Whether error objects contain a record, as text or in Base64. */
function isIn(errorObjects: string, record: string): boolean {
  const base64 = Buffer.from(record).toString("base64");
  return errorObjects.includes(`"${base64}"`) || errorObjects.includes(`"${record}"`);
}
