import assert from "node:assert/strict";
import pc from "picocolors";
import { MINUTE } from "../../../aws/cloudwatch/metricStore";
import { errorLogMessage } from "../../../aws/firehose/delivery/errorLogMessage";
import { monitoringReport } from "../../../cli/monitoring/monitoringReport";
import type { GraphResource } from "../../../engine/graph/resourceGraph";
import { Monitoring, type MonitoringSnapshot } from "../../../local/monitoring/monitoring";
import { compositeAlarm, metricAlarm } from "../../local/support/alarms";
import {
  callFailed,
  errorLogged,
  failedCall,
  kinesisPut,
  kinesisRead,
  objectDelivered,
  recordsRead,
} from "../../local/support/deliveryEvents";
import { graphOf } from "../../local/support/graph";
import { pipelineGraph } from "../../local/support/pipelineGraph";
import { assertSnapshot } from "../../support/snapshot";

const plain = pc.createColors(false);
const noon = Date.parse("2026-03-01T12:00:00Z");

const deliveryStream = {
  arn: "arn:aws:firehose:us-east-1:123456789012:deliverystream/events",
  bucketArn: "arn:aws:s3:::my-lake",
};

const denied = errorLogMessage(deliveryStream, failedCall("PutObject", "AccessDenied")) ?? "";
const readDenied =
  errorLogMessage(deliveryStream, failedCall("GetRecords", "AccessDeniedException")) ?? "";

/** The lines of one section after these events, in a report of that time. */
function section(
  title: string,
  resources: readonly GraphResource[],
  addEvents: (monitoring: Monitoring) => void,
  at = noon,
): readonly string[] {
  const monitoring = new Monitoring(graphOf(...resources));
  addEvents(monitoring);
  const lines = monitoringReport(monitoring.snapshot(at), plain);
  const start = lines.indexOf(title) + 1;
  const end = lines.indexOf("", start);
  return lines.slice(start, end === -1 ? undefined : end).map((line) => line.slice(2));
}

const nothing = (): void => undefined;

describe("monitoringReport", () => {
  it("has one line per section if nothing happened", () => {
    const lines = monitoringReport(new Monitoring(graphOf()).snapshot(noon), plain);
    assertSnapshot("monitoring/nothingHappened.txt", lines.join("\n"));
  });

  it("shows each metric with its most useful statistic", () => {
    const lines = section("Metrics", [], (monitoring) => {
      const at = noon - 1;
      monitoring.onDelivery(recordsRead({ at, bytes: 2048, millisBehindLatest: 1234 }));
      monitoring.onDelivery(objectDelivered({ at, oldestArrival: at - 61_540 }));
      for (let put = 0; put < 2999; put += 1)
        monitoring.onDelivery(objectDelivered({ at, oldestArrival: at }));
      monitoring.onDelivery(callFailed("PutObject", "AccessDenied", at));
      monitoring.onKinesis(kinesisRead({ at }));
    });
    assertSnapshot("monitoring/metrics.txt", lines.join("\n"));
  });

  it("shows each distinct line of the error log once, with its count", () => {
    const lines = section("Error log", [], (monitoring) => {
      for (const second of [0, 60, 120])
        monitoring.onDelivery(errorLogged(noon + second * 1000, denied));
      monitoring.onDelivery(errorLogged(noon + 60_000, readDenied));
    });
    assertSnapshot("monitoring/errorLog.txt", lines.join("\n"));
  });

  it("shows five messages of a long error log, and counts the others", () => {
    const lines = section("Error log", [], (monitoring) => {
      for (let code = 0; code < 7; code += 1)
        monitoring.onDelivery(errorLogged(noon, `{"errorCode":"E${code}","message":"no"}`));
    });
    assert.equal(lines[1], "12:00 UTC  E6");
    assert.equal(lines.at(-1), "and 2 more messages");
  });

  it("reports that no alarm would have fired", () => {
    const alarms = [metricAlarm("one"), metricAlarm("two")];
    assert.deepEqual(section("Alarms", alarms, nothing), ["none would have fired (2 evaluated)"]);
  });

  it("reports which alarms would have fired, when, and their state at the end", () => {
    const alarms = [
      metricAlarm("events-lasting", { treatMissingData: "ignore" }),
      metricAlarm("events-over", { treatMissingData: "notBreaching" }),
      metricAlarm("events-fine", { threshold: 0 }),
    ];
    const fail = (monitoring: Monitoring): void => {
      monitoring.onDelivery(callFailed("PutObject", "AccessDenied", noon));
    };
    assert.deepEqual(section("Alarms", alarms, fail, noon + 10 * MINUTE), [
      "2 of 3 would have fired",
      "events-lasting would have fired at 12:01 UTC",
      "events-over would have fired at 12:01 UTC; OK at the end",
    ]);
    assert.equal(
      section("Alarms", alarms, fail, noon + 24 * 60 * MINUTE)[1],
      "events-lasting would have fired at 2026-03-01 12:01 UTC",
    );
  });

  it("reports alarms that are about to fire, and alarms that were not evaluated", () => {
    const alarms = [
      metricAlarm("events-delivery-success", { period: 300, evaluationPeriods: 3 }),
      metricAlarm("events-p99", { extendedStatistic: "p99", statistic: "Sum" }),
    ];
    const fail = (monitoring: Monitoring): void => {
      monitoring.onDelivery(callFailed("PutObject", "AccessDenied", noon - 10));
    };
    assert.deepEqual(section("Alarms", alarms, fail), [
      "none would have fired (1 evaluated)",
      "events-delivery-success: breaching; fires if this lasts 10 more min",
      "events-p99: not evaluated: extendedStatistic is not evaluated here",
    ]);
  });

  it("leaves out conditions of composite alarms", () => {
    const alarms = [
      metricAlarm("nothing-delivered", { treatMissingData: "breaching" }),
      compositeAlarm("stalled", "ALARM(nothing-delivered) AND FALSE"),
    ];
    assert.deepEqual(section("Alarms", alarms, nothing), ["none would have fired (1 evaluated)"]);
  });

  it("fits into 80 columns, and shows problems in red", async () => {
    const monitoring = new Monitoring(await pipelineGraph());
    monitoring.onKinesis(kinesisPut({ at: noon }));
    monitoring.onDelivery(errorLogged(noon, denied));
    monitoring.onDelivery(callFailed("PutObject", "AccessDenied", noon));
    const snapshot = JSON.parse(JSON.stringify(monitoring.snapshot(noon))) as MonitoringSnapshot;
    const lines = monitoringReport(snapshot, plain);
    assert.ok(lines.length > 20);
    for (const line of lines) assert.ok(line.length <= 80, line);
    const colored = monitoringReport(snapshot, pc.createColors(true));
    assert.ok(colored.some((line) => line.includes("\u001b[31mS3.AccessDenied")));
  });
});
