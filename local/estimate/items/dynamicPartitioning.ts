import type { Usage } from "../lineItem";
import type { CostItem } from "./costItem";

/**
 * The three meters of dynamic partitioning: delivered data, delivered objects and, with jq, its duration.
 *
 * Source: Firehose pricing page.
 */
export const dynamicPartitioning: CostItem = ({ flows, options: { jqHours } }) =>
  flows
    .flatMap(({ deliveries }) => deliveries)
    .filter(({ delivery }) => delivery.partitions)
    .flatMap(({ delivery, outputs }): readonly Usage[] => {
      const resource = delivery.name;
      const records = outputs.filter(({ output }) => output.kind === "records");
      return [
        ...records.flatMap(({ dataGigabytes, objects }): readonly Usage[] => [
          {
            ...{ id: "firehose.partitionedData", resource, count: dataGigabytes },
            basis: "data, before compression",
          },
          {
            ...{ id: "firehose.partitionedObject", resource, count: objects },
            basis: "objects of all partitions",
          },
        ]),
        ...(delivery.usesJq
          ? [
              {
                id: "firehose.jqHour",
                resource,
                count: jqHours ?? null,
                basis:
                  jqHours === undefined
                    ? "unknown; --jq-hours has the sum of JQProcessing.Duration"
                    : "--jq-hours",
              } as const,
            ]
          : []),
      ];
    });
