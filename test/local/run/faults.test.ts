import assert from "node:assert/strict";
import type { DeliveryEvent } from "../../../aws/firehose/delivery/deliveryEvent";
import {
  type DeliveryStream,
  startDeliveryStream,
} from "../../../aws/firehose/delivery/deliveryStream";
import { SeededRandom } from "../../../local/simulation/seededRandom";
import { FakeClock } from "../support/fakeClock";
import { type Fault, FaultyWorld, type Life } from "../support/faultyWorld";
import { configuration } from "../support/records";

const bufferBytes = 400;
const pageBytes = 7 * 80;

interface Outcome {
  readonly world: FaultyWorld;
  readonly delivered: readonly string[];
  /** The most that was read and not yet in the bucket, in bytes. */
  readonly mostInMemory: number;
}

/** Lets a seed's producers, faults and deaths loose on a delivery stream, then lets it calm down. */
async function survive(seed: number, faults: number): Promise<Outcome> {
  const random = new SeededRandom(seed, 0);
  const clock = new FakeClock();
  const world = new FaultyWorld(clock, random);
  let inMemory = 0;
  let mostInMemory = 0;
  const onEvent = (event: DeliveryEvent): void => {
    if (event.type === "records-read") inMemory += event.bytes;
    if (event.type === "object-delivered") inMemory -= event.bytes;
    mostInMemory = Math.max(mostInMemory, inMemory);
  };
  const live = (): readonly [Life, DeliveryStream] => {
    inMemory = 0;
    const life = world.life();
    const deliveryStream = startDeliveryStream({
      ...life,
      configuration: configuration({ bufferBytes, bufferSeconds: 20 }),
      pollMilliseconds: 1000,
      onEvent,
    });
    return [life, deliveryStream];
  };
  let [life, deliveryStream] = live();
  while (world.faults.length < faults) {
    world.produce();
    if (random.fraction() < 0.03) world.reshard();
    await clock.advance(random.below(4000));
    if (random.fraction() < 0.1) {
      life.kill();
      [life, deliveryStream] = live();
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
    delivered: world.bucket.texts.flatMap((text) => text.split("\n")),
    mostInMemory,
  };
}

describe("a delivery stream in a faulty world", () => {
  for (const seed of [1, 2, 3, 4, 5]) {
    it(`brings every accepted record into the bucket through 250 faults (seed ${seed})`, async () => {
      const { world, delivered, mostInMemory } = await survive(seed, 250);
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
      // Two objects, a growing buffer, and a page of each shard that waits.
      const shards = 2 + world.faults.filter((fault) => fault === "split").length;
      assert.ok(mostInMemory <= 3 * (bufferBytes + 80) + shards * pageBytes, `${mostInMemory} B`);
    });
  }

  it("delivers again only what a fault left in doubt", async () => {
    const { world, delivered } = await survive(7, 250);
    const duplicates = delivered.length - new Set(delivered).size;
    const doubts = world.faults.filter((fault) =>
      ["kill", "stored, but not answered", "checkpoint not written"].includes(fault),
    );
    assert.ok(duplicates > 0, "no fault led to a duplicate: the test is too kind");
    const perDoubt = 4 * (bufferBytes / 9);
    assert.ok(duplicates <= doubts.length * perDoubt, `${duplicates} of ${doubts.length} doubts`);
  });
});
