import type { EntryFlow } from "../flows";
import type { Usage } from "../lineItem";
import { type BilledMonth, KIB, meanSteps } from "../traffic";
import { longTermGigabyteMonths } from "./retention";

/** A put payload unit. Source: Kinesis Data Streams pricing page. */
const unitBytes = 25 * KIB;

/**
 * The stream of an entry in provisioned mode. Reads are free.
 *
 * Source: Kinesis Data Streams pricing page.
 *
 * @param shards which may differ from what the stack declares, for a comparison
 */
export function provisionedUsage(
  { entry, traffic, records, gigabytes }: EntryFlow,
  month: BilledMonth,
  shards: number,
): readonly Usage[] {
  const resource = entry.name;
  const retentionHours = entry.stream?.retentionHours ?? 24;
  const longTerm = longTermGigabyteMonths(gigabytes, retentionHours, month);
  const shardHours = shards * month.hours;
  return [
    {
      ...{ id: "kinesis.shardHour", resource, count: shardHours },
      basis: `all hours; shards: ${shards}`,
    },
    {
      id: "kinesis.putUnit",
      resource,
      count: records * meanSteps(traffic.sizes, unitBytes),
      basis: "one for each 25 KB of a record",
    },
    ...(retentionHours > 24
      ? [
          {
            ...({ id: "kinesis.extendedRetentionShardHour", resource, count: shardHours } as const),
            basis: `all hours, with a retention above 24 hours; shards: ${shards}`,
          },
        ]
      : []),
    ...(longTerm > 0
      ? [
          {
            ...({ id: "kinesis.longTermRetention", resource, count: longTerm } as const),
            basis: "data kept after 7 days",
          },
        ]
      : []),
  ];
}
