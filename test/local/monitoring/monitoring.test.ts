import assert from "node:assert/strict";
import { MINUTE } from "../../../aws/cloudwatch/metricStore";
import { Monitoring } from "../../../local/monitoring/monitoring";
import { resourcesOfType, type ResourceGraph } from "../../../engine/graph/resourceGraph";
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

/** A pipeline that buffers for five minutes: its deliveryStalled counts in periods of 15. */
let graph: ResourceGraph;

/** The names that the engine made up for it. */
let streamName: string;
let deliveryStream: string;

function nameOf(type: string): string {
  const [resource] = resourcesOfType(graph, type);
  const name = resource?.outputs["name"];
  assert.ok(typeof name === "string");
  return name;
}

/** Records come and are read every minute; every five minutes they are delivered, or fail to be. */
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

/** The alarms of the component that have fired, with the minute, but for mere conditions. */
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

describe("monitoring", () => {
  before(async () => {
    graph = await pipelineGraph({ delivery: { bufferIntervalSeconds: 300 } });
    streamName = nameOf("aws:kinesis/stream:Stream");
    deliveryStream = nameOf("aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream");
  });

  it("fires none of the component's alarms on a healthy day, nor on a silent one after it", () => {
    const monitoring = new Monitoring(graph);
    traffic(monitoring, 0, DAY_MINUTES, true);
    const evening = monitoring.alarms(DAY_MINUTES * MINUTE);
    for (const alarm of ["data-freshness", "delivery-success", "behind-latest", "iterator-age"])
      assert.equal(resultOf(evening, `events-${alarm}`).state, "OK", alarm);
    assert.deepEqual(fired(monitoring, 2 * DAY_MINUTES), {});
  });

  it("fires deliveryStalled when for two periods records arrive and none is delivered", () => {
    const monitoring = new Monitoring(graph);
    traffic(monitoring, 0, 60, true);
    traffic(monitoring, 60, 120, false);
    assert.equal(fired(monitoring, 119)["delivery-stalled"], 90);
    const fine = new Monitoring(graph);
    traffic(fine, 0, 60, true);
    traffic(fine, 60, 89, false);
    assert.equal(fired(fine, 89)["delivery-stalled"], undefined);
  });

  it("fires deliverySuccess when writes fail for three periods, and deliveryErrors by a line", () => {
    const monitoring = new Monitoring(graph);
    traffic(monitoring, 0, 60, true);
    monitoring.onDelivery(errorLogged(60 * MINUTE));
    traffic(monitoring, 60, 80, false);
    assert.deepEqual(fired(monitoring, 80), { "delivery-errors": 61, "delivery-success": 75 });
  });

  it("fires on throttled producers, readers and delivery", () => {
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

  it("fires when readers are far behind", () => {
    const monitoring = new Monitoring(graph);
    const week = 7 * 24 * 3_600_000;
    for (let at = 0; at < 30 * MINUTE; at += MINUTE) {
      monitoring.onKinesis(kinesisRead({ streamName, at, iteratorAge: week }));
      monitoring.onDelivery(recordsRead({ deliveryStream, at, millisBehindLatest: week }));
    }
    assert.deepEqual(Object.keys(fired(monitoring, 30)).sort(), ["behind-latest", "iterator-age"]);
  });

  it("tells after seconds what would fire if it lasted", () => {
    const monitoring = new Monitoring(graph);
    monitoring.onDelivery(callFailed("PutObject", "AccessDenied", 5000, deliveryStream));
    monitoring.onDelivery(errorLogged(5000));
    const results = monitoring.alarms(10_000);
    const success = resultOf(results, "events-delivery-success");
    assert.deepEqual([success.wouldHaveFired, success.firesAfterSeconds], [false, 50 + 600]);
    assert.equal(resultOf(results, "events-delivery-errors").firedAt, MINUTE);
  });

  it("says the same however often it is asked in between", () => {
    const asked = new Monitoring(graph);
    const notAsked = new Monitoring(graph);
    for (let minute = 0; minute < 60; minute += 1) {
      traffic(asked, minute, minute + 1, minute < 10);
      traffic(notAsked, minute, minute + 1, minute < 10);
      asked.alarms((minute + 0.5) * MINUTE);
    }
    assert.deepEqual(asked.snapshot(60 * MINUTE), notAsked.snapshot(60 * MINUTE));
  });

  it("does not forget an alarm that fired before the data that are kept", () => {
    const monitoring = new Monitoring(graphOf(metricAlarm("alarm", { evaluationPeriods: 1 })));
    monitoring.onDelivery(callFailed("PutObject", "AccessDenied", 0));
    for (let minute = 1; minute < 4 * DAY_MINUTES; minute += 1)
      monitoring.onDelivery(objectDelivered({ at: minute * MINUTE }));
    const result = resultOf(monitoring.alarms(4 * DAY_MINUTES * MINUTE), "alarm");
    assert.deepEqual([result.firedAt, result.state], [MINUTE, "OK"]);
  });

  it("keeps the newest 1000 lines of the error log, and counts them all", () => {
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

  it("makes a document of all that is known", () => {
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
