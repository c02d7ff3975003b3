import fc from "fast-check";

/** A record with any of its fields, none of them `undefined`. */
export const some = <T>(fields: { [K in keyof T]: fc.Arbitrary<T[K]> }) =>
  fc.record(fields, { requiredKeys: [], noNullPrototype: true });

/** Whole numbers, often at their limits. */
export const numbers = (min: number, max: number) =>
  fc.oneof(fc.constantFrom(min, max), fc.integer({ min, max }));

/** Numbers on both sides of two limits. */
export const around = (low: number, high: number) =>
  fc.oneof(
    fc.integer({ min: low - 2, max: high + 2 }),
    fc.constantFrom(low - 1, low, high, high + 1, low + 0.5),
  );
