import type { PolicyResource } from "@pulumi/policy";
import { anyOf, type Decision, type Properties, readEach, UNKNOWN } from "../../reading/value";
import { deliveryStreamType, metricAlarmType } from "../../resourceTypes";
import { stackRule } from "../../rule/stackRule";
import { haveSameTarget, deliveryStreams, type Link } from "../../stack/link";
import type { Stack } from "../../stack/stack";
import { hasProcessor } from "./recordProcessing";
import { convertsFormat, partitionsDynamically } from "./s3Configurations";

interface WatchedFeature {
  readonly what: string;
  readonly isUsed: (props: Properties) => Decision;
  /** Metrics that show its failures, one of which an alarm watches. */
  readonly metrics: readonly string[];
}

/** Source: Firehose Developer Guide, "Monitor Amazon Data Firehose Using CloudWatch Metrics". */
const features: readonly WatchedFeature[] = [
  {
    what: "dynamic partitioning",
    isUsed: partitionsDynamically,
    metrics: ["PartitionCountExceeded", "PartitionCount"],
  },
  {
    what: "format conversion",
    isUsed: convertsFormat,
    metrics: [
      ...["FailedConversion.Records", "FailedConversion.Bytes"],
      ...["SucceedConversion.Records", "SucceedConversion.Bytes"],
    ],
  },
  {
    what: "transformation",
    isUsed: (props) => hasProcessor(props, "Lambda"),
    metrics: ["ExecuteProcessing.Success", "SucceedProcessing.Records", "SucceedProcessing.Bytes"],
  },
];

export const firehoseFeaturesHaveAlarms = stackRule({
  name: "firehose-features-have-alarms",
  title: "Features of delivery streams have alarms",
  description:
    "Every delivery stream with dynamic partitioning, format conversion or transformation has an alarm on a metric of that feature.",
  severity: "low",
  level: "advisory",
  references: { wellArchitected: ["operational-excellence", "reliability"] },
  remediationSteps:
    "Declare a CloudWatch alarm on the metric of the feature, in the namespace AWS/Firehose with the dimension DeliveryStreamName: records that fail are only under the error prefix.",
  url: "https://docs.aws.amazon.com/firehose/latest/dev/monitoring-with-cloudwatch-metrics.html",
  types: [deliveryStreamType],
  evaluate(deliveryStream, verdict, _, stack) {
    const used = features.filter(({ isUsed }) => isUsed(deliveryStream.props) !== false);
    if (used.length === 0) {
      verdict.inapplicable("the delivery stream has no feature with metrics of its own");
      return;
    }
    const watched = metricsOf(deliveryStream, stack);
    for (const { what, isUsed, metrics } of used) {
      const isWatched = anyOf(watched.map(({ metric, is }) => has(metrics, metric, is)));
      if (isWatched === true) continue;
      if (isUsed(deliveryStream.props) === UNKNOWN) verdict.undecided(`the use of ${what}`);
      else if (isWatched === UNKNOWN) verdict.undecided("the metric of an alarm");
      else {
        verdict.violation(
          `No alarm watches ${metrics[0] ?? ""} of the delivery stream, with which ${what} reports failures: add one.`,
        );
      }
    }
  },
});

interface WatchedMetric {
  readonly metric: unknown;
  /** Whether it is a metric of the delivery stream. */
  readonly is: Decision;
}

function has(metrics: readonly string[], metric: unknown, is: Decision): Decision {
  if (metric === UNKNOWN) return is === false ? false : UNKNOWN;
  return metrics.some((one) => one === metric) && is;
}

/** The metrics of all alarms, in one form: one of the alarm itself, or several in an expression. */
function metricsOf(deliveryStream: PolicyResource, stack: Stack): readonly WatchedMetric[] {
  const target: Link = { kind: "declared", resource: deliveryStream };
  return stack.ofTypes([metricAlarmType]).flatMap((alarm) =>
    ["", "metricQueries.metric."].flatMap((start) => {
      const path = `${start}dimensions.DeliveryStreamName`;
      const is = anyOf(
        stack.links(alarm, path, deliveryStreams).map((link) => haveSameTarget(link, target)),
      );
      return readEach(alarm.props, `${start}metricName`).map((metric) => ({ metric, is }));
    }),
  );
}
