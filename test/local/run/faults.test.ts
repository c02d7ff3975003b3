import assert from "node:assert/strict";
import type { DeliveryEvent } from "../../../aws/firehose/delivery/deliveryEvent";
import {
  type DeliveryStream,
  startDeliveryStream,
} from "../../../aws/firehose/delivery/deliveryStream";
import { SeededRandom } from "../../../local/simulation/seededRandom";
import { FakeClock } from "../support/fakeClock";
import { type DeliveryProcess, type Fault, FaultyWorld } from "../support/faultyWorld";
import { configuration } from "../support/records";

const bufferBytes = 400;
const pageBytes = 7 * 80;

interface Outcome {
  readonly world: FaultyWorld;
  readonly delivered: readonly string[];
  /** The maximum that was read and not yet in the bucket, in bytes. */
  readonly maximumInMemory: number;
}

/** Runs a delivery stream with the producers, faults and kills of a seed, then without faults. */
async function runWithFaults(seed: number, faults: number): Promise<Outcome> {
  const random = new SeededRandom(seed, 0);
  const clock = new FakeClock();
  const world = new FaultyWorld(clock, random);
  let inMemory = 0;
  let maximumInMemory = 0;
  const onEvent = (event: DeliveryEvent): void => {
    if (event.type === "records-read") inMemory += event.bytes;
    if (event.type === "object-delivered") inMemory -= event.bytes;
    maximumInMemory = Math.max(maximumInMemory, inMemory);
  };
  const start = (): readonly [DeliveryProcess, DeliveryStream] => {
    inMemory = 0;
    const deliveryProcess = world.newProcess();
    const deliveryStream = startDeliveryStream({
      ...deliveryProcess,
      configuration: configuration({ bufferBytes, bufferSeconds: 20 }),
      pollMilliseconds: 1000,
      onEvent,
    });
    return [deliveryProcess, deliveryStream];
  };
  let [deliveryProcess, deliveryStream] = start();
  while (world.faults.length < faults) {
    world.produce();
    if (random.fraction() < 0.03) world.reshard();
    await clock.advance(random.below(4000));
    if (random.fraction() < 0.1) {
      deliveryProcess.kill();
      [deliveryProcess, deliveryStream] = start();
    }
  }
  world.faultShare = 0;
  await clock.advance(3600_000);
  const stopped = deliveryStream.stop();
  await clock.advance(1000);
  await stopped;
  assert.equal(clock.sleeping, 0);
  return {
    world,
    delivered: world.bucket.bodies.flatMap((body) => body.split("\n")),
    maximumInMemory,
  };
}

describe("a delivery stream in a faulty world", () => {
  for (const seed of [1, 2, 3, 4, 5]) {
    it(`delivers every accepted record despite 250 faults (seed ${seed})`, async () => {
      const { world, delivered, maximumInMemory } = await runWithFaults(seed, 250);
      const kinds = new Set<Fault>(world.faults);
      assert.ok(kinds.has("kill") && kinds.has("split") && kinds.size >= 9, [...kinds].join(", "));
      const there = new Set(delivered);
      assert.deepEqual(
        world.accepted.filter((text) => !there.has(text)),
        [],
        `of ${world.accepted.length} accepted records`,
      );
      assert.deepEqual(
        delivered.filter((text) => !world.accepted.includes(text)),
        [],
      );
      // Two objects, a growing buffer, and a waiting page of each shard.
      const shards = 2 + world.faults.filter((fault) => fault === "split").length;
      assert.ok(
        maximumInMemory <= 3 * (bufferBytes + 80) + shards * pageBytes,
        `${maximumInMemory} B`,
      );
    });
  }

  it("delivers records twice only if a fault left their delivery uncertain", async () => {
    const { world, delivered } = await runWithFaults(7, 250);
    const duplicates = delivered.length - new Set(delivered).size;
    const doubts = world.faults.filter((fault) =>
      ["kill", "stored, but not answered", "checkpoint not written"].includes(fault),
    );
    assert.ok(duplicates > 0, "no fault caused a duplicate: the test is too weak");
    const perDoubt = 4 * (bufferBytes / 9);
    assert.ok(duplicates <= doubts.length * perDoubt, `${duplicates} of ${doubts.length} doubts`);
  });
});
