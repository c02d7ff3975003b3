import type { OutputFlow } from "../flows";
import type { Usage } from "../lineItem";
import type { PriceId } from "../prices/priceIds";
import { agesOfSize, daysStored, smallestMovedBytes, type StorageAge } from "../stack/lifecycle";
import type { BilledMonth } from "../traffic";
import type { CostItem } from "./costItem";

/** What objects cost as they are kept: by storage class, as the lifecycle of their bucket moves them. */
export const s3Storage: CostItem = ({ flows, options: { month } }) =>
  flows
    .flatMap(({ deliveries }) => deliveries.flatMap(({ outputs }) => outputs))
    .flatMap((flow) => storageOf(flow, month));

function storageOf(flow: OutputFlow, month: BilledMonth): readonly Usage[] {
  const { output, storedGigabytes, objects } = flow;
  const days = month.hours / 24;
  const period = [(month.number - 1) * days, month.number * days] as const;
  const ages = agesOfSize(output.ages, flow.storedBytes);
  return ages.flatMap((age): readonly Usage[] => {
    const classPrices = storageClasses[age.storageClass];
    const kept = daysStored(age, period) / days;
    if (kept <= 0) return [];
    const resource = resourceOf(flow);
    const stored: Usage = {
      id: classPrices?.storage ?? "s3.standard",
      resource,
      // A class that is unknown here has no price.
      count: classPrices === undefined ? null : storedGigabytes * kept,
      basis: `data of ${shownAge(age)}, in month ${month.number}`,
    };
    const monitored = age.storageClass === "INTELLIGENT_TIERING";
    return [
      stored,
      ...(monitored && flow.storedBytes >= smallestMovedBytes
        ? [
            {
              ...({ id: "s3.intelligentTieringObject", resource, count: objects * kept } as const),
              basis: "objects of at least 128 KB",
            },
          ]
        : []),
      ...(classPrices?.transition === undefined
        ? []
        : [
            {
              ...{ id: classPrices.transition, resource, count: moved(age, objects, period, days) },
              basis: `objects moved to ${age.storageClass}`,
            },
          ]),
    ];
  });
}

/** How many objects reach the age at which they are moved. */
function moved(
  { from }: StorageAge,
  objects: number,
  [begin, end]: readonly [number, number],
  days: number,
): number {
  return (objects * Math.max(0, Math.min(end - from, end - begin))) / days;
}

/** The bucket, and what is in it if that is not the records. */
export function resourceOf({ output }: OutputFlow): string {
  return output.kind === "records" ? output.bucket : `${output.bucket} (backup)`;
}

function shownAge({ from, to }: StorageAge): string {
  if (to === Infinity) return from === 0 ? "all ages" : `${from} days and more`;
  return `${from} to ${to} days`;
}

/** Source: S3 API, `StorageClass`. Without a transition, objects are written to it. */
const storageClasses: Readonly<
  Record<string, { readonly storage: PriceId; readonly transition?: PriceId }>
> = {
  STANDARD: { storage: "s3.standard" },
  INTELLIGENT_TIERING: {
    storage: "s3.intelligentTiering",
    transition: "s3.transitionIntelligentTiering",
  },
  STANDARD_IA: { storage: "s3.standardIa", transition: "s3.transitionStandardIa" },
  ONEZONE_IA: { storage: "s3.oneZoneIa", transition: "s3.transitionOneZoneIa" },
  GLACIER_IR: { storage: "s3.glacierIr", transition: "s3.transitionGlacierIr" },
  GLACIER: { storage: "s3.glacier", transition: "s3.transitionGlacier" },
  DEEP_ARCHIVE: { storage: "s3.deepArchive", transition: "s3.transitionDeepArchive" },
};
