import { UNKNOWN, asList, readValue } from "../../reading/value";
import { streamType } from "../../resourceTypes";
import { resourceRule } from "../../rule/resourceRule";
import { listOf } from "../../settings/setting";

const path = "shardLevelMetrics";

export const kinesisStreamsHaveShardLevelMetrics = resourceRule({
  name: "kinesis-streams-have-shard-level-metrics",
  title: "Kinesis streams have shard-level metrics",
  description:
    "Every Kinesis data stream publishes the shard-level metrics required by the config.",
  severity: "low",
  level: "advisory",
  references: { wellArchitected: ["operational-excellence"] },
  remediationSteps: "Add the missing metrics to shardLevelMetrics.",
  url: "https://docs.aws.amazon.com/streams/latest/dev/monitoring-with-cloudwatch.html",
  types: [streamType],
  settings: {
    requiredMetrics: listOf({
      of: "metrics",
      matching:
        /^(Incoming(Bytes|Records)|Outgoing(Bytes|Records)|(Read|Write)ProvisionedThroughputExceeded|IteratorAgeMilliseconds)$/,
      defaultValue: [],
      description:
        "Shard-level metrics that every stream must publish. Empty by default: CloudWatch charges for each metric of each shard.",
    }),
  },
  evaluate({ props }, verdict, { requiredMetrics }) {
    const published = asList(readValue(props, path));
    if (published.includes("ALL")) return;
    const missing = requiredMetrics.filter((metric) => !published.includes(metric));
    if (missing.length === 0) return;
    if (published.includes(UNKNOWN)) verdict.undecided(path);
    else
      verdict.violation(`${path} does not contain ${missing.join(", ")}: add the missing metrics.`);
  },
});
