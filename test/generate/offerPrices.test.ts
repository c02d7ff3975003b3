import assert from "node:assert/strict";
import { mergedPrices, offerPrices } from "../../generate/prices/offerPrices";
import type { Price } from "../../local/estimate/prices/priceFile";

/** A product of a price list, in the shape of AWS's files. */
interface Listed {
  readonly usagetype: string;
  readonly operation?: string;
  readonly tiers: readonly (readonly [begin: string, end: string, usd: string])[];
}

function offerFile(offerCode: string, listed: readonly Listed[]): unknown {
  const skus = listed.map((product, index) => [`SKU${index}`, product] as const);
  return {
    formatVersion: "v1.0",
    disclaimer: "This pricing list is for informational purposes only.",
    offerCode,
    version: "20261030164017",
    publicationDate: "2026-10-30T16:40:17Z",
    products: Object.fromEntries(
      skus.map(([sku, { usagetype, operation = "" }]) => [
        sku,
        {
          sku,
          productFamily: "Kinesis Firehose",
          attributes: { servicecode: offerCode, regionCode: "us-east-1", usagetype, operation },
        },
      ]),
    ),
    terms: {
      OnDemand: Object.fromEntries(
        skus.map(([sku, { tiers }]) => [
          sku,
          {
            [`${sku}.JRTCKXETXF`]: {
              offerTermCode: "JRTCKXETXF",
              sku,
              effectiveDate: "2026-10-01T00:00:00Z",
              priceDimensions: Object.fromEntries(
                tiers.map(([beginRange, endRange, usd], index) => [
                  `${sku}.JRTCKXETXF.${index}`,
                  {
                    rateCode: `${sku}.JRTCKXETXF.${index}`,
                    description: `$${usd} per GB`,
                    ...{ beginRange, endRange, unit: "GB", pricePerUnit: { USD: usd } },
                    appliesTo: [],
                  },
                ]),
              ),
              termAttributes: {},
            },
          },
        ]),
      ),
    },
    attributesList: {},
  };
}

const whole = (usd: string): Listed["tiers"] => [["0", "Inf", usd]];

describe("offerPrices", () => {
  it("reads tiers and unit prices of Firehose, with source and date", () => {
    const tiers = [
      ["512000", "2048000", "0.0250000000"],
      ["0", "512000", "0.0290000000"],
      ["2048000", "Inf", "0.0200000000"],
    ] as const;
    const { prices, unclear } = offerPrices(
      offerFile("AmazonKinesisFirehose", [
        { usagetype: "USE1-StreamsSourceBilledBytes", operation: "PutRecord", tiers },
        { usagetype: "USE1-BilledBytes", tiers: whole("9") },
        { usagetype: "USE1-DFCBilledBytes", tiers: whole("0.0180000000") },
        { usagetype: "USE1-S3DeliveryObjectCount", tiers: whole("0.0000050000") },
      ]),
      "us-east-1",
    );
    const found = new Map(prices.map((price) => [price.id, price]));
    assert.deepEqual(found.get("firehose.ingest"), {
      id: "firehose.ingest",
      region: "us-east-1",
      price: [{ upTo: 512_000, price: 0.029 }, { upTo: 2_048_000, price: 0.025 }, { price: 0.02 }],
      source:
        "https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/AmazonKinesisFirehose/current/us-east-1/index.json",
      date: "2026-10-30",
      confidence: "A",
    });
    assert.equal(found.get("firehose.partitionedObject")?.price, 0.005);
    assert.equal(found.get("firehose.conversion")?.price, 0.018);
    assert.ok(unclear.includes("firehose.jqHour: 0 prices of MetadataProcessingDuration"));
  });

  it("recognizes usage types with and without the prefix of a region, and no longer ones", () => {
    const { prices, unclear } = offerPrices(
      offerFile("AmazonKinesis", [
        { usagetype: "Storage-ShardHour", tiers: whole("0.0150000000") },
        { usagetype: "APN1-PutRequestPayloadUnits", tiers: whole("0.0000000215") },
        { usagetype: "OnDemand-BilledIncomingBytes", tiers: whole("0.08") },
        { usagetype: "Advantage-OnDemand-BilledIncomingBytes", tiers: whole("0.032") },
        { usagetype: "OnDemand-BilledOutgoingBytes", tiers: whole("0.04") },
        { usagetype: "USE1-OnDemand-BilledOutgoingBytes", tiers: whole("0.05") },
      ]),
      "us-east-1",
    );
    assert.deepEqual(
      prices.map(({ id, price }) => [id, price]),
      [
        ["kinesis.shardHour", 0.015],
        ["kinesis.putUnit", 0.0215],
        ["kinesis.onDemandIn", 0.08],
      ],
    );
    assert.ok(unclear.includes("kinesis.onDemandOut: 2 prices of OnDemand-BilledOutgoingBytes"));
    const kms = offerFile("awskms", [
      { usagetype: "us-east-1-KMS-Requests", tiers: whole("0.0000030000") },
    ]);
    assert.equal(offerPrices(kms, "us-east-1").prices[0]?.price, 0.03);
  });

  it("rejects what is not a price list", () => {
    assert.throws(() => offerPrices({ offers: {} }, "us-east-1"), /offerCode/);
  });

  it("replaces prices of the same region, and keeps all others", () => {
    const old = {
      id: "s3.put",
      price: 1,
      source: "x",
      date: "2026-01-01",
      confidence: "D",
    } as const;
    const prices: readonly Price[] = [
      { ...old, region: "us-east-1" },
      { ...old, region: "eu-west-1" },
    ];
    const merged = mergedPrices(prices, [{ ...old, region: "us-east-1", price: 2 }]);
    assert.deepEqual(
      merged.map(({ region, price }) => [region, price]),
      [
        ["us-east-1", 2],
        ["eu-west-1", 1],
      ],
    );
  });
});
