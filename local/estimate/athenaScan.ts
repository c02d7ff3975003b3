import type { EntryFlow, EstimateOptions } from "./flows";
import { lineItem } from "./lineItem";
import type { RegionPrices } from "./prices/regionPrices";
import { GIB, MIB } from "./traffic";

/** What one Athena query over all columns of a day costs. Not a part of the month. */
export interface AthenaScan {
  readonly deliveryStream: string;
  readonly objects: number;
  readonly gigabytes: number;
  /** USD; null if the price is unknown. */
  readonly scan: number | null;
  /** At least one GET request for each object. */
  readonly requests: number | null;
  /** The same data in objects of 128 MiB. */
  readonly requestsOfLargeObjects: number | null;
}

/** Athena bills at least this much of a query. Source: Athena pricing page. */
const leastScanned = 10 * MIB;
const largeObject = 128 * MIB;

export function athenaScans(
  { deliveries }: EntryFlow,
  prices: RegionPrices,
  { month }: EstimateOptions,
): readonly AthenaScan[] {
  const days = month.hours / 24;
  return deliveries.flatMap(({ delivery, outputs }) =>
    outputs
      .filter(({ output }) => output.kind === "records")
      .map((flow) => {
        const gigabytes = flow.storedGigabytes / days;
        const objects = flow.objects / days;
        const cost = (id: "athena.scan" | "s3.get", count: number) =>
          lineItem({ id, resource: delivery.name, count, basis: "" }, prices).amount;
        return {
          deliveryStream: delivery.name,
          objects,
          gigabytes,
          scan: cost("athena.scan", Math.max(gigabytes, leastScanned / GIB) / 1024),
          requests: cost("s3.get", objects),
          requestsOfLargeObjects: cost(
            "s3.get",
            Math.min(objects, (gigabytes * GIB) / largeObject),
          ),
        };
      }),
  );
}
