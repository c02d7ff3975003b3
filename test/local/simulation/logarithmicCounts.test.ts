import assert from "node:assert/strict";
import fc from "fast-check";
import { LogarithmicCounts } from "../../../local/simulation/logarithmicCounts";

const shares = [0.01, 0.5, 0.9, 0.99, 1];

function add(counts: LogarithmicCounts, ...values: readonly number[]): void {
  counts.addDistances(
    values.map((value) => 1_000_000 - value),
    1_000_000,
  );
}

describe("LogarithmicCounts", () => {
  it("gives quantiles at most a thousandth above the exact ones", () => {
    const numbers = fc.array(fc.oneof(fc.nat(5000), fc.nat(2 ** 31 - 1)), { minLength: 1 });
    fc.assert(
      fc.property(numbers, (values) => {
        const counts = new LogarithmicCounts();
        for (const value of values) add(counts, value);
        const sorted = [...values].sort((one, other) => one - other);
        for (const share of shares) {
          const exact = sorted[Math.ceil(share * sorted.length) - 1] ?? NaN;
          const given = counts.quantile(share);
          assert.ok(given >= exact && given <= exact * 1.001, `${share}: ${given} for ${exact}`);
        }
        assert.equal(counts.max, sorted.at(-1));
        assert.equal(counts.count, values.length);
      }),
    );
  });

  it("gives exact quantiles below 2048", () => {
    const counts = new LogarithmicCounts();
    for (let value = 1; value <= 2000; value += 1) add(counts, value);
    assert.deepEqual(
      shares.map((share) => counts.quantile(share)),
      [20, 1000, 1800, 1980, 2000],
    );
  });

  it("takes the values of another histogram, which is empty afterwards", () => {
    const [all, more] = [new LogarithmicCounts(), new LogarithmicCounts()];
    add(all, 7);
    for (const value of [5, 70_000, 9]) add(more, value);
    all.take(more);
    assert.deepEqual([all.count, all.min, all.max], [4, 5, 70_000]);
    assert.deepEqual([all.quantile(0.25), all.quantile(0.5), all.quantile(1)], [5, 7, 70_000]);
    assert.deepEqual([more.count, more.min, more.max, more.quantile(0.5)], [0, 0, 0, 0]);
    all.take(more);
    assert.deepEqual([all.count, all.min, all.max], [4, 5, 70_000]);
  });

  it("counts values above its range as the largest value of the range", () => {
    const counts = new LogarithmicCounts();
    add(counts, 2 ** 33);
    assert.equal(counts.quantile(0.5), 2 ** 31 - 1);
    assert.equal(counts.max, 2 ** 33);
  });
});
