import type { Usage } from "../lineItem";
import type { CostItem } from "./costItem";

/** Alarms, dashboards, log groups and enhanced metrics. Metrics of Firehose and of streams are free. */
export const cloudWatch: CostItem = ({ stack, flows }) => {
  const { metrics, composite } = stack.alarms;
  const shardMetrics = flows.reduce(
    (sum, { entry, shards }) => sum + (entry.stream?.shardLevelMetrics ?? 0) * shards,
    0,
  );
  const usage: readonly Usage[] = [
    { id: "cloudwatch.alarm", resource: "", count: metrics, basis: "metrics of the alarms" },
    { id: "cloudwatch.compositeAlarm", resource: "", count: composite, basis: "composite alarms" },
    { id: "cloudwatch.dashboard", resource: "", count: stack.dashboards, basis: "dashboards" },
    {
      ...{ id: "cloudwatch.metric", resource: "", count: shardMetrics },
      basis: "enhanced metrics of each shard",
    },
  ];
  const logs: readonly Usage[] = [
    { id: "cloudwatch.logIn", resource: "", count: 0, basis: "errors only: none are assumed" },
  ];
  return [...usage.filter(({ count }) => count !== 0), ...(stack.logGroups > 0 ? logs : [])];
};
