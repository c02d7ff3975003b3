"use strict";
const {
  readValue,
  resourceRule,
  resourceTypes,
  rules,
  stackRule,
  UNKNOWN,
  wholeNumber,
} = require("@streamlake/policy/rules");

/** A rule on one resource, with a setting: maxShards in config/<stack>.json. */
const streamsAreSmall = resourceRule({
  name: "acme-streams-are-small",
  title: "Streams have a limited number of shards",
  description: "A provisioned Kinesis stream has at most as many shards as the config allows.",
  severity: "medium",
  references: { wellArchitected: ["cost-optimization"] },
  remediationSteps: "Lower shardCount, or agree with the platform team on a higher maxShards.",
  url: "https://docs.aws.amazon.com/streams/latest/dev/how-do-i-size-a-stream.html",
  types: [resourceTypes.streamType],
  settings: {
    maxShards: wholeNumber({ minimum: 1, maximum: 10000 }, 8, "Maximum number of shards."),
  },
  evaluate({ props }, verdict, { maxShards }) {
    const shards = readValue(props, "shardCount");
    if (shards === UNKNOWN) verdict.undecided("shardCount");
    else if (typeof shards === "number" && shards > maxShards)
      verdict.violation(`shardCount must be at most ${maxShards}: lower it.`);
  },
});

const alarmType = "aws:cloudwatch/metricAlarm:MetricAlarm";

/** A rule on the relations between resources: it evaluates each delivery stream in its stack. */
const deliveryStreamsHaveAlarms = stackRule({
  name: "acme-delivery-streams-have-alarms",
  title: "Delivery streams have an alarm",
  description: "At least one CloudWatch alarm watches each delivery stream.",
  severity: "high",
  references: { wellArchitected: ["reliability"] },
  remediationSteps: "Add a MetricAlarm with the dimension DeliveryStreamName.",
  url: "https://docs.aws.amazon.com/firehose/latest/dev/firehose-cloudwatch-metrics-best-practices.html",
  types: [resourceTypes.deliveryStreamType],
  evaluate({ props }, verdict, _, stack) {
    const name = readValue(props, "name");
    const watched = stack
      .ofTypes([alarmType])
      .map((alarm) => readValue(alarm.props, "dimensions.DeliveryStreamName"));
    if (name !== UNKNOWN && watched.includes(name)) return;
    if (watched.includes(UNKNOWN) || (name === UNKNOWN && watched.length > 0))
      verdict.undecided("the name that an alarm watches");
    else verdict.violation("No alarm watches the delivery stream: add one.");
  },
});

// All rules of @streamlake/policy but one: in this organization, another team archives the data.
const shared = rules.filter(({ name }) => name !== "s3-buckets-have-lifecycle");

module.exports = { rules: [...shared, streamsAreSmall, deliveryStreamsHaveAlarms] };
