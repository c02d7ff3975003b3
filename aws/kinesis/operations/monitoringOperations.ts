import { arnOf, type Operation, operation, streamMembers, streamOf } from "./operation";
import { list, required, string } from "../../requestShape";

/** API of EnableEnhancedMonitoring. */
const shardLevelMetrics = [
  "IncomingBytes",
  "IncomingRecords",
  "OutgoingBytes",
  "OutgoingRecords",
  "WriteProvisionedThroughputExceeded",
  "ReadProvisionedThroughputExceeded",
  "IteratorAgeMilliseconds",
];

type Change = (current: readonly string[], named: readonly string[]) => readonly string[];

/** Which metrics are enabled is described; metrics are those of the stream. */
function changeMonitoring(change: Change): Operation {
  return operation(
    {
      ...streamMembers,
      ShardLevelMetrics: required(
        list(string({ values: [...shardLevelMetrics, "ALL"] }), { min: 1, max: 7 }),
      ),
    },
    async (input, context) => {
      const stream = streamOf(input, context);
      const { ShardLevelMetrics: listed } = input;
      const named = listed.includes("ALL") ? shardLevelMetrics : listed;
      let [before, after]: (readonly string[])[] = [[], []];
      await stream.update((settings) => {
        before = settings.shardLevelMetrics;
        const chosen = change(before, named);
        after = shardLevelMetrics.filter((metric) => chosen.includes(metric));
        return { shardLevelMetrics: after };
      });
      return {
        StreamName: stream.id.name,
        StreamARN: arnOf(stream),
        CurrentShardLevelMetrics: before,
        DesiredShardLevelMetrics: after,
      };
    },
  );
}

export const monitoringOperations: Readonly<Record<string, Operation>> = {
  EnableEnhancedMonitoring: changeMonitoring((current, named) => [...current, ...named]),
  DisableEnhancedMonitoring: changeMonitoring((current, named) =>
    current.filter((metric) => !named.includes(metric)),
  ),
};
