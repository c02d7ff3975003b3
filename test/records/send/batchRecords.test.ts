import assert from "node:assert/strict";
import fc from "fast-check";
import { MAX_DATA_BYTES } from "../../../records/input/readRecords";
import { batchRecords } from "../../../records/send/batchRecords";
import { collect } from "../support/chunked";

const MIB = 1024 * 1024;

async function* recordsOf(
  sizes: readonly number[],
): AsyncGenerator<{ line: number; data: Uint8Array }> {
  const bytes = Buffer.alloc(MAX_DATA_BYTES);
  for (const [index, size] of sizes.entries()) {
    yield await Promise.resolve({ line: index + 1, data: bytes.subarray(0, size) });
  }
}

describe("batchRecords", () => {
  it("puts all records in order into batches within the limits", async () => {
    const size = fc.oneof(
      { weight: 5, arbitrary: fc.nat(2_000) },
      { weight: 1, arbitrary: fc.nat(MAX_DATA_BYTES) },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(size, { maxLength: 1_200, size: "max" }), async (sizes) => {
        const batches = await collect(batchRecords(recordsOf(sizes)));
        for (const batch of batches) {
          assert.ok(batch.length >= 1 && batch.length <= 500);
          const bytes = batch.map(({ data, partitionKey }) => data.length + partitionKey.length);
          assert.ok(bytes.reduce((sum, value) => sum + value, 0) <= 5 * MIB);
        }
        const lines = batches.flat().map(({ line }) => line);
        assert.deepEqual(
          lines,
          sizes.map((_, index) => index + 1),
        );
      }),
      { numRuns: 40 },
    );
  });

  it("fills each batch before it starts the next one", async () => {
    const small = await collect(batchRecords(recordsOf(Array<number>(1_001).fill(10))));
    assert.deepEqual(
      small.map((batch) => batch.length),
      [500, 500, 1],
    );
    const large = await collect(batchRecords(recordsOf(Array<number>(11).fill(MAX_DATA_BYTES))));
    assert.deepEqual(
      large.map((batch) => batch.length),
      [5, 5, 1],
    );
  });

  it("gives each record a different partition key, which spreads records over the shards", async () => {
    const [batch] = await collect(batchRecords(recordsOf(Array<number>(100).fill(1))));
    const keys = new Set(batch?.map(({ partitionKey }) => partitionKey));
    assert.equal(keys.size, 100);
    for (const key of keys) assert.equal(Buffer.byteLength(key), 36);
  });
});
