import assert from "node:assert/strict";
import { PassThrough } from "node:stream";
import { setImmediate } from "node:timers/promises";
import fc from "fast-check";
import { MAX_DATA_BYTES } from "../../../records/input/readRecords";
import { batchRecords, type OutgoingRecord } from "../../../records/send/batchRecords";
import { streamTarget } from "../../../records/send/sendTarget";
import type { Sleep } from "../../../records/send/sleep";
import { FakeKinesis } from "../support/fakeKinesis";
import { collect } from "../support/chunked";

const MIB = 1024 * 1024;
const stream = streamTarget(new FakeKinesis(), "events");

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
        const batches = await collect(batchRecords(recordsOf(sizes), stream));
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
    const small = await collect(batchRecords(recordsOf(Array<number>(1_001).fill(10)), stream));
    assert.deepEqual(
      small.map((batch) => batch.length),
      [500, 500, 1],
    );
    const large = await collect(
      batchRecords(recordsOf(Array<number>(11).fill(MAX_DATA_BYTES)), stream),
    );
    assert.deepEqual(
      large.map((batch) => batch.length),
      [5, 5, 1],
    );
  });

  describe("with a source that is slower than a batch", () => {
    /** Records that arrive when a test pushes them, and waits that end when a test ends them. */
    function slowSource() {
      const arrivals = new PassThrough({ objectMode: true });
      const waits: { milliseconds: number; end: () => void; signal: AbortSignal }[] = [];
      const wait: Sleep = (milliseconds, signal) =>
        new Promise((end) => waits.push({ milliseconds, end, signal }));
      const arrive = async (line: number): Promise<void> => {
        arrivals.write({ line, data: Buffer.from("x") });
        await setImmediate();
      };
      return { arrivals, waits, wait, arrive };
    }
    const linesOf = async (next: Promise<IteratorResult<readonly OutgoingRecord[], unknown>>) => {
      const { done, value } = await next;
      return done ? [] : value.map(({ line }) => line);
    };

    it("ends a batch a second after its first record, however often others follow", async () => {
      const { arrivals, waits, wait, arrive } = slowSource();
      const batches = batchRecords(arrivals, stream, { wait });
      const first = batches.next();
      await arrive(1);
      await arrive(2);
      await arrive(3);
      assert.deepEqual(
        waits.map(({ milliseconds }) => milliseconds),
        [1000],
      );
      waits[0]?.end();
      assert.deepEqual(await linesOf(first), [1, 2, 3]);
      const second = batches.next();
      await setImmediate();
      assert.equal(waits.length, 1, "nothing waits without a record");
      await arrive(4);
      waits[1]?.end();
      assert.deepEqual(await linesOf(second), [4]);
    });

    it("ends the wait when the batch is full or the source ends", async () => {
      const { arrivals, waits, wait, arrive } = slowSource();
      const batches = batchRecords(arrivals, stream, { wait });
      const first = batches.next();
      for (let line = 1; line <= 501; line += 1) await arrive(line);
      assert.equal((await linesOf(first)).length, 500);
      assert.equal(waits[0]?.signal.aborted, true);
      arrivals.end();
      assert.deepEqual(await linesOf(batches.next()), [501]);
      assert.equal((await batches.next()).done, true);
      assert.ok(waits.every(({ signal }) => signal.aborted));
    });

    it("ends the wait when the signal is aborted", async () => {
      const { arrivals, waits, wait, arrive } = slowSource();
      const stop = new AbortController();
      void batchRecords(arrivals, stream, { wait, signal: stop.signal }).next();
      await arrive(1);
      assert.equal(waits[0]?.signal.aborted, false);
      stop.abort();
      assert.equal(waits[0].signal.aborted, true);
    });
  });

  it("gives each record a different partition key, which spreads records over the shards", async () => {
    const [batch] = await collect(batchRecords(recordsOf(Array<number>(100).fill(1)), stream));
    const keys = new Set(batch?.map(({ partitionKey }) => partitionKey));
    assert.equal(keys.size, 100);
    for (const key of keys) assert.equal(Buffer.byteLength(key), 36);
  });
});
