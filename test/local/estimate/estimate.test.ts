import assert from "node:assert/strict";
import { monthlyItems } from "../../../local/estimate/aggregation";
import { estimate } from "../../../local/estimate/estimate";
import type { LineItem } from "../../../local/estimate/lineItem";
import { RegionPrices } from "../../../local/estimate/prices/regionPrices";
import { GIB, KIB, MIB } from "../../../local/estimate/traffic";
import { builtIn, now, optionsOf, prices, stackOf, trafficOf } from "./support";

/** Amounts to the cent, by meter. */
function cents(items: readonly LineItem[]): Record<string, string> {
  return Object.fromEntries(
    items.map(({ id, amount }) => [id, amount === null ? "unknown" : amount.toFixed(2)]),
  );
}

describe("the bill of a month", () => {
  it("equals an estimate of AWS's calculator: 10,000 records/s of 5 KB with all add-ons of Firehose", () => {
    // Saved estimate of the AWS Pricing Calculator without its VPC delivery: ingestion 3,634.07, format
    // conversion 2,255.63, partitioned data 2,506.26, 2,005,005 objects of 64 MB 10.03, 70 h of jq 4.90.
    const stack = stackOf({
      stream: null,
      delivery: { convertsFormat: true, partitions: true, usesJq: true },
    });
    const traffic = trafficOf(10_000, 5 * KIB);
    const items = monthlyItems(stack, traffic, prices, optionsOf({ jqHours: 70 }));
    const firehose = items.filter(({ service }) => service === "Firehose");
    assert.deepEqual(cents(firehose), {
      "firehose.ingest": "3634.07",
      "firehose.conversion": "2255.63",
      "firehose.partitionedData": "2506.26",
      "firehose.partitionedObject": "10.03",
      "firehose.jqHour": "4.90",
    });
    const objects = items.find(({ id }) => id === "firehose.partitionedObject");
    assert.equal(Math.round((objects?.quantity ?? 0) * 1000), 2_005_005);
  });

  it("rounds records up as Firehose's pricing page does: 3 KB count as 5, 12 as 15 and 42 as 45", () => {
    for (const [kilobytes, billed] of [
      [3, 5],
      [12, 15],
      [42, 45],
    ] as const) {
      const items = monthlyItems(stackOf(), trafficOf(1, kilobytes * KIB), prices, optionsOf());
      const ingested = items.find(({ id }) => id === "firehose.ingest")?.quantity;
      assert.ok(near(ingested, (730 * 3600 * billed * KIB) / GIB));
    }
  });

  it("bills 500 records/s of 3 KB in 30 days as 6,179.81 GB, and delivers 3,707.89 GB", () => {
    // 500 x 5 KB x 2,592,000 s / 1,048,576 KB at 0.029: 179.21; 500 x 3 KB at 0.02: 74.16.
    const month = { hours: 720, number: 1 };
    const stack = stackOf({ stream: null, delivery: { partitions: true } });
    const items = monthlyItems(stack, trafficOf(500, 3 * KIB), prices, optionsOf({ month }));
    const quantity = (id: string) => items.find((item) => item.id === id)?.quantity?.toFixed(2);
    assert.equal(quantity("firehose.ingest"), "6179.81");
    assert.equal(quantity("firehose.partitionedData"), "3707.89");
    assert.equal(cents(items)["firehose.ingest"], "179.21");
    assert.equal(cents(items)["firehose.partitionedData"], "74.16");
  });

  it("equals the example of Kinesis's pricing page: 4 shards, 100 records/s of 35 KB, 31 days", () => {
    // 4 shards x 0.36 x 31 days = 44.64; 535,680,000 put payload units at 0.014 a million = 7.50.
    const stack = stackOf({ stream: { mode: "provisioned", shards: 4 } });
    const month = { hours: 744, number: 1 };
    const items = monthlyItems(stack, trafficOf(100, 35 * KIB), prices, optionsOf({ month }));
    assert.equal(cents(items)["kinesis.shardHour"], "44.64");
    assert.equal(cents(items)["kinesis.putUnit"], "7.50");
    const units = items.find(({ id }) => id === "kinesis.putUnit");
    assert.equal(units?.quantity, 535.68);
  });

  it("rounds up each record of an on-demand stream to 1 KB, as the pricing page says for 4.5 KB", () => {
    const items = monthlyItems(stackOf(), trafficOf(1, 4.5 * KIB), prices, optionsOf());
    const records = 730 * 3600;
    const dataIn = items.find(({ id }) => id === "kinesis.onDemandIn");
    assert.equal(dataIn?.quantity, (records * 5 * KIB) / GIB);
    const out = items.find(({ id }) => id === "kinesis.onDemandOut");
    assert.equal(out?.quantity, (records * 4.5 * KIB) / GIB);
  });

  it("bills extended and long-term retention in both capacity modes", () => {
    const retentionHours = 10 * 24;
    const traffic = trafficOf(1024, KIB);
    const onDemand = monthlyItems(
      stackOf({ stream: { retentionHours } }),
      traffic,
      prices,
      optionsOf(),
    );
    // 1 MiB/s: 84.375 GB a day, 6 days of them extended and 3 long-term.
    const quantities = Object.fromEntries(onDemand.map(({ id, quantity }) => [id, quantity]));
    const gigabytes = (1024 * KIB * 86_400) / GIB;
    assert.ok(near(quantities["kinesis.onDemandExtendedRetention"], gigabytes * 6));
    assert.ok(near(quantities["kinesis.longTermRetention"], gigabytes * 3));
    const stream = { retentionHours, mode: "provisioned", shards: 2 } as const;
    const provisioned = monthlyItems(stackOf({ stream }), traffic, prices, optionsOf());
    assert.equal(
      cents(provisioned)["kinesis.extendedRetentionShardHour"],
      (1460 * 0.02).toFixed(2),
    );
    assert.ok(cents(provisioned)["kinesis.longTermRetention"]);
  });

  it("counts calls of KMS for each object without an S3 Bucket Key, and few with one", () => {
    const requests = (encryption: "key" | "bucket key" | "none") => {
      const stack = stackOf({ output: { encryption, bufferSeconds: 60 } });
      const items = monthlyItems(stack, trafficOf(100, KIB), prices, optionsOf());
      return items.find(({ id }) => id === "kms.request")?.quantity;
    };
    assert.equal(requests("none"), undefined);
    assert.ok(near(requests("key"), (730 * 3600) / 60.01 / 10_000));
    assert.ok(near(requests("bucket key"), (730 * 12) / 10_000));
  });

  it("bills invocations of a function by its buffers, and its duration only if it is known", () => {
    const transformation = { name: "f", bufferBytes: MIB, bufferSeconds: 60, memoryMiB: 512 };
    const stack = stackOf({ stream: null, delivery: { function: transformation } });
    const traffic = trafficOf(2048, KIB);
    const unknown = monthlyItems(stack, traffic, prices, optionsOf());
    assert.equal(cents(unknown)["lambda.duration"], "unknown");
    // Two buffers of 1 MiB a second.
    const invocations = unknown.find(({ id }) => id === "lambda.request")?.quantity;
    assert.ok(near(invocations, (2 * 730 * 3600) / 1e6));
    const known = monthlyItems(stack, traffic, prices, optionsOf({ functionMs: 200 }));
    const duration = known.find(({ id }) => id === "lambda.duration")?.quantity;
    assert.ok(near(duration, 2 * 730 * 3600 * 0.2 * 0.5));
  });

  it("is a lower bound where a price is unknown", () => {
    const elsewhere = new RegionPrices("eu-central-1", builtIn);
    const result = estimate(stackOf(), trafficOf(10, KIB), elsewhere, optionsOf(), now);
    assert.equal(result.total.amount, 0);
    assert.equal(result.total.unknown, result.items.length);
    assert.equal(result.capacity[0]?.cheaper, null);
    assert.equal(result.rounding.aggregated.saves, null);
    const own = {
      ...builtIn[0],
      id: "firehose.ingest",
      region: "eu-central-1",
      price: 0.031,
    } as const;
    const some = new RegionPrices("eu-central-1", [
      ...builtIn,
      { ...own, source: "x", date: "2026-01-01", confidence: "C" },
    ]);
    const partly = estimate(stackOf(), trafficOf(10, KIB), some, optionsOf(), now);
    assert.ok(partly.total.amount > 0);
    assert.equal(partly.total.unknown, result.items.length - 1);
    // Its source is older than 180 days.
    assert.deepEqual(
      partly.stale.map(({ id }) => id),
      ["firehose.ingest"],
    );
  });

  it("grows with the stored data, until they expire", () => {
    const ages = [{ storageClass: "STANDARD", from: 0, to: 30 }];
    const stored = (number: number, more = {}) => {
      const options = optionsOf({ month: { hours: 730, number } });
      const items = monthlyItems(stackOf({ output: more }), trafficOf(1024, KIB), prices, options);
      return items.find(({ id }) => id === "s3.standard")?.quantity ?? 0;
    };
    const monthly = (1024 * KIB * 730 * 3600) / GIB;
    assert.ok(near(stored(1), monthly / 2));
    assert.ok(near(stored(12), monthly * 11.5));
    assert.ok(near(stored(3, { ages }), (monthly * 30) / (730 / 24)));
    assert.equal(stored(3, { ages }), stored(12, { ages }));
  });

  it("moves objects of at least 128 KB between storage classes, and bills the moves", () => {
    const ages = [
      { storageClass: "STANDARD", from: 0, to: 30 },
      { storageClass: "GLACIER_IR", from: 30, to: Infinity },
    ];
    const items = (rate: number) =>
      cents(
        monthlyItems(
          stackOf({ output: { ages } }),
          trafficOf(rate, KIB),
          prices,
          optionsOf({ month: { hours: 720, number: 2 } }),
        ),
      );
    const large = items(1024);
    // 2,531.25 GB a month: half a month of them in Standard and half in Glacier on average.
    assert.equal(large["s3.standard"], (2531.25 * 0.023).toFixed(2));
    assert.equal(large["s3.glacierIr"], (2531.25 * 0.5 * 0.004).toFixed(2));
    assert.ok(Number(large["s3.transitionGlacierIr"]) > 0);
    const small = items(0.1);
    assert.equal(small["s3.glacierIr"], undefined);
    assert.ok(small["s3.standard"]);
  });
});

function near(value: number | null | undefined, expected: number): boolean {
  return value !== null && value !== undefined && Math.abs(value / expected - 1) < 1e-9;
}
