import assert from "node:assert/strict";
import * as sns from "@pulumi/aws/sns";
import * as pulumi from "@pulumi/pulumi";
import { alarmDescription } from "../../../components/alarms/alarmDefinition";
import {
  alarmDefinitions,
  type AlarmName,
  alarmNames,
  alarmsWith,
} from "../../../components/alarms/alarmDefinitions";
import { DeliveryPipeline, type DeliveryPipelineArgs } from "../../../components/index";
import { type Recorded, record, type Recording } from "../../support/record";
import { features } from "../support/features";
import { component, existing, pipeline } from "../support/recordedPipeline";

const metricAlarm = "aws:cloudwatch/metricAlarm:MetricAlarm";
const compositeAlarm = "aws:cloudwatch/compositeAlarm:CompositeAlarm";
const dashboard = "aws:cloudwatch/dashboard:Dashboard";
const onCall = "arn:aws:sns:eu-central-1:123456789012:on-call";
const allClear = "arn:aws:sns:eu-central-1:123456789012:all-clear";

const preview = (args?: DeliveryPipelineArgs) =>
  record(() => new DeliveryPipeline("events", args), { preview: true });

const alarmsOf = ({ resources }: Recording): readonly Recorded[] =>
  resources.filter(({ type }) => type === metricAlarm || type === compositeAlarm);

const namesOf = (all: Recording): string[] =>
  alarmsOf(all)
    .map(({ name }) => name)
    .sort();

/** Args with each feature that has alarms, so that there are all alarms. */
const everyFeature = {
  ...features.partitioning,
  ...features.transform,
  ...features.conversion,
  ...features.backup,
} satisfies DeliveryPipelineArgs;

/** The alarms of a pipeline without features. */
const ordinary = alarmsWith([]);

const later = <T>(value: T) => pulumi.output(Promise.resolve(value));

/** The body of the dashboard. */
interface Body {
  readonly widgets: readonly {
    readonly type: string;
    readonly properties: {
      readonly alarms?: readonly string[];
      readonly annotations?: { readonly horizontal: readonly { label: string; value: number }[] };
    };
  }[];
}

const bodyOf = (all: Recording) => all.document(dashboard, "events", "dashboardBody") as Body;

const linesOf = (all: Recording): Record<string, number> =>
  Object.fromEntries(
    bodyOf(all)
      .widgets.flatMap(({ properties }) => properties.annotations?.horizontal ?? [])
      .map(({ label, value }) => [label, value]),
  );

describe("the alarms of DeliveryPipeline", () => {
  let all: Recording;
  let withFeatures: Recording;
  before(async () => {
    [all, withFeatures] = [await pipeline(), await pipeline(everyFeature)];
  });

  it("fires if the slowest reader is behind by more than half of the retention period", () => {
    assert.deepEqual(all.one(metricAlarm, "events-iterator-age").inputs, {
      alarmDescription:
        "Fires when the slowest reader of the stream is so far behind that records may expire " +
        "unread. If Firehose is behind, its own alarms show the cause; otherwise another consumer " +
        "is behind. To gain time, raise stream.retentionHours, which also applies to existing " +
        "records. To look into it: npx streamlake diagnose --stack test",
      namespace: "AWS/Kinesis",
      metricName: "GetRecords.IteratorAgeMilliseconds",
      dimensions: { StreamName: "events" },
      statistic: "Maximum",
      period: 60,
      evaluationPeriods: 15,
      comparisonOperator: "GreaterThanThreshold",
      threshold: 84 * 3_600_000,
      treatMissingData: "ignore",
      alarmActions: [],
      okActions: [],
      tags: {},
    });
  });

  it("adds up the metrics of throttled calls, where a metric without data counts as 0", () => {
    const { inputs } = all.one(metricAlarm, "events-source-throttled");
    const query = (id: string, metricName: string) => ({
      id,
      metric: {
        namespace: "AWS/Firehose",
        metricName,
        dimensions: { DeliveryStreamName: "events" },
        stat: "Sum",
        period: 900,
      },
    });
    assert.deepEqual(inputs["metricQueries"], [
      query("m0", "ThrottledGetRecords"),
      query("m1", "ThrottledGetShardIterator"),
      query("m2", "ThrottledDescribeStream"),
      {
        id: "sum",
        expression: "FILL(m0, 0) + FILL(m1, 0) + FILL(m2, 0)",
        label: "ThrottledGetRecords + ThrottledGetShardIterator + ThrottledDescribeStream",
        returnData: true,
      },
    ]);
    // CloudWatch takes either queries or one metric.
    for (const input of ["metricName", "namespace", "period", "statistic", "dimensions"])
      assert.ok(!(input in inputs), input);
  });

  it("detects a stalled delivery: records arrive, and nothing is delivered", () => {
    assert.deepEqual(all.one(compositeAlarm).inputs, {
      alarmName: "events-test-delivery-stalled",
      alarmDescription: alarmDescription(alarmDefinitions.deliveryStalled, "test"),
      alarmRule:
        'ALARM("events-delivery-stalled-records-arrive") AND ' +
        'ALARM("events-delivery-stalled-nothing-delivered")',
      alarmActions: [],
      okActions: [],
      tags: {},
    });
    const half = (name: string) => {
      const { inputs } = all.one(metricAlarm, `events-delivery-stalled-${name}`);
      const [query] = inputs["metricQueries"] as {
        metric: { metricName: string; period: number };
      }[];
      const { comparisonOperator, threshold, evaluationPeriods, treatMissingData } = inputs;
      return [
        query?.metric.metricName,
        query?.metric.period,
        comparisonOperator,
        threshold,
        evaluationPeriods,
        treatMissingData,
      ];
    };
    assert.deepEqual(
      [half("records-arrive"), half("nothing-delivered")],
      [
        ["IncomingRecords", 900, "GreaterThanThreshold", 0, 2, "notBreaching"],
        ["DeliveryToS3.Records", 900, "LessThanThreshold", 1, 2, "breaching"],
      ],
    );
  });

  it("evaluates only metrics of this pipeline", () => {
    const dimensions: Readonly<Record<string, object>> = {
      "AWS/Kinesis": { StreamName: "events" },
      "AWS/Firehose": { DeliveryStreamName: "events" },
      "AWS/Logs": { LogGroupName: "/aws/kinesisfirehose/events-test" },
    };
    const metricAlarms = alarmsOf(all).filter(({ type }) => type === metricAlarm);
    assert.equal(metricAlarms.length, 13);
    for (const { name, inputs } of metricAlarms) {
      const queries = (inputs["metricQueries"] ?? [{ metric: inputs }]) as {
        metric?: { namespace: string; dimensions: object };
      }[];
      for (const { metric } of queries)
        if (metric) assert.deepEqual(metric.dimensions, dimensions[metric.namespace], name);
    }
  });

  it("outputs the ARNs of alarms by their names in the settings", () => {
    const namesIn = (recording: Recording) =>
      Object.keys(recording.outputs(component)["alarmArns"] as object).sort();
    assert.equal(ordinary.length, 12);
    assert.deepEqual(namesIn(all), [...ordinary].sort());
    assert.deepEqual(namesIn(withFeatures), [...alarmNames].sort());
    const arns = all.outputs(component)["alarmArns"] as Record<AlarmName, string>;
    const arn = "arn:aws:cloudwatch:eu-central-1:123456789012:alarm:events";
    assert.equal(arns.dataFreshness, `${arn}-data-freshness`);
    assert.equal(arns.deliveryStalled, `${arn}-delivery-stalled`);
  });

  it("shows alarms and their thresholds on the dashboard", () => {
    for (const [recording, names] of [
      [all, ordinary],
      [withFeatures, alarmNames],
    ] as const) {
      const arns = recording.outputs(component)["alarmArns"] as Record<AlarmName, string>;
      const states = bodyOf(recording).widgets.find(({ type }) => type === "alarm");
      assert.deepEqual([...(states?.properties.alarms ?? [])].sort(), Object.values(arns).sort());
      const lines = linesOf(recording);
      assert.deepEqual(Object.keys(lines).sort(), [...names].sort());
      for (const { name, inputs } of alarmsOf(recording)) {
        const alarm = alarmNames.find((candidate) => name === `events-${kebab(candidate)}`);
        if (alarm && alarm !== "deliveryStalled") assert.equal(lines[alarm], inputs["threshold"]);
      }
    }
  });

  it("shows the capacity of provisioned shards on the dashboard", async () => {
    const provisioned = await pipeline({ stream: { shardCount: 4 } });
    assert.equal(linesOf(provisioned)["capacity of the shards"], 4000);
  });

  it("declares the same alarms in a preview, where ARNs are unknown", async () => {
    const previewed = await preview();
    assert.deepEqual(namesOf(previewed), namesOf(all));
    for (const { type, name, inputs } of alarmsOf(all))
      assert.deepEqual(previewed.one(type, name).inputs, inputs, name);
  });

  it("computes thresholds from retention and buffering, known or not", async () => {
    const chosen = await pipeline({
      stream: { retentionHours: later(24) },
      delivery: { bufferIntervalSeconds: later(900) },
    });
    const inputs = (alarm: string) => chosen.one(metricAlarm, `events-${alarm}`).inputs;
    assert.equal(inputs("iterator-age")["threshold"], 12 * 3_600_000);
    assert.equal(inputs("behind-latest")["threshold"], 6 * 3_600_000);
    assert.equal(inputs("data-freshness")["threshold"], 1800);
    const stalled = JSON.stringify(inputs("delivery-stalled-nothing-delivered"));
    assert.match(stalled, /"period":1500/);
    assert.equal(linesOf(chosen)["dataFreshness"], 1800);
  });

  it("assumes 24 hours of retention for an existing stream", async () => {
    const { streamArn } = existing;
    const { inputs } = (await pipeline({ existing: { streamArn } })).one(
      metricAlarm,
      "events-iterator-age",
    );
    assert.equal(inputs["threshold"], 12 * 3_600_000);
    assert.deepEqual(inputs["dimensions"], { StreamName: "user-events-stream" });
  });

  it("runs the actions of the settings, but none for the two conditions of one alarm", async () => {
    const called = await pipeline({
      alarms: { actionArns: [onCall], okActionArns: later([allClear]) },
      tags: { team: "growth" },
    });
    for (const { name, inputs } of alarmsOf(called)) {
      const half = /records-arrive|nothing-delivered/.test(name);
      assert.deepEqual(inputs["alarmActions"], half ? undefined : [onCall], name);
      assert.deepEqual(inputs["okActions"], half ? undefined : [allClear], name);
      assert.deepEqual(inputs["tags"], { team: "growth" }, name);
    }
  });

  for (const alarm of alarmNames)
    it(`can disable all alarms but ${alarm}`, async () => {
      const off = alarmNames.filter((other) => other !== alarm);
      const switches = Object.fromEntries(off.map((other) => [other, { enabled: false }]));
      const single = await pipeline({ ...everyFeature, alarms: switches });
      const own = new RegExp(`^events-${kebab(alarm)}(-records-arrive|-nothing-delivered)?$`);
      assert.deepEqual(
        namesOf(single),
        namesOf(withFeatures).filter((name) => own.test(name)),
      );
      assert.deepEqual(Object.keys(single.outputs(component)["alarmArns"] as object), [alarm]);
      assert.deepEqual(Object.keys(linesOf(single)), [alarm]);
    });

  it("applies threshold and periods of the settings to each alarm", async () => {
    // Below the retention period of a week, beyond which an age is never seen.
    const threshold = (alarm: AlarmName) =>
      Math.min(alarmDefinitions[alarm].thresholdRange.max, 500_000_000);
    const periods = (alarm: AlarmName) => 20 + alarmNames.indexOf(alarm);
    const adjusted = await pipeline({
      ...everyFeature,
      alarms: Object.fromEntries(
        alarmNames.map((alarm) => [
          alarm,
          { threshold: threshold(alarm), evaluationPeriods: periods(alarm) },
        ]),
      ),
    });
    const lines = linesOf(adjusted);
    for (const alarm of alarmNames) {
      const half = alarm === "deliveryStalled" ? "-records-arrive" : "";
      const { inputs } = adjusted.one(metricAlarm, `events-${kebab(alarm)}${half}`);
      assert.deepEqual(
        [inputs["threshold"], inputs["evaluationPeriods"], lines[alarm]],
        [threshold(alarm), periods(alarm), threshold(alarm)],
        alarm,
      );
    }
  });

  it("accepts thresholds that are known only after deployment", async () => {
    const adjusted = await pipeline({
      alarms: { deliveryErrors: { threshold: later(3), evaluationPeriods: later(2) } },
    });
    const { inputs } = adjusted.one(metricAlarm, "events-delivery-errors");
    assert.deepEqual([inputs["threshold"], inputs["evaluationPeriods"]], [3, 2]);
    assert.equal(linesOf(adjusted)["deliveryErrors"], 3);
  });

  it("evaluates both conditions of a stalled delivery over the same periods", async () => {
    const adjusted = await pipeline({ alarms: { deliveryStalled: { evaluationPeriods: 4 } } });
    const { inputs } = adjusted.one(metricAlarm, "events-delivery-stalled-nothing-delivered");
    assert.deepEqual([inputs["threshold"], inputs["evaluationPeriods"]], [1, 4]);
  });

  it("can disable all alarms and keep the dashboard", async () => {
    const none = await pipeline({ alarms: { enabled: false } });
    assert.deepEqual(alarmsOf(none), []);
    assert.deepEqual(none.outputs(component)["alarmArns"], {});
    assert.deepEqual(linesOf(none), {});
    assert.ok(bodyOf(none).widgets.every(({ type }) => type !== "alarm"));
  });

  it("can disable the dashboard and keep the alarms", async () => {
    const without = await pipeline({ alarms: { dashboard: false } });
    assert.ok(without.resources.every(({ type }) => type !== dashboard));
    assert.equal(without.outputs(component)["dashboardName"], "");
    assert.deepEqual(namesOf(without), namesOf(all));
  });
});

describe("alarms that notify nobody", () => {
  const warning = (alarms: string) =>
    `warn: events: ${alarms} nobody. Set alarms.actionArns to the ARN of an SNS topic, or alarms.enabled to false.`;

  it("are reported once in a preview, with the setting that changes it", async () => {
    assert.deepEqual((await preview()).logged, [warning("12 alarms notify")]);
    const others = alarmNames.filter((name) => name !== "dataFreshness");
    const off = Object.fromEntries(others.map((name) => [name, { enabled: false }]));
    assert.deepEqual((await preview({ alarms: off })).logged, [warning("1 alarm notifies")]);
  });

  it("are reported if the list is an Output that is known to be empty", async () => {
    const { logged } = await preview({ alarms: { actionArns: later<string[]>([]) } });
    assert.deepEqual(logged, [warning("12 alarms notify")]);
  });

  it("are not reported again by the update after the preview", async () => {
    assert.deepEqual((await pipeline()).logged, []);
  });

  const notSilent: readonly (readonly [string, DeliveryPipelineArgs["alarms"]])[] = [
    ["with an action", { actionArns: [onCall] }],
    ["that are off", { enabled: false }],
    [
      "that are all off one by one",
      Object.fromEntries(alarmNames.map((name) => [name, { enabled: false }])),
    ],
  ];
  for (const [what, alarms = {}] of notSilent)
    it(`are not reported among alarms ${what}`, async () => {
      assert.deepEqual((await preview({ alarms })).logged, []);
    });

  it("are not reported while it is unknown whether there are actions", async () => {
    const { logged } = await record(
      () => {
        const { arn } = new sns.Topic("on-call");
        const actionArns = arn.apply((known) => [known]);
        new DeliveryPipeline("events", { alarms: { actionArns } });
      },
      { preview: true },
    );
    assert.deepEqual(logged, []);
  });
});

function kebab(alarm: AlarmName): string {
  return alarm.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
