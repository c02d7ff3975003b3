import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { SeededRandom } from "../../../local/simulation/seededRandom";
import { syntheticEvents } from "../../../local/simulation/syntheticEvents";

function events(bytes: number, count: number): Buffer[] {
  return syntheticEvents(new SeededRandom(1, 0), bytes, count);
}

describe("syntheticEvents", () => {
  it("creates events of exactly the requested size, as JSON if it fits", () => {
    for (const bytes of [200, 201, 300, 1024, 20_000]) {
      for (const event of events(bytes, 20)) {
        assert.equal(event.length, bytes);
        assert.doesNotThrow(() => JSON.parse(event.toString()) as unknown, event.toString());
      }
    }
    for (const bytes of [1, 2, 50, 150])
      assert.deepEqual(
        events(bytes, 3).map(({ length }) => length),
        [bytes, bytes, bytes],
      );
  });

  it("creates different events that compress about as well as real ones", () => {
    const made = events(1024, 1000);
    assert.equal(new Set(made.map((event) => event.toString())).size, 1000);
    const ratio = gzipSync(Buffer.concat(made)).length / (1000 * 1024);
    assert.ok(ratio > 0.1 && ratio < 0.5, String(ratio));
  });
});
