import assert from "node:assert/strict";
import * as fc from "fast-check";
import { faultyFeatures } from "../support/faultyFeatures";
import {
  bufferBytes,
  expectedOf,
  type Outcome,
  runWithFaults,
  type Schedule,
} from "../support/faultyRun";

/** A page of seven records below 400 bytes each: compressed logs in aggregates are the largest. */
const pageBytes = 7 * 400;

const schedules: fc.Arbitrary<Schedule> = fc.record({
  seed: fc.integer({ min: 1, max: 1_000_000 }),
  faults: fc.integer({ min: 1, max: 25 }),
  partitions: fc.constant(0),
  features: fc.subarray([...faultyFeatures]),
  backup: fc.boolean(),
});

describe("all features of a delivery stream in a faulty world", () => {
  it("lose nothing, keep the order and save right positions, in 1000 schedules of faults", async () => {
    const seen = { combinations: new Set<string>(), faults: new Set<string>(), failed: 0 };
    await fc.assert(
      fc.asyncProperty(schedules, async (schedule) => {
        const outcome = await runWithFaults(schedule);
        checkContent(schedule, outcome);
        checkOrder(schedule, outcome);
        checkPositions(outcome);
        checkMemory(outcome);
        const names = schedule.features?.map(({ name }) => name) ?? [];
        seen.combinations.add([...names, ...(schedule.backup ? ["backup"] : [])].join(" "));
        for (const fault of outcome.world.faults) seen.faults.add(fault);
        seen.failed += outcome.failed.length;
      }),
      { numRuns: 1000, seed: 18, endOnFailure: true },
    );
    assert.equal(seen.combinations.size, 2 ** (faultyFeatures.length + 1), "each combination");
    assert.equal(seen.faults.size, 14, "each fault");
    assert.ok(seen.failed > 0, "no record failed: the schedules are too weak");
  });

  it("lose nothing in a long run with 1000 faults", async () => {
    const features = faultyFeatures;
    const schedule = { seed: 18, faults: 1000, partitions: 0, features, backup: true };
    const outcome = await runWithFaults(schedule);
    checkContent(schedule, outcome);
    checkOrder(schedule, outcome);
    checkMemory(outcome);
  });
});

/** Records in = delivered + dropped + failed, and each of them is in the backup. */
function checkContent(schedule: Schedule, outcome: Outcome): void {
  const { world, delivered, failed, backedUp } = outcome;
  const expected = world.accepted.map((record) => expectedOf(record, schedule));
  const lines = delivered.filter((line) => line !== "");
  assert.deepEqual(new Set(lines), new Set(expected.flatMap((one) => one.delivered)));
  assert.deepEqual(new Set(failed), new Set(expected.flatMap((one) => one.failed)));
  const source = schedule.backup ? expected.flatMap((one) => one.backedUp) : [];
  assert.deepEqual(new Set(backedUp), new Set(source));
  if (world.faults.includes("kill") || world.faults.includes("restart")) return;
  assert.deepEqual([...lines].sort(), expected.flatMap((one) => one.delivered).sort());
  assert.deepEqual([...failed].sort(), expected.flatMap((one) => one.failed).sort());
  assert.deepEqual([...backedUp].sort(), [...source].sort());
}

/** The records of one partition key stay in order within a partition, and in the backup. */
function checkOrder(schedule: Schedule, { world }: Outcome): void {
  const delivered = [...world.objects].filter(([key]) => !key.startsWith("errors/"));
  inOrder(delivered, (line) => /^record-(\d+)-(k\d+)-/u.exec(line)?.slice(1));
  if (!schedule.backup) return;
  const sources = new Map(
    world.accepted.flatMap((record) => {
      const { number, partitionKey } = record;
      const { backedUp } = expectedOf(record, schedule);
      return backedUp.map((one) => [one, [String(number), partitionKey]] as const);
    }),
  );
  inOrder([...world.backups], (line) => sources.get(line));
}

/** Leaves out what is read again after a kill. */
function inOrder(
  objects: readonly (readonly [key: string, body: string])[],
  sourceOf: (line: string) => readonly string[] | undefined,
): void {
  const latest = new Map<string, number>();
  const seen = new Set<string>();
  for (const [key, body] of objects) {
    const [, partition = ""] = /\/(p\d+)\//u.exec(key) ?? [];
    for (const line of body.split("\n")) {
      if (line === "" || seen.has(line)) continue;
      seen.add(line);
      const [number = "", partitionKey = ""] = sourceOf(line) ?? [];
      const ordered = `${partition} ${partitionKey}`;
      assert.ok(Number(number) >= (latest.get(ordered) ?? 0), `${line} is late in ${ordered}`);
      latest.set(ordered, Number(number));
    }
  }
}

/** The last position of each shard is that of its last record. */
function checkPositions({ world }: Outcome): void {
  const positions = [...world.checkpoints.saved.values()].map(Number);
  assert.equal(Math.max(0, ...positions), world.accepted.length);
}

/** Twice the buffer in open buffers, once in complete ones, and of each shard a page beyond that. */
function checkMemory({ world, maximumHeld }: Outcome): void {
  const shards = 2 + world.faults.filter((fault) => fault === "split").length;
  for (const [output, held] of Object.entries(maximumHeld)) {
    const limit = 3 * Math.max(bufferBytes, 500) + shards * pageBytes;
    assert.ok(held <= limit, `${held} of ${limit} B for the ${output}`);
  }
}
