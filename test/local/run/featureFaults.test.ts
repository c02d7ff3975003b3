import assert from "node:assert/strict";
import * as fc from "fast-check";
import { faultyFeatures } from "../support/faultyFeatures";
import {
  bufferBytes,
  expectedOf,
  type Outcome,
  runWithFaults,
  type Schedule,
  textIn,
} from "../support/faultyRun";

/** A page of seven records below 800 bytes each, behind a buffer of a function below that. */
const pageBytes = 2 * 7 * 800;

const schedules: fc.Arbitrary<Schedule> = fc.record({
  seed: fc.integer({ min: 1, max: 1_000_000 }),
  faults: fc.integer({ min: 1, max: 16 }),
  partitions: fc.constant(0),
  features: fc
    .noBias(fc.nat(2 ** faultyFeatures.length - 1))
    .map((bits) => faultyFeatures.filter((_, index) => ((bits >> index) & 1) === 1)),
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
    assert.equal(seen.faults.size, 17, "each fault");
    assert.ok(seen.failed > 0, "no record failed: the schedules are too weak");
  });

  it("lose nothing in a long run with 300 faults", async () => {
    const features = faultyFeatures;
    const schedule = { seed: 18, faults: 300, partitions: 0, features, backup: true };
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
  const parts = new Map(expected.flatMap(({ raw = [] }) => [...raw]));
  const there = { delivered: new Set(lines), failed: new Set(failed) };
  for (const line of there.delivered) assert.ok(parts.has(line), `${line} is not to be delivered`);
  // A function that throws or takes too long fails records that it would return.
  for (const [text, raw] of parts)
    assert.ok(there.delivered.has(text) || there.failed.has(raw), `${text} is lost`);
  const failures = expected.flatMap((one) => one.failed);
  for (const one of failures) assert.ok(there.failed.has(one), `${one} is lost`);
  const raws = new Set([...failures, ...expected.flatMap(({ called = [] }) => called)]);
  for (const one of there.failed) assert.ok(raws.has(one), `${one} is not to fail`);
  const source = schedule.backup ? expected.flatMap((one) => one.backedUp) : [];
  assert.deepEqual(new Set(backedUp), new Set(source));
  if (world.faults.includes("kill") || world.faults.includes("restart")) return;
  assert.equal(there.delivered.size, lines.length);
  assert.deepEqual([...backedUp].sort(), [...source].sort());
  const mayFail = world.faults.some((fault) => fault.endsWith("function"));
  if (mayFail) return;
  assert.deepEqual([...lines].sort(), expected.flatMap((one) => one.delivered).sort());
  assert.deepEqual([...failed].sort(), [...failures].sort());
}

/** The records of one partition key stay in order within a partition, and in the backup. */
function checkOrder(schedule: Schedule, { world }: Outcome): void {
  const expected = world.accepted.map((record) => expectedOf(record, schedule));
  // What the function failed, and returned when it was read again after a kill, is late.
  const isReadAgain = world.faults.includes("kill") || world.faults.includes("restart");
  const delivered = [...world.objects].filter(([key]) => !key.startsWith("errors/"));
  inOrder(delivered, (line) => {
    const source = /^record-(\d+)-(k\d+)-/u.exec(textIn(line))?.slice(1);
    const isLate = isReadAgain && world.inFailedCalls.has(Number(source?.[0]));
    return isLate ? undefined : source;
  });
  if (!schedule.backup) return;
  const sources = new Map(
    world.accepted.flatMap(({ number, partitionKey }, index) => {
      const { backedUp = [] } = expected[index] ?? {};
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
    const partition = key.slice(0, key.lastIndexOf("/"));
    for (const line of body.split("\n")) {
      if (line === "" || seen.has(line)) continue;
      seen.add(line);
      const source = sourceOf(line);
      if (source === undefined) continue;
      const [number = "", partitionKey = ""] = source;
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
