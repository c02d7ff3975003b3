import assert from "node:assert/strict";
import { aggregationNotes } from "../../../cli/send/aggregation";
import { knownSteps } from "../../../records/target/processing";
import type { TargetLake } from "../../../records/target/target";

const stream = { type: "stream", name: "clicks" } as const;
const lake = (...steps: string[]): TargetLake => ({
  ...{ bucket: "lake", prefix: "raw/", timeZone: "UTC", delimiter: "newline" },
  processing: { steps: knownSteps(steps) },
});

describe("the aggregation of records for a pipeline", () => {
  it("is fine where objects are lines, and where the delivery stream splits records", () => {
    for (const steps of [
      [],
      ["parquet"],
      ["split-json", "partition"],
      ["split-lines", "transform"],
    ])
      assert.deepEqual(aggregationNotes("newline", stream, lake(...steps)), []);
    for (const steps of [[], ["partition"], ["transform"], ["decompress"]])
      assert.deepEqual(aggregationNotes("kpl", stream, lake(...steps)), []);
  });

  it("comes with a note if a function gets several lines, or if nothing is known", () => {
    const [note] = aggregationNotes("newline", stream, lake("transform"));
    assert.equal(note, "The function of the delivery stream gets records of several lines.");
    assert.match(aggregationNotes("newline", stream, undefined).join(), /^The target does not say/);
  });

  for (const [format, steps, message] of [
    [
      "newline",
      ["partition"],
      /partitions records by keys .* set partitioning\.splitRecords to json/,
    ],
    ["newline", ["split", "partition"], /splits records at another delimiter/],
    ["newline", ["messages"], /does not fit a pipeline of CloudWatch Logs/],
  ] as const)
    it(`of the format ${format} is rejected with the processing ${steps.join(", ")}`, () => {
      assert.throws(() => aggregationNotes(format, stream, lake(...steps)), message);
    });

  it("of KPL is rejected without a Kinesis stream", () => {
    const entry = { type: "delivery-stream", name: "puts" } as const;
    assert.throws(() => aggregationNotes("kpl", entry, lake()), /Specify --aggregate newline\.$/);
    assert.deepEqual(aggregationNotes("newline", entry, lake()), []);
  });
});
