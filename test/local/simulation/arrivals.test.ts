import assert from "node:assert/strict";
import fc from "fast-check";
import { Arrivals } from "../../../local/simulation/arrivals";
import { ContentCycle } from "../../../local/simulation/recordBundle";
import { SeededRandom } from "../../../local/simulation/seededRandom";
import { ShardTraffic } from "../../../local/simulation/shardTraffic";
import type { Traffic } from "../../../local/simulation/traffic";
import { begin } from "../support/simulation";

const traffics: fc.Arbitrary<Traffic> = fc.record({
  contents: fc.array(
    fc.nat(2000).map((bytes) => new Uint8Array(bytes)),
    { minLength: 1, maxLength: 9 },
  ),
  recordsPerSecond: fc.constantFrom(0.1, 2, 90, 1500),
  begin: fc.constant(begin),
  end: fc.integer({ min: begin + 1, max: begin + 20_000 }),
});

const shard = { shard: 0, shards: 1 };

/** The arrival and the content of each record, one record after the other. */
function recordByRecord(traffic: Traffic): readonly (readonly [at: number, content: number])[] {
  const seconds = new ShardTraffic(traffic, shard, new SeededRandom(1, 1));
  const random = new SeededRandom(1, 2);
  const all: [number, number][] = [];
  while (seconds.next < Infinity) {
    const { at, first, records, throttled, milliseconds } = seconds.take();
    Array.from({ length: records + throttled }, () => random.below(milliseconds))
      .sort((one, other) => one - other)
      .slice(0, records)
      .forEach((millisecond, index) => {
        all.push([at + millisecond, (first + index) % traffic.contents.length]);
      });
  }
  return all;
}

function arrivalsOf(traffic: Traffic): Arrivals {
  const seconds = new ShardTraffic(traffic, shard, new SeededRandom(1, 1));
  return new Arrivals(seconds, traffic.contents.length, new SeededRandom(1, 2));
}

describe("Arrivals", () => {
  it("returns the times and contents that a computation record by record gives", () => {
    const most = fc.array(fc.integer({ min: 1, max: 9000 }), { minLength: 1, maxLength: 5 });
    const poll = fc.integer({ min: 1, max: 7000 });
    fc.assert(
      fc.property(traffics, most, poll, (traffic, limits, milliseconds) => {
        const arrivals = arrivalsOf(traffic);
        const expected = recordByRecord(traffic);
        let taken = 0;
        for (let turn = 0, now = begin; arrivals.at < Infinity; turn += 1) {
          assert.equal(arrivals.content, expected[taken]?.[1]);
          const limit = limits[turn % limits.length] ?? 1;
          const times = [...arrivals.take(now, limit)];
          const due = expected.slice(taken).filter(([at]) => at <= now);
          assert.deepEqual(
            times,
            due.slice(0, limit).map(([at]) => at),
          );
          taken += times.length;
          if (times.length < limit) now += milliseconds;
        }
        assert.equal(taken, expected.length);
      }),
    );
  });

  it("drops exactly the records that have been waiting longer than a time", () => {
    fc.assert(
      fc.property(traffics, fc.nat(25_000), fc.nat(9000), (traffic, elapsed, milliseconds) => {
        const arrivals = arrivalsOf(traffic);
        const expected = recordByRecord(traffic);
        const now = begin + elapsed;
        const dropped = expected.filter(([at]) => now - at > milliseconds).length;
        assert.equal(arrivals.drop(now, milliseconds), dropped);
        assert.equal(arrivals.at, expected[dropped]?.[0] ?? Infinity);
      }),
    );
  });
});

describe("ContentCycle", () => {
  it("gives a bundle as many contents as a search one by one finds", () => {
    const sizes = fc.array(fc.nat(30), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(sizes, fc.nat(90), fc.nat(120), (lengths, bundleBytes, maxBytes) => {
        const contents = lengths.map((length) => new Uint8Array(length));
        const cycle = new ContentCycle(contents, bundleBytes);
        lengths.forEach((_, first) => {
          let [count, bytes] = [0, 0];
          for (const length of lengths.slice(first)) {
            if (bytes + length > maxBytes) break;
            if (count > 0 && bytes + length > bundleBytes) break;
            bytes += length;
            count += 1;
          }
          assert.equal(cycle.bundleLength(first, maxBytes), count);
          if (count > 0) assert.equal(cycle.joined(first, count).length, bytes);
        });
      }),
    );
  });
});
