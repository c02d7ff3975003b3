import assert from "node:assert/strict";
import { MINUTE } from "../../../aws/cloudwatch/metricStore";
import { featureAlarms } from "../../../components/alarms/featureAlarms";
import { resourcesOfType, type ResourceGraph } from "../../../engine/graph/resourceGraph";
import { Monitoring } from "../../../local/monitoring/monitoring";
import { metricAlarm, resultOf } from "../support/alarms";
import {
  callFailed,
  errorLogged,
  kinesisPut,
  kinesisRead,
  objectDelivered,
  recordsRead,
} from "../support/deliveryEvents";
import { graphOf } from "../support/graph";
import { pipelineGraph } from "../support/pipelineGraph";

const DAY_MINUTES = 24 * 60;

/** A pipeline with a buffer interval of 5 minutes: its deliveryStalled has periods of 15 minutes. */
let graph: ResourceGraph;

/** The names that the engine generated for it. */
let streamName: string;
let deliveryStream: string;

function nameOf(type: string): string {
  const [resource] = resourcesOfType(graph, type);
  const name = resource?.outputs["name"];
  assert.ok(typeof name === "string");
  return name;
}

/** Every minute records arrive and are read; every 5 minutes they are delivered, or the put fails. */
function traffic(monitoring: Monitoring, from: number, to: number, delivers: boolean): void {
  for (let minute = from; minute < to; minute += 1) {
    const at = minute * MINUTE + 1000;
    monitoring.onKinesis(kinesisPut({ streamName, at }));
    monitoring.onKinesis(kinesisRead({ streamName, at }));
    monitoring.onDelivery(recordsRead({ deliveryStream, at }));
    if (minute % 5 !== 4) continue;
    monitoring.onDelivery(
      delivers
        ? objectDelivered({ deliveryStream, at, oldestArrival: at - 4 * MINUTE })
        : callFailed("PutObject", "AccessDenied", at, deliveryStream),
    );
  }
}

/** The alarms of the component that have fired, with the minute, without mere conditions. */
function fired(monitoring: Monitoring, minutes: number): Record<string, number> {
  const results = monitoring.alarms(minutes * MINUTE).filter(({ isCondition }) => !isCondition);
  assert.equal(results.length, 12);
  return Object.fromEntries(
    results.flatMap(({ resource }) => {
      const { firedAt } = resultOf(results, resource);
      return firedAt === undefined ? [] : [[resource.replace("events-", ""), firedAt / MINUTE]];
    }),
  );
}

describe("Monitoring", () => {
  before(async () => {
    graph = await pipelineGraph({ delivery: { bufferIntervalSeconds: 300 } });
    streamName = nameOf("aws:kinesis/stream:Stream");
    deliveryStream = nameOf("aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream");
  });

  it("fires none of the component's alarms on a healthy day or on an idle day after it", () => {
    const monitoring = new Monitoring(graph);
    traffic(monitoring, 0, DAY_MINUTES, true);
    const evening = monitoring.alarms(DAY_MINUTES * MINUTE);
    for (const alarm of ["data-freshness", "delivery-success", "behind-latest", "iterator-age"])
      assert.equal(resultOf(evening, `events-${alarm}`).state, "OK", alarm);
    assert.deepEqual(fired(monitoring, 2 * DAY_MINUTES), {});
  });

  it("fires deliveryStalled when records arrive for two periods and no record is delivered", () => {
    const monitoring = new Monitoring(graph);
    traffic(monitoring, 0, 60, true);
    traffic(monitoring, 60, 120, false);
    assert.equal(fired(monitoring, 119)["delivery-stalled"], 90);
    const fine = new Monitoring(graph);
    traffic(fine, 0, 60, true);
    traffic(fine, 60, 89, false);
    assert.equal(fired(fine, 89)["delivery-stalled"], undefined);
  });

  it("fires deliverySuccess after three periods of failed writes, and deliveryErrors after one line", () => {
    const monitoring = new Monitoring(graph);
    traffic(monitoring, 0, 60, true);
    monitoring.onDelivery(errorLogged(60 * MINUTE));
    traffic(monitoring, 60, 80, false);
    assert.deepEqual(fired(monitoring, 80), { "delivery-errors": 61, "delivery-success": 75 });
  });

  it("fires the throttling alarms for producers, readers and delivery", () => {
    const throttled = { errorCode: "ProvisionedThroughputExceededException" };
    const monitoring = new Monitoring(graph);
    for (let at = 0; at < 60 * MINUTE; at += MINUTE) {
      monitoring.onKinesis(kinesisPut({ streamName, at, throttledRecords: 1, failedRecords: 1 }));
      monitoring.onKinesis(kinesisRead({ streamName, at, ...throttled }));
      monitoring.onDelivery(callFailed("GetRecords", throttled.errorCode, at, deliveryStream));
      monitoring.onDelivery(objectDelivered({ deliveryStream, at }));
    }
    assert.deepEqual(Object.keys(fired(monitoring, 60)).sort(), [
      "data-freshness",
      "get-records-success",
      "put-records-failed",
      "reads-throttled",
      "source-throttled",
      "writes-throttled",
    ]);
  });

  it("fires behindLatest and iteratorAge when readers are far behind", () => {
    const monitoring = new Monitoring(graph);
    const week = 7 * 24 * 3_600_000;
    for (let at = 0; at < 30 * MINUTE; at += MINUTE) {
      monitoring.onKinesis(kinesisRead({ streamName, at, iteratorAge: week }));
      monitoring.onDelivery(recordsRead({ deliveryStream, at, millisBehindLatest: week }));
    }
    assert.deepEqual(Object.keys(fired(monitoring, 30)).sort(), ["behind-latest", "iterator-age"]);
  });

  it("reports within seconds which alarms would fire if the failure lasted", () => {
    const monitoring = new Monitoring(graph);
    monitoring.onDelivery(callFailed("PutObject", "AccessDenied", 5000, deliveryStream));
    monitoring.onDelivery(errorLogged(5000));
    const results = monitoring.alarms(10_000);
    const success = resultOf(results, "events-delivery-success");
    assert.deepEqual([success.wouldHaveFired, success.firesAfterSeconds], [false, 50 + 600]);
    assert.equal(resultOf(results, "events-delivery-errors").firedAt, MINUTE);
  });

  it("returns the same results however often they are queried in between", () => {
    const queried = new Monitoring(graph);
    const notQueried = new Monitoring(graph);
    for (let minute = 0; minute < 60; minute += 1) {
      traffic(queried, minute, minute + 1, minute < 10);
      traffic(notQueried, minute, minute + 1, minute < 10);
      queried.alarms((minute + 0.5) * MINUTE);
    }
    assert.deepEqual(queried.snapshot(60 * MINUTE), notQueried.snapshot(60 * MINUTE));
  });

  it("evaluates every alarm on a feature that the component declares", async () => {
    const tableArn = "arn:aws:glue:us-east-1:123456789012:table/lake/orders";
    const functionArn = "arn:aws:lambda:us-east-1:123456789012:function:clean";
    const features = await pipelineGraph({
      delivery: { bufferSizeMiB: 64 },
      ...{ partitioning: { keys: { customer: ".customer" } }, transform: { functionArn } },
      ...{ conversion: { tableArn }, backup: { enabled: true } },
    });
    const results = new Monitoring(features).alarms(0);
    const reasons = results.map((one) => ("notEvaluated" in one ? one.notEvaluated : undefined));
    assert.deepEqual([...new Set(reasons)], [undefined]);
    // Those that every pipeline has, and the definitions of the features.
    assert.equal(
      results.filter(({ isCondition }) => !isCondition).length,
      12 + Object.keys(featureAlarms).length,
    );
  });

  it("remembers an alarm that fired before the data that are kept", () => {
    const monitoring = new Monitoring(graphOf(metricAlarm("alarm", { evaluationPeriods: 1 })));
    monitoring.onDelivery(callFailed("PutObject", "AccessDenied", 0));
    for (let minute = 1; minute < 4 * DAY_MINUTES; minute += 1)
      monitoring.onDelivery(objectDelivered({ at: minute * MINUTE }));
    const result = resultOf(monitoring.alarms(4 * DAY_MINUTES * MINUTE), "alarm");
    assert.deepEqual([result.firedAt, result.state], [MINUTE, "OK"]);
  });

  it("keeps the newest 1000 lines of the error log, and counts all lines", () => {
    const monitoring = new Monitoring(graph);
    for (let at = 0; at < 1200; at += 1) monitoring.onDelivery(errorLogged(at, `line ${at}`));
    const { count, lines } = monitoring.errorLog;
    assert.deepEqual([count, lines.length], [1200, 1000]);
    assert.deepEqual(lines[0], {
      at: 200,
      logGroupName: "/aws/kinesisfirehose/events-test",
      logStreamName: "DestinationDelivery",
      message: "line 200",
    });
  });

  it("returns a snapshot of metrics, alarms and error log", () => {
    const monitoring = new Monitoring(graphOf(metricAlarm("alarm")));
    monitoring.onDelivery(errorLogged(7, "{}"));
    const logs = { namespace: "AWS/Logs" };
    const dimensions = { LogGroupName: "/aws/kinesisfirehose/events-test" };
    const minute = (value: number) => [{ at: 0, count: 1, sum: value, min: value, max: value }];
    const name = "alarm";
    assert.deepEqual(JSON.parse(JSON.stringify(monitoring.snapshot(60_000))), {
      at: 60_000,
      metrics: [
        { ...logs, name: "IncomingLogEvents", dimensions, minutes: minute(1), unit: "None" },
        { ...logs, name: "IncomingBytes", dimensions, minutes: minute(2), unit: "Bytes" },
      ],
      alarms: [
        {
          ...{ name, resource: name, isCondition: false, wouldHaveFired: false },
          state: "INSUFFICIENT_DATA",
          transitions: [],
        },
      ],
      errorLog: {
        count: 1,
        lines: [
          {
            at: 7,
            logGroupName: "/aws/kinesisfirehose/events-test",
            logStreamName: "DestinationDelivery",
            message: "{}",
          },
        ],
      },
    });
  });
});
