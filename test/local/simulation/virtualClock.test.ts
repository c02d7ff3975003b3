import assert from "node:assert/strict";
import { setImmediate } from "node:timers/promises";
import fc from "fast-check";
import { VirtualClock } from "../../../local/simulation/virtualClock";

const never = new AbortController().signal;

describe("VirtualClock", () => {
  it("wakes sleepers in the order of their times, and then of their calls", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(20), { maxLength: 50 }), async (times) => {
        const clock = new VirtualClock(1000);
        const woken: (readonly [at: number, sleeper: number])[] = [];
        times.forEach((time, sleeper) => {
          void clock.sleep(time, never).then(() => woken.push([clock.now() - 1000, sleeper]));
        });
        await clock.run(1020);
        const expected = times
          .map((time, sleeper) => [time, sleeper] as const)
          .sort(([one, first], [other, next]) => one - other || first - next);
        assert.deepEqual(woken, expected);
      }),
      { numRuns: 50 },
    );
  });

  it("waits for all work at a time before it continues", async () => {
    const clock = new VirtualClock(0);
    const log: string[] = [];
    const work = async (): Promise<void> => {
      await clock.sleep(10, never);
      for (let step = 0; step < 100; step += 1) await Promise.resolve();
      log.push(`worked at ${clock.now()}`);
      await clock.sleep(5, never);
      log.push(`worked at ${clock.now()}`);
    };
    void work();
    void clock.sleep(11, never).then(() => log.push(`woke at ${clock.now()}`));
    await clock.run(100);
    assert.deepEqual(log, ["worked at 10", "woke at 11", "worked at 15"]);
    assert.equal(clock.now(), 100);
  });

  it("ends the work of a sleeper before it wakes the next one of the same time", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(9), { maxLength: 9 }), async (turns) => {
        const clock = new VirtualClock(0);
        const log: (readonly [sleeper: number, step: string])[] = [];
        const work = async (count: number, sleeper: number): Promise<void> => {
          await clock.sleep(10, never);
          log.push([sleeper, "begins"]);
          for (let turn = 0; turn < count; turn += 1) await Promise.resolve();
          log.push([sleeper, "ends"]);
        };
        turns.forEach((count, sleeper) => void work(count, sleeper));
        await clock.run(10);
        const steps = ["begins", "ends"];
        assert.deepEqual(
          log,
          turns.flatMap((_, sleeper) => steps.map((step) => [sleeper, step])),
        );
      }),
      { numRuns: 50 },
    );
  });

  it("waits for work that leaves its turn to the event loop", async () => {
    const clock = new VirtualClock(0);
    const log: string[] = [];
    const work = async (): Promise<void> => {
      await clock.sleep(10, never);
      await setImmediate();
      log.push(`worked at ${clock.now()}`);
    };
    void work();
    void clock.sleep(11, never).then(() => log.push(`woke at ${clock.now()}`));
    await clock.run(100);
    assert.deepEqual(log, ["worked at 10", "woke at 11"]);
  });

  it("stops before the first sleeper with a later time", async () => {
    const clock = new VirtualClock(0);
    let woken = false;
    void clock.sleep(101, never).then(() => (woken = true));
    await clock.run(100);
    assert.equal(woken, false);
    await clock.run(101);
    assert.equal(woken, true);
  });

  it("wakes an aborted sleeper at once, and only once", async () => {
    const clock = new VirtualClock(0);
    const abort = new AbortController();
    const woken: number[] = [];
    void clock.sleep(50, abort.signal).then(() => woken.push(clock.now()));
    await clock.run(10);
    abort.abort();
    await clock.run(100);
    await clock.sleep(1, abort.signal);
    assert.deepEqual(woken, [10]);
  });
});
