import assert from "node:assert/strict";
import { backOffDelay } from "../../../records/send/putBatch";
import { sleep } from "../../../records/send/sleep";

describe("backOffDelay", () => {
  it("doubles the limit with each retry, up to three seconds", () => {
    const limits = [1, 2, 3, 4, 5, 6, 7, 100].map((retry) => backOffDelay(retry, 1));
    assert.deepEqual(limits, [100, 200, 400, 800, 1600, 3000, 3000, 3000]);
  });

  it("returns a random share of the limit", () => {
    assert.equal(backOffDelay(3, 0), 0);
    assert.equal(backOffDelay(3, 0.25), 100);
  });
});

describe("sleep", () => {
  it("ends at once when the signal fires", async () => {
    const stop = new AbortController();
    const sleeping = sleep(3_600_000, stop.signal);
    stop.abort();
    await sleeping;
  });
});
