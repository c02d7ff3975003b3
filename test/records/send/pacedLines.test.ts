import assert from "node:assert/strict";
import type { InputLine } from "../../../records/input/readRecords";
import { pacedLines } from "../../../records/send/pacedLines";

async function* lines(count: number): AsyncGenerator<InputLine> {
  for (let line = 1; line <= count; line += 1) {
    const place = { line, readTo: line };
    yield await Promise.resolve(
      line === 2 ? { ...place, blank: true } : { ...place, data: Buffer.from("x") },
    );
  }
}

describe("pacedLines", () => {
  it("gives each record its time after the first one, whatever delays those before", async () => {
    let at = 1000;
    const signal = new AbortController().signal;
    const times: number[] = [];
    const pace = {
      ...{ rate: 100, signal, now: () => at },
      sleep: (milliseconds: number) => {
        // Timers are late.
        at += milliseconds + 3;
        return Promise.resolve();
      },
    };
    for await (const line of pacedLines(lines(502), pace)) {
      if (!("data" in line)) continue;
      times.push(at - 1000);
      // A request that takes long holds up the source once.
      if (times.length === 100) at += 700;
    }
    assert.equal(times.length, 501);
    for (const [index, time] of times.entries()) {
      const isHeldUp = index >= 100 && index < 171;
      assert.ok(time >= index * 10 - 5, `record ${index} at ${time} ms`);
      if (!isHeldUp) assert.ok(time <= index * 10 + 5, `record ${index} at ${time} ms`);
    }
  });

  it("catches up at most ten seconds after an outage", async () => {
    let at = 0;
    const pace = {
      ...{ rate: 10, signal: new AbortController().signal, now: () => at },
      sleep: (milliseconds: number) => {
        at += milliseconds;
        return Promise.resolve();
      },
    };
    const times: number[] = [];
    for await (const line of pacedLines(lines(302), pace)) {
      if (!("data" in line)) continue;
      times.push(at);
      if (times.length === 1) at += 60_000;
    }
    // A hundred records at once, then one each 100 ms.
    assert.equal(times.filter((time) => time === 60_000).length, 101);
    assert.ok(Math.abs((times.at(-1) ?? 0) - 80_000) < 1000, String(times.at(-1)));
  });

  it("ends when it is stopped", async () => {
    const stop = new AbortController();
    const pace = {
      rate: 1,
      signal: stop.signal,
      now: () => 0,
      sleep: () => {
        stop.abort();
        return Promise.resolve();
      },
    };
    let seen = 0;
    for await (const line of pacedLines(lines(10), pace)) seen += "data" in line ? 1 : 0;
    assert.equal(seen, 1);
  });
});
