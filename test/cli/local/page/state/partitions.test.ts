import assert from "node:assert/strict";
import type { OpenPartition } from "../../../../../aws/firehose/delivery/deliveryEvent";
import {
  noPartitions,
  partitionsAfter,
  partitionsSnapshot,
  type PartitionsState,
} from "../../../../../cli/local/page/state/partitions";
import { delivered } from "../../../support/fakeFeed";

function withOpen(state: PartitionsState, ...open: OpenPartition[]): PartitionsState {
  const active = { active: open.length, limit: 500, recordsOverLimit: 0, open: () => open };
  return { ...state, active };
}

function deliveredTo(...partitions: string[]): PartitionsState {
  return partitions
    .map((partition) => delivered({ partition, records: 10 }))
    .reduce(partitionsAfter, noPartitions);
}

const open = (partition: string, bytes: number) => ({ partition, records: 1, bytes });

describe("partitionsSnapshot", () => {
  it("is absent before a delivery stream reports partitions", () => {
    assert.equal(partitionsSnapshot(deliveredTo("a/")), undefined);
  });

  it("shows the fullest buffers first, then the partitions of the newest objects", () => {
    const state = withOpen(deliveredTo("a/", "b/", "a/", "c/"), open("b/", 5), open("d/", 9));
    const { shown = [], ...counts } = partitionsSnapshot(state) ?? {};
    assert.deepEqual(
      shown.map(({ partition, bytes, deliveredRecords, objects }) => [
        ...[partition, bytes, deliveredRecords, objects],
      ]),
      [
        ["d/", 9, 0, 0],
        ["b/", 5, 10, 1],
        ["c/", 0, 10, 1],
        ["a/", 0, 20, 2],
      ],
    );
    assert.deepEqual(counts, { active: 2, limit: 500, more: 0 });
  });

  it("shows 20 partitions, counts the others, and forgets those of the oldest objects", () => {
    const names = Array.from({ length: 1200 }, (_, index) => `p=${index}/`);
    const snapshot = partitionsSnapshot(withOpen(deliveredTo(...names), open("p=3/", 1)));
    assert.equal(snapshot?.shown.length, 20);
    assert.equal(snapshot.more, 1001 - 20);
    assert.deepEqual(
      snapshot.shown.slice(0, 2).map(({ partition, objects }) => [partition, objects]),
      [
        ["p=3/", 0],
        ["p=1199/", 1],
      ],
    );
  });

  it("counts no error object as a partition", () => {
    const error = delivered({ errorOutputType: "processing-failed" });
    assert.equal(partitionsAfter(noPartitions, error).delivered.size, 0);
  });
});
