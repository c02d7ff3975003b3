import assert from "node:assert/strict";
import { SeededRandom } from "../../../local/simulation/seededRandom";

function numbers(count: number, next: () => number): number[] {
  return Array.from({ length: count }, next);
}

function fractions(seed: number, sequence: number): number[] {
  const random = new SeededRandom(seed, sequence);
  return numbers(5, () => random.fraction());
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

describe("SeededRandom", () => {
  it("gives the same numbers only for the same seed and sequence", () => {
    assert.deepEqual(fractions(1, 2), fractions(1, 2));
    const all = [fractions(1, 2), fractions(2, 2), fractions(1, 3), fractions(2, 1)].flat();
    assert.equal(new Set(all).size, all.length);
  });

  it("gives numbers with the requested means", () => {
    const random = new SeededRandom(1, 0);
    const close = (value: number, expected: number): void => {
      assert.ok(Math.abs(value / expected - 1) < 0.02, `${value} for ${expected}`);
    };
    close(mean(numbers(50_000, () => random.fraction())), 0.5);
    close(mean(numbers(50_000, () => random.below(11))), 5);
    const sorted = numbers(50_000, () => random.logNormal(120, 0.4)).sort((a, b) => a - b);
    close(sorted[25_000] ?? NaN, 120);
    // One in a hundred is above e^(2.326 x sigma) times the median.
    close(sorted[49_500] ?? NaN, 120 * Math.exp(2.326 * 0.4));
  });

  it("gives numbers within their bounds", () => {
    const random = new SeededRandom(7, 7);
    for (const value of numbers(10_000, () => random.below(3)))
      assert.ok([0, 1, 2].includes(value));
  });

  it("gives counts with the mean and the variance of a Poisson distribution", () => {
    const random = new SeededRandom(3, 0);
    for (const expected of [0.004, 0.5, 12, 125, 399, 401, 250_000]) {
      const counts = numbers(20_000, () => random.poisson(expected));
      const average = mean(counts);
      const variance = mean(counts.map((count) => (count - average) ** 2));
      // Both are the mean; five standard errors of each.
      const error = 5 * Math.sqrt(expected / counts.length);
      assert.ok(Math.abs(average - expected) < error, `${average} for ${expected}`);
      const spread = 5 * Math.sqrt((expected + 2 * expected ** 2) / counts.length);
      assert.ok(Math.abs(variance - expected) < spread, `${variance} for ${expected}`);
      assert.ok(counts.every((count) => Number.isInteger(count) && count >= 0));
    }
  });
});
