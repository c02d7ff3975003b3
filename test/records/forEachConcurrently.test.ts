import assert from "node:assert/strict";
import { setImmediate } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { forEachConcurrently } from "../../records/forEachConcurrently";

async function* countTo(last: number): AsyncGenerator<number> {
  for (let value = 1; value <= last; value += 1) yield await Promise.resolve(value);
}

describe("forEachConcurrently", () => {
  it("runs each item once, with as many concurrent tasks as allowed", async () => {
    let running = 0;
    let most = 0;
    const done: number[] = [];
    await forEachConcurrently(countTo(20), 3, async (item) => {
      running += 1;
      most = Math.max(most, running);
      await setImmediate();
      running -= 1;
      done.push(item);
    });
    assert.equal(most, 3);
    assert.deepEqual(
      done,
      [...Array(20).keys()].map((index) => index + 1),
    );
  });

  it("takes no further items after a failure, waits for running tasks and throws it", async () => {
    const finished: number[] = [];
    const started: number[] = [];
    await assert.rejects(
      forEachConcurrently(countTo(100), 2, async (item) => {
        started.push(item);
        if (item === 2) throw new Error("item 2");
        for (let turn = 0; turn < 5; turn += 1) await setImmediate();
        finished.push(item);
      }),
      { message: "item 2" },
    );
    assert.deepEqual(
      finished,
      started.filter((item) => item !== 2),
    );
    assert.ok(started.length < 5);
  });

  it("throws a failure even if the source returns no further item", async () => {
    async function* silent(): AsyncGenerator<number> {
      yield 1;
      await new Promise(() => undefined);
    }
    await assert.rejects(
      forEachConcurrently(silent(), 4, () => Promise.reject(new Error("no stream"))),
      { message: "no stream" },
    );
  });

  it("throws what the source throws, after waiting for running tasks", async () => {
    async function* broken(): AsyncGenerator<number> {
      yield 1;
      await Promise.resolve();
      throw new Error("disk");
    }
    let done = false;
    await assert.rejects(
      forEachConcurrently(broken(), 4, async () => {
        for (let turn = 0; turn < 5; turn += 1) await setImmediate();
        done = true;
      }),
      { message: "disk" },
    );
    assert.ok(done);
  });

  it("closes the source if it is stopped early", async () => {
    let closed = false;
    async function* endless(): AsyncGenerator<number> {
      try {
        for (;;) yield await Promise.resolve(1);
      } finally {
        closed = true;
      }
    }
    const stop = new AbortController();
    await forEachConcurrently(
      endless(),
      2,
      async () => {
        await setImmediate();
        stop.abort();
      },
      stop.signal,
    );
    await setImmediate();
    assert.ok(closed);
  });

  it("does not keep completed items in memory", async () => {
    setFlagsFromString("--expose-gc");
    const collectGarbage = runInNewContext("gc") as () => void;
    const stop = new AbortController();
    const items: WeakRef<object>[] = [];
    let kept = Infinity;
    async function* source(): AsyncGenerator<object> {
      for (let index = 0; index < 50; index += 1) {
        const item = { index };
        items.push(new WeakRef(item));
        yield await Promise.resolve(item);
      }
      await setImmediate();
      collectGarbage();
      kept = items.filter((item) => item.deref()).length;
      stop.abort();
    }
    await forEachConcurrently(source(), 2, () => setImmediate(), stop.signal);
    assert.ok(kept < 10, `${kept} of 50 items are still in memory`);
  });

  it("does nothing if the signal has already fired", async () => {
    await forEachConcurrently(
      countTo(3),
      2,
      () => Promise.reject(new Error("must not run")),
      AbortSignal.abort(),
    );
  });
});
