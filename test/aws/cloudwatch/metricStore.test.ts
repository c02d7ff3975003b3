import assert from "node:assert/strict";
import fc from "fast-check";
import type { Metric, MetricData } from "../../../aws/cloudwatch/metric";
import {
  MetricStore,
  MINUTE,
  type Statistic,
  statistics,
} from "../../../aws/cloudwatch/metricStore";

const metric: Metric = {
  namespace: "AWS/Kinesis",
  name: "IncomingRecords",
  dimensions: { StreamName: "events" },
};

/** One value of the metric, except for changes. */
function datum(at: number, value: number, changes: Partial<Metric> = {}): MetricData {
  const { namespace, name, dimensions } = { ...metric, ...changes };
  return { namespace, dimensions, at, values: { [name]: value } };
}

function storeOf(...data: readonly (readonly [at: number, value: number])[]): MetricStore {
  const store = new MetricStore();
  for (const [at, value] of data) store.record(datum(at, value));
  return store;
}

describe("MetricStore", () => {
  it("summarizes the values of each minute", () => {
    const store = storeOf([MINUTE, 3], [MINUTE + 1, 1], [2 * MINUTE - 1, 5], [3 * MINUTE, 7]);
    assert.deepEqual(store.metrics(), [
      {
        ...metric,
        minutes: [
          { at: MINUTE, count: 3, sum: 9, min: 1, max: 5 },
          { at: 3 * MINUTE, count: 1, sum: 7, min: 7, max: 7 },
        ],
      },
    ]);
  });

  it("has no statistic for a time without data, or for a metric without data", () => {
    const store = storeOf([MINUTE, 3]);
    assert.equal(store.statistic(metric, "Sum", 0, MINUTE), undefined);
    assert.equal(store.statistic(metric, "Sum", 2 * MINUTE, 9 * MINUTE), undefined);
    const other = { ...metric, dimensions: { StreamName: "others" } };
    assert.equal(store.statistic(other, "Sum", 0, 9 * MINUTE), undefined);
  });

  it("distinguishes metrics by namespace, name and dimensions, in any order of dimensions", () => {
    const store = new MetricStore();
    const shard = { StreamName: "events", ShardId: "1" };
    store.record(datum(0, 1));
    store.record(datum(0, 2, { dimensions: shard }));
    store.record(datum(0, 3, { dimensions: { ShardId: "1", StreamName: "events" } }));
    store.record(datum(0, 4, { namespace: "AWS/Firehose" }));
    const sum = (of: Metric) => store.statistic(of, "Sum", 0, MINUTE);
    assert.deepEqual([sum(metric), sum({ ...metric, dimensions: shard })], [1, 5]);
    assert.equal(store.metrics().length, 3);
  });

  it("computes every statistic over the values of a time range", () => {
    const expected: Record<Statistic, (values: readonly number[]) => number> = {
      Average: (values) => values.reduce((sum, value) => sum + value, 0) / values.length,
      Maximum: (values) => Math.max(...values),
      Minimum: (values) => Math.min(...values),
      SampleCount: (values) => values.length,
      Sum: (values) => values.reduce((sum, value) => sum + value, 0),
    };
    const data = fc.array(
      fc.tuple(fc.integer({ min: 0, max: 10 * MINUTE }), fc.integer({ min: -9, max: 9 })),
    );
    const minute = fc.integer({ min: 0, max: 10 });
    fc.assert(
      fc.property(data, minute, minute, (all, from, length) => {
        const store = storeOf(...all);
        const [start, end] = [from * MINUTE, (from + length) * MINUTE];
        const values = all.filter(([at]) => start <= at && at < end).map(([, value]) => value);
        for (const statistic of statistics) {
          const found = store.statistic(metric, statistic, start, end);
          if (values.length === 0) assert.equal(found, undefined);
          else assert.ok(Math.abs((found ?? NaN) - expected[statistic](values)) < 1e-9);
        }
      }),
    );
  });

  it("keeps the newest three days of data", () => {
    const days = 4;
    const store = new MetricStore();
    for (let minute = 0; minute < days * 1440; minute += 1) store.record(datum(minute * MINUTE, 1));
    const [series] = store.metrics();
    assert.equal(series?.minutes.length, 3 * 1440);
    assert.equal(series.minutes[0]?.at, 1440 * MINUTE);
  });
});
