import assert from "node:assert/strict";
import type { GraphResource, Properties } from "../../../../engine/graph/resourceGraph";
import { pageAlarms } from "../../../../cli/local/page/pageAlarms";
import { Monitoring } from "../../../../local/monitoring/monitoring";
import { compositeAlarm, metricAlarm } from "../../../local/support/alarms";
import { objectDelivered } from "../../../local/support/deliveryEvents";
import { graphOf, resourceOf } from "../../../local/support/graph";

const noon = Date.parse("2026-03-01T12:00:00Z");

/** The alarms of these resources, ten minutes after an object was delivered. */
function shown(...resources: readonly GraphResource[]) {
  const monitoring = new Monitoring(graphOf(...resources));
  monitoring.onDelivery(objectDelivered({ at: noon }));
  return pageAlarms(monitoring.declaredAlarms, monitoring.alarms(noon + 600_000));
}

function conditionOf(inputs: Properties): string | undefined {
  return shown(metricAlarm("alarm", inputs))[0]?.condition;
}

describe("pageAlarms", () => {
  it("reports what an alarm compares, its description, and since when it is in its state", () => {
    const alarm = metricAlarm("stalled", {
      alarmDescription: "Nothing is delivered.",
      treatMissingData: "breaching",
    });
    assert.deepEqual(shown(alarm), [
      {
        name: "stalled",
        state: "ALARM",
        since: noon + 240_000,
        condition: "DeliveryToS3.Records (Sum) < 1 in 1 period of 1 min",
        description: "Nothing is delivered.",
      },
    ]);
  });

  it("shows thresholds in units that people read", () => {
    const of = { comparisonOperator: "GreaterThanThreshold", period: 300, evaluationPeriods: 5 };
    const freshness = { metricName: "DeliveryToS3.DataFreshness", statistic: "Maximum" };
    assert.equal(
      conditionOf({ ...of, ...freshness, threshold: 900, datapointsToAlarm: 3 }),
      "DeliveryToS3.DataFreshness (Maximum) > 15 min in 3 of 5 periods of 5 min",
    );
    const conditions = [
      { metricName: "KinesisMillisBehindLatest", statistic: "Maximum", threshold: 43_200_000 },
      { metricName: "DeliveryToS3.Bytes", statistic: "Sum", threshold: 2_097_152 },
      { metricName: "DeliveryToS3.Success", statistic: "Average", threshold: 0.95 },
      { ...freshness, statistic: "SampleCount", threshold: 7 },
    ].map((inputs) => conditionOf({ ...of, ...inputs })?.split(" in ")[0]);
    assert.deepEqual(conditions, [
      "KinesisMillisBehindLatest (Maximum) > 12 h",
      "DeliveryToS3.Bytes (Sum) > 2.0 MiB",
      "DeliveryToS3.Success (Average) > 0.95",
      "DeliveryToS3.DataFreshness (SampleCount) > 7",
    ]);
  });

  it("names the metrics of an expression, and the alarms that another one combines", () => {
    const metric = (id: string, metricName: string) => ({
      id,
      metric: {
        ...{ namespace: "AWS/Firehose", metricName, stat: "Sum", period: 60 },
        dimensions: { DeliveryStreamName: "events" },
      },
    });
    const metricQueries = [
      metric("a", "DeliveryToS3.Records"),
      metric("b", "DeliveryToS3.Success"),
      { id: "c", expression: "b / a", returnData: true },
    ];
    const ratio = resourceOf("aws:cloudwatch/metricAlarm:MetricAlarm", "ratio", {
      ...{ comparisonOperator: "LessThanThreshold", threshold: 1, evaluationPeriods: 1 },
      ...{ alarmActions: ["arn:aws:sns:eu-central-1:123456789012:alerts"], metricQueries },
    });
    const conditions = shown(ratio, compositeAlarm("any", 'ALARM("ratio")')).map(
      ({ condition }) => condition,
    );
    assert.deepEqual(conditions, [
      "an expression of DeliveryToS3.Records and DeliveryToS3.Success < 1 in 1 period of 1 min",
      "combines ratio",
    ]);
  });

  it("gives the reason why an alarm is not evaluated, and no condition or time", () => {
    const [alarm] = shown(metricAlarm("odd", { period: 10 }));
    assert.equal(alarm?.state, "INSUFFICIENT_DATA");
    assert.match(alarm.note ?? "", /^not evaluated: /);
    assert.deepEqual([alarm.condition, alarm.since], [undefined, undefined]);
  });
});
