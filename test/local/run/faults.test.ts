import assert from "node:assert/strict";
import {
  bufferBytes,
  expectedOf,
  type Outcome,
  runWithFaults,
  type Schedule,
} from "../support/faultyRun";
import type { Fault } from "../support/faultyWorld";

/** A page of seven records below 80 bytes each. */
const pageBytes = 7 * 80;

/** Checks what is true whatever fails, and returns what did. */
async function check(schedule: Schedule): Promise<Outcome> {
  try {
    const outcome = await runWithFaults(schedule);
    checkContent(schedule, outcome);
    // A record that is read again after a restart may find room for its partition then.
    if (schedule.maximumPartitions === undefined) checkOrder(outcome);
    checkDuplicates(outcome);
    checkPositions(outcome);
    checkMemory(outcome);
    return outcome;
  } catch (cause) {
    throw new Error(`The schedule ${JSON.stringify(schedule)} fails.`, { cause });
  }
}

function checkContent(schedule: Schedule, { world, delivered, failed }: Outcome): void {
  const expected = world.accepted.map((record) => expectedOf(record, schedule));
  const there = { delivered: new Set(delivered), failed: new Set(failed) };
  if (schedule.maximumPartitions === undefined) {
    assert.deepEqual(there.delivered, new Set(expected.flatMap((one) => one.delivered)));
    assert.deepEqual(there.failed, new Set(expected.flatMap((one) => one.failed)));
    return;
  }
  // A record is below the error prefix instead while too many partitions are active.
  for (const { delivered: parts, failed: failures } of expected) {
    for (const part of parts) assert.ok(there.delivered.has(part) || there.failed.has(part), part);
    for (const failure of failures) assert.ok(there.failed.has(failure), failure);
  }
}

/** The records of one partition key stay in order within a partition, here: a prefix of the keys. */
function checkOrder({ world }: Outcome): void {
  const latest = new Map<string, number>();
  const seen = new Set<string>();
  for (const [key, body] of world.objects) {
    const [, partition = ""] = /\/(p\d+)\//u.exec(key) ?? [];
    if (key.startsWith("errors/")) continue;
    for (const line of body.split("\n")) {
      if (seen.has(line)) continue;
      seen.add(line);
      const [, number, partitionKey = ""] = /^record-(\d+)-(k\d+)-/u.exec(line) ?? [];
      const ordered = `${partition} ${partitionKey}`;
      assert.ok(Number(number) >= (latest.get(ordered) ?? 0), `${line} is late in ${ordered}`);
      latest.set(ordered, Number(number));
    }
  }
}

/** Only a process that ended during a delivery leaves it uncertain what was delivered. */
function checkDuplicates({ world, delivered, failed }: Outcome): void {
  if (world.faults.includes("kill") || world.faults.includes("restart")) return;
  assert.equal(new Set(delivered).size, delivered.length);
  assert.equal(new Set(failed).size, failed.length);
}

/** The last position of each shard is that of its last record. */
function checkPositions({ world }: Outcome): void {
  const positions = [...world.checkpoints.saved.values()].map(Number);
  assert.equal(Math.max(0, ...positions), world.accepted.length);
}

/** Buffers, as much again in complete ones, and of each shard a page that waits and one that fits. */
function checkMemory({ world, maximumInMemory }: Outcome): void {
  const shards = 2 + world.faults.filter((fault) => fault === "split").length;
  const limit = 3 * (bufferBytes + 80) + 2 * shards * pageBytes;
  assert.ok(maximumInMemory <= limit, `${maximumInMemory} of ${limit} B`);
}

/** All that can happen. */
const allFaults: readonly Fault[] = [
  ...(["kill", "restart", "slow bucket", "rejecting bucket", "full disk", "split"] as const),
  ...(["stored, but not answered", "checkpoint not written", "throttled read", "merge"] as const),
  ...(["expired iterator", "failing list", "clock set back", "clock set forward"] as const),
];

describe("a delivery stream in a faulty world", () => {
  for (const [name, count, schedule] of [
    ["one buffer", 900, { partitions: 0 }],
    ["several partitions, dropped, failed and split records", 900, { partitions: 4 }],
    ["more partitions than can be active", 300, { partitions: 5, maximumPartitions: 2 }],
    ["partitions and parts that jq finds", 40, { partitions: 4, jq: true }],
  ] as const) {
    it(`loses nothing with ${name}, in ${count} schedules of faults`, async () => {
      const seen = new Set<Fault>();
      let mostSealed = 0;
      let duplicates = 0;
      for (let seed = 1; seed <= count; seed += 1) {
        const outcome = await check({ ...schedule, seed, faults: 1 + (seed % 25) });
        for (const fault of outcome.world.faults) seen.add(fault);
        mostSealed = Math.max(mostSealed, outcome.maximumSealed);
        duplicates += outcome.delivered.length - new Set(outcome.delivered).size;
      }
      assert.deepEqual([...seen].sort(), [...allFaults].sort());
      assert.ok(mostSealed >= 4, `at most ${mostSealed} objects were on their way at once`);
      assert.ok(duplicates > 0, "no fault caused a duplicate: the schedules are too weak");
    });
  }

  for (const partitions of [0, 4]) {
    it(`loses nothing in a long run with 1500 faults and ${partitions} partitions`, async () => {
      const { world } = await check({ seed: 10_000 + partitions, faults: 1500, partitions });
      assert.deepEqual([...new Set(world.faults)].sort(), [...allFaults].sort());
    });
  }

  it("repeats the same schedule for the same seed", async () => {
    const run = async () => {
      const { world, delivered } = await runWithFaults({ seed: 5, faults: 40, partitions: 3 });
      return { faults: world.faults, delivered };
    };
    assert.deepEqual(await run(), await run());
  });
});
