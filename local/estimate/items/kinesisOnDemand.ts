import type { EntryFlow } from "../flows";
import type { Usage } from "../lineItem";
import { type BilledMonth, GIB, KIB, meanSteps } from "../traffic";
import { longTermGigabyteMonths, retainedGigabyteMonths } from "./retention";

/**
 * The stream of an entry in on-demand mode. Each record is rounded up to 1 KB.
 *
 * Source: Kinesis Data Streams pricing page. Whether Firehose's reads are billed as data out is not
 * documented; they are counted.
 */
export function onDemandUsage(flow: EntryFlow, month: BilledMonth): readonly Usage[] {
  const { entry, traffic, records, gigabytes } = flow;
  const resource = entry.name;
  const billed = (records * meanSteps(traffic.sizes, KIB) * KIB) / GIB;
  const retentionHours = entry.stream?.retentionHours ?? 24;
  const extended = retainedGigabyteMonths(billed, retentionHours, month);
  const longTerm = longTermGigabyteMonths(billed, retentionHours, month);
  return [
    { id: "kinesis.onDemandStreamHour", resource, count: month.hours, basis: "all hours" },
    {
      ...{ id: "kinesis.onDemandIn", resource, count: billed },
      basis: "records, each rounded up to 1 KB",
    },
    {
      ...{ id: "kinesis.onDemandOut", resource, count: gigabytes * entry.deliveries.length },
      basis: `data; delivery streams that read them: ${entry.deliveries.length}`,
    },
    ...(extended > 0
      ? [
          {
            ...({ id: "kinesis.onDemandExtendedRetention", resource, count: extended } as const),
            basis: "data kept after 24 hours, up to 7 days",
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
