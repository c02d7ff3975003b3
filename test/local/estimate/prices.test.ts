import assert from "node:assert/strict";
import { readPriceFile } from "../../../local/estimate/prices/priceFile";
import { priceIds } from "../../../local/estimate/prices/priceIds";
import { costOf, RegionPrices, stalePrices } from "../../../local/estimate/prices/regionPrices";
import { builtIn, prices } from "./support";

const entry = {
  id: "kinesis.shardHour",
  region: "us-east-1",
  unit: "shard-hour",
  price: 0.02,
  source: "our contract",
  date: "2026-11-01",
  confidence: "C",
};

function fileOf(...entries: readonly object[]): string {
  return JSON.stringify({ currency: "USD", prices: entries });
}

describe("prices", () => {
  it("are built in for all meters of us-east-1 but decompression, which is unknown", () => {
    const missing = priceIds.filter((id) => prices.find(id) === undefined);
    assert.deepEqual(missing, ["firehose.decompression"]);
    for (const { source, date } of builtIn) {
      assert.ok(source.length > 10);
      assert.match(date, /^\d{4}-\d\d-\d\d$/);
    }
  });

  it("are replaced and completed by those of a file", () => {
    const own = readPriceFile(
      fileOf(entry, { ...entry, region: "eu-west-1", price: 0.017 }),
      "own",
    );
    assert.equal(
      new RegionPrices("us-east-1", [...builtIn, ...own]).find("kinesis.shardHour")?.price,
      0.02,
    );
    assert.equal(
      new RegionPrices("eu-west-1", [...builtIn, ...own]).find("kinesis.shardHour")?.price,
      0.017,
    );
    assert.equal(new RegionPrices("eu-west-1", [...builtIn, ...own]).find("s3.put"), undefined);
  });

  it("of a file are rejected with all problems at once", () => {
    const bad = fileOf(
      { ...entry, unit: "hour" },
      { ...entry, id: "kinesis.shard" },
      { ...entry, region: "Virginia", date: "yesterday" },
      { ...entry, price: [{ price: 1 }, { upTo: 5, price: 2 }] },
      { ...entry, price: -1 },
    );
    assert.throws(
      () => readPriceFile(bad, "own.json"),
      ({ message }: Error) => {
        assert.match(message, /^own\.json is not a valid price file:\n/);
        assert.match(message, /prices\.0\.unit: it must be "shard-hour"/);
        assert.match(message, /prices\.1\.id: there is no such price/);
        assert.match(message, /prices\.2\.region: it must be a region, e\.g\. us-east-1/);
        assert.match(message, /prices\.2\.date/);
        assert.match(message, /prices\.3\.price/);
        assert.match(message, /prices\.4\.price/);
        return true;
      },
    );
    assert.throws(() => readPriceFile("{", "own.json"), /^Error: own\.json is not JSON/);
    assert.throws(
      () => readPriceFile(fileOf(entry, entry), "own"),
      /a second price for kinesis\.shardHour/,
    );
  });

  it("with tiers apply to the parts of a quantity in them", () => {
    const tiers = [{ upTo: 10, price: 3 }, { upTo: 20, price: 2 }, { price: 1 }];
    assert.equal(costOf(5, tiers), 15);
    assert.equal(costOf(10, tiers), 30);
    assert.equal(costOf(15, tiers), 40);
    assert.equal(costOf(25, tiers), 55);
  });

  it("are stale 180 days after their source", () => {
    const [price] = readPriceFile(fileOf(entry), "own");
    assert.ok(price);
    assert.deepEqual(stalePrices([price], new Date("2027-04-30T00:00:00Z")), []);
    assert.deepEqual(stalePrices([price], new Date("2027-05-01T00:00:00Z")), [price]);
  });
});
