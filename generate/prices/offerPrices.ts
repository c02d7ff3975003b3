import { z } from "zod";
import type { Price, PriceTier } from "../../local/estimate/prices/priceFile";
import { type PriceId, priceMeters } from "../../local/estimate/prices/priceIds";

/** Where AWS's price list has a price. */
interface ListedPrice {
  /** Code of the price list of a service. */
  readonly offer: string;
  /** Usage type, without the prefix of a region (`USE1-`, `us-east-1-`). */
  readonly usageType: string;
  /** Further attributes of the product, where several have the usage type. */
  readonly attributes?: Readonly<Record<string, string>>;
}

function listed(offer: string, usageTypes: Partial<Record<PriceId, string>>) {
  return Object.fromEntries(
    Object.entries(usageTypes).map(([id, usageType]) => [id, { offer, usageType }]),
  ) as Partial<Record<PriceId, ListedPrice>>;
}

/**
 * The price list of each price. That of a CloudWatch dashboard is on the pricing page only.
 *
 * Source: usage types of AWS's Cost and Usage Reports.
 */
export const listedPrices: Partial<Readonly<Record<PriceId, ListedPrice>>> = {
  ...listed("AmazonKinesis", {
    "kinesis.shardHour": "Storage-ShardHour",
    "kinesis.putUnit": "PutRequestPayloadUnits",
    "kinesis.extendedRetentionShardHour": "Extended-ShardHour",
    "kinesis.onDemandStreamHour": "OnDemand-StreamHour",
    "kinesis.onDemandIn": "OnDemand-BilledIncomingBytes",
    "kinesis.onDemandOut": "OnDemand-BilledOutgoingBytes",
    "kinesis.onDemandExtendedRetention": "OnDemand-ExtendedRetention-ByteHrs",
    "kinesis.longTermRetention": "LongTermRetention-ByteHrs",
  }),
  ...listed("AmazonKinesisFirehose", {
    "firehose.ingest": "StreamsSourceBilledBytes",
    "firehose.conversion": "DFCBilledBytes",
    "firehose.decompression": "DecompressionDecompressedBytes",
    "firehose.partitionedData": "DPBytesDelivered",
    "firehose.partitionedObject": "S3DeliveryObjectCount",
    "firehose.jqHour": "MetadataProcessingDuration",
  }),
  ...listed("AmazonS3", {
    "s3.intelligentTiering": "TimedStorage-INT-FA-ByteHrs",
    "s3.intelligentTieringObject": "Monitoring-Automation-INT",
    "s3.standardIa": "TimedStorage-SIA-ByteHrs",
    "s3.oneZoneIa": "TimedStorage-ZIA-ByteHrs",
    "s3.glacierIr": "TimedStorage-GIR-ByteHrs",
    "s3.glacier": "TimedStorage-GlacierByteHrs",
    "s3.deepArchive": "TimedStorage-GDA-ByteHrs",
    "s3.put": "Requests-Tier1",
    "s3.get": "Requests-Tier2",
  }),
  "s3.standard": {
    offer: "AmazonS3",
    usageType: "TimedStorage-ByteHrs",
    attributes: { volumeType: "Standard" },
  },
  ...listed("awskms", { "kms.key": "KMS-Keys", "kms.request": "KMS-Requests" }),
  ...listed("AmazonCloudWatch", {
    "cloudwatch.alarm": "CW:AlarmMonitorUsage",
    "cloudwatch.compositeAlarm": "CW:CompositeAlarmMonitorUsage",
    "cloudwatch.metric": "CW:MetricMonitorUsage",
    "cloudwatch.logIn": "DataProcessing-Bytes",
    "cloudwatch.logStorage": "TimedStorage-ByteHrs",
  }),
  ...listed("AWSLambda", { "lambda.request": "Request", "lambda.duration": "Lambda-GB-Second" }),
  ...listed("AmazonAthena", { "athena.scan": "DataScannedInTB" }),
};

export function offerUrl(offer: string, region: string): string {
  return `https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/${offer}/current/${region}/index.json`;
}

const dimension = z.object({
  beginRange: z.string(),
  endRange: z.string(),
  pricePerUnit: z.record(z.string(), z.string()),
});

/** Source: AWS Billing User Guide, "Reading the service price list file for an AWS service". */
const offerFile = z.object({
  offerCode: z.string(),
  publicationDate: z.string(),
  products: z.record(z.string(), z.object({ attributes: z.record(z.string(), z.string()) })),
  terms: z.object({
    OnDemand: z.record(
      z.string(),
      z.record(z.string(), z.object({ priceDimensions: z.record(z.string(), dimension) })),
    ),
  }),
});

/** What a price list has of the prices of an estimate. */
export interface OfferPrices {
  readonly prices: readonly Price[];
  /** Prices that it lacks or has several of, which stay as they are. */
  readonly unclear: readonly string[];
}

/**
 * Reads the prices of a region from a price list of AWS.
 *
 * @throws Error if it is not one
 */
export function offerPrices(content: unknown, region: string): OfferPrices {
  const { offerCode, publicationDate, products, terms } = offerFile.parse(content);
  const prices: Price[] = [];
  const unclear: string[] = [];
  for (const [name, place] of Object.entries(listedPrices)) {
    if (place.offer !== offerCode) continue;
    const id = name as PriceId;
    const found = new Map<string, Price["price"]>();
    for (const [sku, { attributes }] of Object.entries(products)) {
      if (!isProduct(attributes, place)) continue;
      for (const { priceDimensions } of Object.values(terms.OnDemand[sku] ?? {})) {
        const price = priceIn(Object.values(priceDimensions), priceMeters[id].per);
        if (price !== undefined) found.set(JSON.stringify(price), price);
      }
    }
    const [only, ...others] = found.values();
    if (only === undefined || others.length > 0)
      unclear.push(`${id}: ${found.size} prices of ${place.usageType}`);
    else
      prices.push({
        ...{ id, region, price: only, source: offerUrl(offerCode, region) },
        date: publicationDate.slice(0, "2026-01-01".length),
        confidence: "A",
      });
  }
  return { prices, unclear };
}

const regionPrefix = /^(?:[A-Z]{2,4}\d?-|[a-z]{2}(?:-[a-z]+)+-\d-)/;

function isProduct(
  attributes: Readonly<Record<string, string>>,
  { usageType, attributes: further = {} }: ListedPrice,
): boolean {
  const found = attributes["usagetype"] ?? "";
  return (
    (found === usageType || found.replace(regionPrefix, "") === usageType) &&
    Object.entries(further).every(([name, value]) => attributes[name] === value)
  );
}

/** @param per how many units of the list one unit of the meter is */
function priceIn(
  dimensions: readonly z.infer<typeof dimension>[],
  per: number,
): Price["price"] | undefined {
  const tiers = dimensions
    .map(({ beginRange, endRange, pricePerUnit }) => ({
      from: Number(beginRange),
      to: Number(endRange === "Inf" ? Infinity : endRange),
      price: Number((Number(pricePerUnit["USD"]) * per).toPrecision(10)),
    }))
    .sort((one, other) => one.from - other.from);
  const [first] = tiers;
  if (first === undefined || tiers.some(({ price }) => Number.isNaN(price))) return undefined;
  if (tiers.length === 1) return first.price;
  return tiers.map(({ to, price }): PriceTier =>
    to === Infinity ? { price } : { upTo: to / per, price },
  );
}

/** The prices of a file with those of a price list in place of older ones. */
export function mergedPrices(old: readonly Price[], found: readonly Price[]): readonly Price[] {
  const keyOf = ({ id, region }: Price): string => `${region} ${id}`;
  const merged = new Map([...old, ...found].map((price) => [keyOf(price), price]));
  return [...merged.values()];
}
