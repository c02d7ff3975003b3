import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { unlessAborted } from "../../aws/unlessAborted";

describe("unlessAborted", () => {
  const never = new Promise<number>(() => undefined);

  it("answers what the promise does, and leaves nothing at the signal", async () => {
    const { signal } = new AbortController();
    assert.equal(await unlessAborted(Promise.resolve(1), signal), 1);
    const failure = new Error("no");
    await assert.rejects(unlessAborted(Promise.reject(failure), signal), failure);
    assert.deepEqual(getEventListeners(signal, "abort"), []);
  });

  it("does not wait once the signal is aborted, before or after the start", async () => {
    assert.equal(await unlessAborted(never, AbortSignal.abort()), undefined);
    const later = new AbortController();
    const waiting = unlessAborted(never, later.signal);
    later.abort();
    assert.equal(await waiting, undefined);
  });
});
