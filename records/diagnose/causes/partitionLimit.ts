import type { Cause } from "../finding";
import { above0 } from "../metrics";
import { moment, settingFix } from "../words";

/**
 * More partitions are active than the delivery stream may have; the others' records fail.
 *
 * Source: Amazon Data Firehose Developer Guide, "Monitor dynamic partitioning" and "Quotas".
 */
export const partitionLimit: Cause<"metrics"> = {
  name: "partition-limit",
  about: "more partitions are active than the quota allows",
  needs: ["metrics"],
  fine: () => undefined,
  examine: ({ metrics, at }, place) => {
    const last = above0(metrics, "partitionsExceeded").at(-1);
    if (last === undefined) return [];
    return [
      {
        cause: "partition-limit",
        title: "More partitions are active than the delivery stream may have",
        evidence: [`PartitionCountExceeded was 1 at ${moment(last.at, at)}; the quota is 500`],
        fix: [
          { step: "Use keys with fewer values, or request a higher quota of active partitions." },
          ...settingFix(place, "partitioning.keys"),
        ],
        explains: ["DynamicPartitioning.ActivePartitionsLimitExceeded"],
      },
    ];
  },
};
