import assert from "node:assert/strict";
import { systemClock } from "../../aws/clock";

describe("systemClock", () => {
  const { now } = Date;

  afterEach(() => {
    Date.now = now;
  });

  it("does not go back in its monotonic time when the time of day is set back", () => {
    const before = systemClock.monotonic();
    Date.now = () => now() - 3_600_000;
    const between = systemClock.monotonic();
    assert.ok(between >= before, `${between} after ${before}`);
    Date.now = now;
    assert.ok(systemClock.monotonic() >= between);
  });

  it("counts the time of a suspension", () => {
    const before = systemClock.monotonic();
    Date.now = () => now() + 3_600_000;
    assert.ok(systemClock.monotonic() - before > 3_590_000);
  });

  it("wakes a sleeper after a suspension that was longer than its time", async () => {
    const sleeping = systemClock.sleep(600_000, new AbortController().signal);
    Date.now = () => now() + 3_600_000;
    await sleeping;
  });

  it("ends a sleep when its signal is aborted, before or during it", async () => {
    const abort = new AbortController();
    const sleeping = systemClock.sleep(600_000, abort.signal);
    abort.abort();
    await sleeping;
    await systemClock.sleep(600_000, abort.signal);
  });
});
