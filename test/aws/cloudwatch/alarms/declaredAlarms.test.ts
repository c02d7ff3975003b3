import assert from "node:assert/strict";
import type { Alarm } from "../../../../aws/cloudwatch/alarms/alarm";
import { declaredAlarms } from "../../../../aws/cloudwatch/alarms/declaredAlarms";
import {
  type GraphResource,
  type PropertyValue,
  Secret,
  Unknown,
} from "../../../../engine/graph/resourceGraph";
import { compositeAlarm, metricAlarm } from "../../../local/support/alarms";
import { graphOf, resourceOf } from "../../../local/support/graph";
import { pipelineGraph } from "../../../local/support/pipelineGraph";

const alarmsOf = (...resources: readonly GraphResource[]) => declaredAlarms(graphOf(...resources));

/** Why an alarm is not evaluated. */
function reasonOf(...resources: readonly GraphResource[]): string | undefined {
  const alarm = alarmsOf(...resources).at(-1);
  return alarm?.kind === "unevaluated" ? alarm.reason : undefined;
}

const query = (id: string, changes: Record<string, PropertyValue> = {}) => ({
  id,
  metric: {
    namespace: "AWS/Kinesis",
    metricName: "IncomingRecords",
    dimensions: { StreamName: "events" },
    stat: "Sum",
    period: 300,
    ...changes,
  },
});

const math = (...metricQueries: readonly PropertyValue[]) =>
  metricAlarm("math", {
    metricQueries,
    ...{ namespace: null, metricName: null, dimensions: null, statistic: null, period: null },
  });

describe("declaredAlarms", () => {
  it("reads the metric of an alarm, its statistic and period, and when it fires", () => {
    const inputs = {
      name: "user-events-1a2b3c4",
      comparisonOperator: "GreaterThanOrEqualToThreshold",
      evaluationPeriods: 3,
      datapointsToAlarm: 2,
      treatMissingData: "ignore",
      threshold: new Secret(5),
    };
    assert.deepEqual(alarmsOf(metricAlarm("user-events", inputs)), [
      {
        kind: "metric",
        name: "user-events-1a2b3c4",
        resource: "user-events",
        isCondition: false,
        queries: {
          metric: {
            metric: {
              namespace: "AWS/Firehose",
              name: "DeliveryToS3.Records",
              dimensions: { DeliveryStreamName: "events" },
            },
            statistic: "Sum",
          },
        },
        watched: "metric",
        period: 60_000,
        comparison: "GreaterThanOrEqualToThreshold",
        threshold: 5,
        evaluationPeriods: 3,
        datapointsToAlarm: 2,
        missingData: "ignore",
      },
    ]);
  });

  it("requires every period to breach, and treats missing data as missing by default", () => {
    const [alarm] = alarmsOf(metricAlarm("plain", { evaluationPeriods: 4 }));
    assert.ok(alarm?.kind === "metric");
    assert.deepEqual([alarm.datapointsToAlarm, alarm.missingData], [4, "missing"]);
  });

  it("reads expressions of metrics and of other expressions", () => {
    const [alarm] = alarmsOf(
      math(
        query("m1"),
        { id: "double", expression: "m1 * 2" },
        { id: "more", expression: "double + 1", returnData: true },
      ),
    );
    assert.ok(alarm?.kind === "metric");
    assert.deepEqual([alarm.watched, alarm.period], ["more", 300_000]);
    assert.deepEqual(Object.keys(alarm.queries), ["m1", "double", "more"]);
  });

  it("excludes alarms that the stack only reads", () => {
    assert.deepEqual(alarmsOf({ ...metricAlarm("theirs"), external: true }), []);
    assert.deepEqual(alarmsOf(resourceOf("aws:sns/topic:Topic", "on-call", {})), []);
  });

  it("evaluates all alarms of the component, 12 of which are not only conditions", async () => {
    const alarms = declaredAlarms(await pipelineGraph());
    assert.deepEqual(
      alarms.filter(({ kind }) => kind === "unevaluated"),
      [],
    );
    assert.equal(alarms.filter(({ isCondition }) => !isCondition).length, 12);
    assert.deepEqual(
      alarms.filter(({ isCondition }) => isCondition).map(({ resource }) => resource),
      ["events-delivery-stalled-records-arrive", "events-delivery-stalled-nothing-delivered"],
    );
  });

  it("marks alarms as conditions if a composite alarm names them and they have no actions", () => {
    const onCall = "arn:aws:sns:us-east-1:123456789012:on-call";
    const alarms = alarmsOf(
      metricAlarm("silent"),
      metricAlarm("loud", { alarmActions: [onCall] }),
      metricAlarm("unknown", { alarmActions: new Unknown() }),
      metricAlarm("alone"),
      compositeAlarm("all", "ALARM(silent) AND ALARM(loud) AND ALARM(unknown)"),
    );
    const conditions = alarms.filter(({ isCondition }) => isCondition);
    assert.deepEqual(
      conditions.map(({ name }) => name),
      ["silent"],
    );
  });

  it("sorts alarms after those that they name, in whatever order they are declared", () => {
    const names = (alarms: readonly Alarm[]) => alarms.map(({ kind, name }) => `${kind} ${name}`);
    const alarms = alarmsOf(
      compositeAlarm("top", "ALARM(middle)"),
      compositeAlarm("middle", 'ALARM("metric-name")'),
      metricAlarm("metric", { name: "metric-name" }),
    );
    assert.deepEqual(names(alarms), ["metric metric-name", "composite middle", "composite top"]);
  });

  it("lists alarms that cannot be evaluated here, with the reason", () => {
    const reasons: Readonly<Record<string, GraphResource>> = {
      "metricName is 5xxErrors of AWS/S3 by BucketName, which is not available in the local run":
        metricAlarm("s3", {
          namespace: "AWS/S3",
          metricName: "5xxErrors",
          dimensions: { BucketName: "lake" },
        }),
      "metricName is DeliveryToS3.Records of AWS/Firehose, which is not available in the local run":
        metricAlarm("all", { dimensions: {} }),
      "extendedStatistic is not evaluated here; statistic is not set; supported: Average, Maximum, Minimum, SampleCount, Sum":
        metricAlarm("p99", { extendedStatistic: "p99", statistic: null }),
      "period is 10; supported: multiples of 60": metricAlarm("fast", { period: 10 }),
      "unit is Bytes, which has no data: AWS publishes Count": metricAlarm("unit", {
        unit: "Bytes",
      }),
      "evaluationPeriods: windows longer than a day are not supported": metricAlarm("long", {
        period: 86_400,
        evaluationPeriods: 2,
      }),
      "threshold is unknown until deployment": metricAlarm("later", {
        threshold: new Unknown(),
      }),
      "threshold is not set": metricAlarm("none", { threshold: null }),
      "comparisonOperator is LessThanLowerThreshold; supported: GreaterThanOrEqualToThreshold, GreaterThanThreshold, LessThanOrEqualToThreshold, LessThanThreshold":
        metricAlarm("band", { comparisonOperator: "LessThanLowerThreshold" }),
      "treatMissingData is nice; supported: breaching, ignore, missing, notBreaching": metricAlarm(
        "nice",
        { treatMissingData: "nice" },
      ),
      "metricQueries.1.expression is RATE(m1): RATE is not evaluated here": math(query("m1"), {
        id: "rate",
        expression: "RATE(m1)",
        returnData: true,
      }),
      "metricQueries set returnData on 0 queries; allowed: 1": math(query("m1"), query("m2")),
      "metricQueries have no id m3": math(query("m1"), {
        id: "sum",
        expression: "m1 + m3",
        returnData: true,
      }),
      "metricQueries have an expression that refers to itself (id sum)": math(query("m1"), {
        id: "sum",
        expression: "m1 + sum",
        returnData: true,
      }),
      "metricQueries have periods of 300 s and 60 s; allowed: one period": math(
        query("m1"),
        query("m2", { period: 60 }),
        { id: "sum", expression: "m1 + m2", returnData: true },
      ),
      "metricQueries do not use a metric": math({ id: "one", expression: "1" }),
      "metricQueries.0.accountId is not evaluated here": math({
        ...query("m1"),
        accountId: "210987654321",
      }),
      "AT_LEAST(1, ALARM, (a)): AT_LEAST is not evaluated here": compositeAlarm(
        "most",
        "AT_LEAST(1, ALARM, (a))",
      ),
      "alarmRule is unknown until deployment": resourceOf(
        "aws:cloudwatch/compositeAlarm:CompositeAlarm",
        "later",
        { alarmName: "later", alarmRule: new Unknown() },
      ),
      "its rule names alarms that are not evaluated here: theirs": compositeAlarm(
        "foreign",
        "ALARM(theirs)",
      ),
      "its rule names alarms that are not evaluated here: itself": compositeAlarm(
        "itself",
        "NOT ALARM(itself)",
      ),
    };
    for (const [reason, resource] of Object.entries(reasons))
      assert.equal(reasonOf(resource), reason);
  });

  it("hides secrets in the reasons of alarms that are not evaluated", () => {
    const rule = new Secret("ALARM(a) XOR ALARM(secret-name)");
    const composite = { ...compositeAlarm("hidden", ""), inputs: { alarmRule: rule } };
    assert.equal(reasonOf(composite), "[secret]: unexpected XOR after the end");
  });
});
