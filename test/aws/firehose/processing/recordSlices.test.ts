import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import type {
  Processor,
  ProcessorFeature,
} from "../../../../aws/firehose/features/processorFeature";
import { processRecords, slicesOf } from "../../../../aws/firehose/processing/processRecords";
import type {
  ProcessedRecord,
  RecordOutcome,
} from "../../../../aws/firehose/processing/processedRecord";
import { eachRecord } from "../../../../aws/firehose/processing/recordSlices";
import type { SourceRecord } from "../../../../aws/firehose/source/streamSource";
import { MiB, record, recordsOf } from "../../../local/support/records";
import { aggregateOf } from "../support/aggregate";

/** A processor of a test, with a type that no other test feature has. */
function feature(
  type: ProcessorFeature["type"],
  outcomeOf: (text: string, at: number) => RecordOutcome,
): ProcessorFeature {
  return {
    type,
    supported: true,
    read: () => {
      throw new Error("A test declares no inputs.");
    },
    process: (_, slices, { at }) =>
      eachRecord(slices, ({ data }) => outcomeOf(Buffer.from(data).toString(), at)),
  };
}

function processorsOf(features: readonly ProcessorFeature[]): readonly Processor[] {
  return features.map(({ type }) => ({ type }) as Processor);
}

async function all(
  records: readonly SourceRecord[],
  ...features: readonly ProcessorFeature[]
): Promise<readonly ProcessedRecord[]> {
  const processors = processorsOf(features);
  const results: ProcessedRecord[] = [];
  for await (const slice of slicesOf(processRecords(records, processors, { at: 5 }, features)))
    results.push(...slice);
  return results;
}

function shown(results: readonly ProcessedRecord[]) {
  return results.map((one) => {
    const { sequenceNumber, endsRecord } = one.record;
    if ("failure" in one) return [sequenceNumber, one.failure.errorOutputType, endsRecord];
    return "data" in one
      ? [sequenceNumber, Buffer.from(one.data).toString(), endsRecord]
      : [sequenceNumber, "dropped", endsRecord];
  });
}

const split = feature("RecordDeAggregation", (text) => ({
  split: text.split(",").flatMap((part) => (part === "" ? [] : [Buffer.from(part)])),
}));

/** Drops d, fails for f, and writes the rest in capitals. */
const change = feature("Lambda", (text, at) => {
  if (text === "d") return { dropped: true };
  if (text !== "f") return { data: Buffer.from(text.toUpperCase()) };
  return {
    failure: {
      errorOutputType: "capitals-failed",
      errorCode: "Capitals.Failed",
      errorMessage: "f has no capital",
      attemptsMade: 1,
      attemptEndingTimestamp: at,
    },
  };
});

describe("the records of a page", () => {
  it("can become several records, which end with the last part", async () => {
    const results = await all([record("a,b,c", 0, 1), record("x", 0, 2)], split);
    assert.deepEqual(shown(results), [
      ["1", "a", false],
      ["1", "b", false],
      ["1", "c", undefined],
      ["2", "x", undefined],
    ]);
  });

  it("have the data of their part after a split, so that no byte counts twice", async () => {
    const results = await all([record("aa,b", 0, 1)], split, change);
    assert.deepEqual(
      results.map((one) => Buffer.from(one.record.data).toString()),
      ["aa", "b"],
    );
  });

  it("end in the same place if the last part is dropped or fails", async () => {
    const results = await all([record("a,d", 0, 1), record("a,f", 0, 2)], split, change);
    assert.deepEqual(shown(results), [
      ["1", "A", false],
      ["1", "dropped", undefined],
      ["2", "A", false],
      ["2", "capitals-failed", undefined],
    ]);
  });

  it("are dropped if they contain no part", async () => {
    assert.deepEqual(shown(await all([record(",", 0, 1)], split)), [["1", "dropped", undefined]]);
  });

  it("stay split when the parts of an aggregate are split again", async () => {
    const data = aggregateOf(Buffer.from("a,b"), Buffer.from("c,d"));
    const results = await all([{ ...record("", 0, 1), data }], split);
    assert.deepEqual(shown(results), [
      ["1", "a", false],
      ["1", "b", false],
      ["1", "c", false],
      ["1", "d", undefined],
    ]);
  });

  it("are numbered through when the parts of an aggregate are split again, dropped or fail", async () => {
    const data = aggregateOf(...["a,b", "d", "f", "c,e"].map((text) => Buffer.from(text)));
    const records = [{ ...record("", 0, 1), data }, record("x", 0, 2), record("y,z", 0, 3)];
    const results = await all(records, change, split);
    assert.deepEqual(
      results.map(({ record: { sequenceNumber, subSequenceNumber } }) => [
        sequenceNumber,
        subSequenceNumber,
      ]),
      [
        ...[0, 1, 2, 3, 4, 5].map((number) => ["1", number]),
        ["2", 0],
        ...[0, 1].map((number) => ["3", number]),
      ],
    );
  });

  it("pass through the following processors when they failed or were dropped", async () => {
    const later = feature("MetadataExtraction", (text) => ({ data: Buffer.from(`${text}!`) }));
    const records = ["a", "d", "f"].map((text, index) => record(text, 0, index));
    assert.deepEqual(shown(await all(records, change, later)), [
      ["0", "A!", undefined],
      ["1", "dropped", undefined],
      ["2", "capitals-failed", undefined],
    ]);
  });

  it("are unpacked only as far as they are requested, a few MiB at a time", async () => {
    let unpacked = 0;
    const grow = feature("Lambda", () => {
      unpacked += MiB;
      return { data: Buffer.alloc(MiB) };
    });
    const same = feature("MetadataExtraction", (text) => ({ data: Buffer.from(text) }));
    const features = [grow, same];
    let handedOut = 0;
    let largest = 0;
    let inMemory = 0;
    for await (const slice of slicesOf(
      processRecords(recordsOf(1, 100), processorsOf(features), { at: 0 }, features),
    )) {
      const bytes = slice.reduce((sum, one) => sum + ("data" in one ? one.data.length : 0), 0);
      inMemory = Math.max(inMemory, unpacked - handedOut);
      handedOut += bytes;
      largest = Math.max(largest, bytes);
    }
    assert.equal(handedOut, 100 * MiB);
    assert.ok(largest <= 4 * MiB, `${largest} B in a slice`);
    assert.ok(inMemory <= 8 * MiB, `${inMemory} B in memory`);
  });

  it("are few enough in a slice even if they are empty", async () => {
    const many = feature("Lambda", () => ({ split: Array.from({ length: 50_000 }, () => empty) }));
    const empty = new Uint8Array();
    let largest = 0;
    let count = 0;
    for await (const slice of slicesOf(
      processRecords([record("")], processorsOf([many]), { at: 0 }, [many]),
    )) {
      largest = Math.max(largest, slice.length);
      count += slice.length;
    }
    assert.equal(count, 50_000);
    assert.ok(largest <= 10_001, `${largest} records`);
  });

  it("leave turns to the event loop while they unpack", async () => {
    const bomb = gzipSync(`"${" ".repeat(15 * MiB)}"`, { level: 1 });
    const small = gzipSync(`"${" ".repeat(200 * 1024)}"`, { level: 1 });
    for (const [data, count] of [
      [bomb, 6],
      [small, 200],
    ] as const) {
      let turns = 0;
      let timer = setImmediate(function turn() {
        turns += 1;
        timer = setImmediate(turn);
      });
      const records = Array.from({ length: count }, () => ({ ...record(""), data }));
      let delivered = 0;
      for await (const slice of slicesOf(
        processRecords(records, [{ type: "Decompression" }], { at: 0 }),
      ))
        delivered += slice.filter((one) => "data" in one).length;
      clearImmediate(timer);
      assert.equal(delivered, count);
      assert.ok(turns >= 6, `${turns} turns`);
    }
  });

  it("wait for no turn of the event loop if nothing unpacks", async () => {
    for (const processors of [[], [{ type: "Decompression" }]] as const) {
      let turns = 0;
      const timer = setImmediate(() => (turns += 1));
      const records = recordsOf(1000, 10_000);
      let count = 0;
      for await (const slice of slicesOf(processRecords(records, processors, { at: 0 })))
        count += slice.length;
      assert.deepEqual([count, turns], [10_000, 0]);
      clearImmediate(timer);
    }
  });
});
