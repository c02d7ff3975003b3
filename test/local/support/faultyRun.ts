import assert from "node:assert/strict";
import type { Positions } from "../../../aws/firehose/delivery/checkpoints";
import type { DeliveryEvent, Output } from "../../../aws/firehose/delivery/deliveryEvent";
import {
  type DeliveryStream,
  startDeliveryStream,
} from "../../../aws/firehose/delivery/deliveryStream";
import { type Packing, realPacking } from "../../../aws/firehose/delivery/outgoingObjects";
import { SeededRandom } from "../../../local/simulation/seededRandom";
import { FakeClock } from "./fakeClock";
import {
  declarationOf,
  type FaultyFeature,
  shapeOf,
  type Stored,
  storedOf,
} from "./faultyFeatures";
import { linesOf } from "./parquetLines";
import { fateOf, featuresOf, jqFeaturesOf, partsOf } from "./faultyPartitions";
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
  // Each fault is an error, and tracing where all of them come from takes a good part of the time.
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return await runToEnd(schedule);
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

async function runToEnd(schedule: Schedule): Promise<Outcome> {
  const { seed, faults, partitions, jq = false } = schedule;
  const { maximumPartitions = 500, features, backup } = schedule;
  const random = new SeededRandom(seed, 0);
  const clock = new FakeClock();
  const world = new FaultyWorld(clock, random, shapeOf(features));
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
        ...(features && declarationOf(features)),
        ...(backup && { backup: backupConfiguration }),
      }),
      pack: packing,
      pollMilliseconds: 1000,
      onEvent,
      maximumPartitions,
      ...(partitions > 0 && { process: jq ? jqFeaturesOf(partitions) : featuresOf(partitions) }),
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
    delivered: objects
      .filter((one) => !isError(one))
      .flatMap(({ lines }) => (features ? lines.map(textIn) : lines)),
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

/** The text of a delivered record in JSON. */
export function textIn(line: string): string {
  return line === "" ? "" : (JSON.parse(line) as { readonly text: string }).text;
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
const packing: Packing = async (records, output, at) => {
  if (output !== backupConfiguration) {
    const packed = await realPacking(records, output, at);
    // Objects of the faulty world are text.
    return output.conversion ? { ...packed, body: await linesOf(packed.body) } : packed;
  }
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
  const textOf = (body: string): string =>
    schedule.features ? body.split("\n").map(textIn).join("\n") : body;
  return (positions) => {
    for (const [key, body] of world.objects) {
      if (key.startsWith("errors/")) store([key, body]);
      else if (!seen.has(key)) store([key, textOf(body)], stored.delivered);
    }
    for (const object of world.backups) store(object, stored.backedUp);
    for (const [shard, position] of positions) {
      const before = checked.get(shard) ?? 0;
      const covered = world.accepted.filter(
        (one) => one.shard === shard && one.number > before && one.number <= Number(position),
      );
      for (const record of covered) {
        const { delivered, failed, backedUp, raw } = expectedOf(record, schedule);
        for (const line of delivered) {
          const isStored =
            stored.delivered.has(line) || isIn(stored.failed, raw?.get(line) ?? line);
          assert.ok(isStored, `${line} is lost`);
        }
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
