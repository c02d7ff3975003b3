import assert from "node:assert/strict";
import fc from "fast-check";
import { roundingOf, monthlyItems } from "../../../local/estimate/aggregation";
import { compareCapacity } from "../../../local/estimate/capacity";
import { entryFlows, outputKey } from "../../../local/estimate/flows";
import { onDemandUsage } from "../../../local/estimate/items/kinesisOnDemand";
import { provisionedUsage } from "../../../local/estimate/items/kinesisProvisioned";
import { latencyBounds } from "../../../local/estimate/latency";
import { lineItem, totalOf } from "../../../local/estimate/lineItem";
import { storedBytes } from "../../../local/estimate/storedSizes";
import { KIB, MIB, monthlyRecords } from "../../../local/estimate/traffic";
import { optionsOf, prices, stackOf, trafficOf } from "./support";

const rate = fc.double({ min: 0.001, max: 50_000, noNaN: true });
const size = fc.integer({ min: 1, max: 1_000_000 });
const buffer = fc.record({
  bufferSeconds: fc.integer({ min: 60, max: 900 }),
  bufferBytes: fc.integer({ min: 1, max: 128 }).map((mebibytes) => mebibytes * MIB),
  delimiterBytes: fc.constantFrom(0, 1),
});
const stream = fc.constantFrom(
  { mode: "on-demand", shards: undefined, retentionHours: 24 },
  { mode: "on-demand", shards: undefined, retentionHours: 400 },
  { mode: "provisioned", shards: 3, retentionHours: 168 },
) as fc.Arbitrary<NonNullable<Parameters<typeof stackOf>[0]>["stream"]>;
const partitions = fc.integer({ min: 1, max: 500 });

/** Measured sizes of records that compress better together. */
const stored = new Map([
  [
    outputKey("to-lake", "records"),
    [
      { bytes: 1000, storedBytes: 600 },
      { bytes: 64_000, storedBytes: 14_000 },
      { bytes: 8_000_000, storedBytes: 1_600_000 },
    ],
  ],
]);

describe("an estimate of any traffic", () => {
  it("does not become cheaper with more or larger records", () => {
    fc.assert(
      fc.property(
        stream,
        buffer,
        rate,
        size,
        fc.double({ min: 1, max: 20, noNaN: true }),
        (of, output, records, bytes, factor) => {
          const stack = stackOf({ stream: of ?? {}, output });
          const cost = (perSecond: number, length: number): number =>
            totalOf(
              monthlyItems(stack, trafficOf(perSecond, length), prices, optionsOf({ stored })),
            ).amount;
          const cheap = cost(records, bytes);
          atMost(cheap, cost(records * factor, bytes));
          atMost(cheap, cost(records, Math.min(1_000_000, Math.ceil(bytes * factor))));
        },
      ),
    );
  });

  it("has objects that contain all data, none of them larger than buffer and record allow", () => {
    fc.assert(
      fc.property(
        buffer,
        rate,
        size,
        partitions,
        fc.boolean(),
        (output, records, bytes, active, isPartitioned) => {
          const stack = stackOf({ output, delivery: { partitions: isPartitioned } });
          const traffic = trafficOf(records, bytes);
          const options = optionsOf({ activePartitions: active, stored });
          const [flow] = entryFlows(stack, traffic, options)[0]?.deliveries[0]?.outputs ?? [];
          assert.ok(flow);
          const data = monthlyRecords(traffic, options.month) * (bytes + output.delimiterBytes);
          near(flow.objects * flow.dataBytes, data);
          const record = bytes + output.delimiterBytes;
          atMost(flow.dataBytes, Math.max(output.bufferBytes, record));
          atMost(flow.objects, monthlyRecords(traffic, options.month));
          atMost(flow.waitSeconds, output.bufferSeconds * (isPartitioned ? 1.5 : 1));
        },
      ),
    );
  });

  it("has a worst latency that is not below the best one", () => {
    fc.assert(
      fc.property(buffer, rate, size, (output, records, bytes) => {
        const flows = entryFlows(stackOf({ output }), trafficOf(records, bytes), optionsOf());
        for (const bounds of flows.flatMap(latencyBounds)) {
          assert.ok(bounds.bestSeconds < bounds.worstSeconds);
          near(
            Object.values(bounds.worst).reduce((sum, part) => sum + part, 0),
            bounds.worstSeconds,
          );
        }
      }),
    );
  });

  it("breaks even where both capacity modes cost the same", () => {
    let found = 0;
    fc.assert(
      fc.property(rate, size, fc.constantFrom(24, 168, 400), (peak, bytes, retentionHours) => {
        const traffic = trafficOf(peak / 10, bytes, { peakRecordsPerSecond: peak });
        const options = optionsOf();
        const [flow] = entryFlows(stackOf({ stream: { retentionHours } }), traffic, options);
        assert.ok(flow);
        const comparison = compareCapacity(flow, prices, options);
        assert.ok(comparison);
        const { breakEven, neededShards: shards } = comparison;
        const difference = (recordsPerSecond: number): readonly [number, number] => {
          const other = { ...traffic, recordsPerSecond };
          const [scaled] = entryFlows(stackOf({ stream: { retentionHours } }), other, options);
          assert.ok(scaled);
          const total = (usage: ReturnType<typeof onDemandUsage>): number =>
            totalOf(usage.map((one) => lineItem(one, prices))).amount;
          return [
            total(onDemandUsage(scaled, options.month)),
            total(provisionedUsage(scaled, options.month, shards)),
          ];
        };
        if (breakEven === null) {
          // One of them is cheaper at both ends.
          const [onDemand, provisioned] = difference(traffic.recordsPerSecond);
          const [idle, idleProvisioned] = difference(1e-9);
          assert.equal(onDemand < provisioned, idle < idleProvisioned);
          return;
        }
        found += 1;
        near(...difference(breakEven));
        const [below, provisionedBelow] = difference(breakEven * 0.9);
        assert.ok(below < provisionedBelow);
      }),
    );
    assert.ok(found > 10, `${found}`);
  });

  it("does not cost more with aggregated records, and saves for small ones", () => {
    fc.assert(
      fc.property(stream, rate, fc.integer({ min: 1, max: 30_000 }), (of, records, bytes) => {
        const stack = stackOf({ stream: of ?? {} });
        const { ratio, aggregated } = roundingOf(
          stack,
          trafficOf(records, bytes),
          prices,
          optionsOf(),
        );
        atMost(0, aggregated.saves ?? NaN);
        atMost(aggregated.ratio, ratio);
        if (bytes < KIB) assert.ok((aggregated.saves ?? 0) > 0);
        if (aggregated.records > 1) atMost(aggregated.bytes, 25 * KIB);
      }),
    );
  });

  it("stores an object of a measured size as measured, and a larger one not smaller", () => {
    const measured = stored.get(outputKey("to-lake", "records")) ?? [];
    for (const { bytes, storedBytes: expected } of measured)
      near(storedBytes(measured, bytes), expected);
    const any = fc.integer({ min: 1, max: 200_000_000 });
    fc.assert(
      fc.property(any, any, (one, other) => {
        const [small, large] = [Math.min(one, other), Math.max(one, other)];
        atMost(storedBytes(measured, small), storedBytes(measured, large));
      }),
    );
    assert.equal(storedBytes([], 1000), 1000);
  });
});

/** Apart from rounding. */
function atMost(value: number, limit: number): void {
  assert.ok(value <= limit + Math.abs(limit) * 1e-9 + 1e-12, `${value} > ${limit}`);
}

function near(value: number, expected: number): void {
  assert.ok(Math.abs(value - expected) <= Math.abs(expected) * 1e-9, `${value} != ${expected}`);
}
