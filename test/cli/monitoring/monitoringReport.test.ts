import assert from "node:assert/strict";
import pc from "picocolors";
import { monitoringReport } from "../../../cli/monitoring/monitoringReport";
import { errorLogMessage } from "../../../aws/firehose/delivery/errorLogMessage";
import { MINUTE } from "../../../aws/cloudwatch/metricStore";
import { Monitoring, type MonitoringSnapshot } from "../../../local/monitoring/monitoring";
import type { GraphResource } from "../../../engine/graph/resourceGraph";
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

const plain = pc.createColors(false);
const noon = Date.parse("2026-03-01T12:00:00Z");

const deliveryStream = {
  arn: "arn:aws:firehose:us-east-1:123456789012:deliverystream/events",
  bucketArn: "arn:aws:s3:::my-lake",
};

const denied = errorLogMessage(deliveryStream, failedCall("PutObject", "AccessDenied")) ?? "";
const readDenied =
  errorLogMessage(deliveryStream, failedCall("GetRecords", "AccessDeniedException")) ?? "";

/** The lines of one section, as they are after `happen` at a time. */
function section(
  title: string,
  resources: readonly GraphResource[],
  happen: (monitoring: Monitoring) => void,
  at = noon,
): readonly string[] {
  const monitoring = new Monitoring(graphOf(...resources));
  happen(monitoring);
  const lines = monitoringReport(monitoring.snapshot(at), plain);
  const start = lines.indexOf(title) + 1;
  const end = lines.indexOf("", start);
  return lines.slice(start, end === -1 ? undefined : end).map((line) => line.slice(2));
}

const nothing = (): void => undefined;

describe("the report of what was monitored", () => {
  it("is short when nothing happened", () => {
    assert.deepEqual(monitoringReport(new Monitoring(graphOf()).snapshot(noon), plain), [
      "",
      "Metrics",
      "  none has data",
      "",
      "Error log",
      "  nothing was logged",
      "",
      "Alarms",
      "  none is declared",
    ]);
  });

  it("has each metric with the statistic that tells most", () => {
    const lines = section("Metrics", [], (monitoring) => {
      const at = noon - 1;
      monitoring.onDelivery(recordsRead({ at, bytes: 2048, millisBehindLatest: 1234 }));
      monitoring.onDelivery(objectDelivered({ at, oldestArrival: at - 61_540 }));
      for (let put = 0; put < 2999; put += 1)
        monitoring.onDelivery(objectDelivered({ at, oldestArrival: at }));
      monitoring.onDelivery(callFailed("PutObject", "AccessDenied", at));
      monitoring.onKinesis(kinesisRead({ at }));
    });
    assert.deepEqual(lines, [
      "AWS/Firehose, DeliveryStreamName events",
      "  DataReadFromKinesisStream.Bytes    Sum      2.0 KiB",
      "  DataReadFromKinesisStream.Records  Sum      10",
      "  DeliveryToS3.Bytes                 Sum      2.9 MiB",
      "  DeliveryToS3.DataFreshness         Maximum  61.5 s",
      "  DeliveryToS3.Records               Sum      30,000",
      "  DeliveryToS3.Success               Average  99.96 %",
      "  KinesisMillisBehindLatest          Maximum  1,234 ms",
      "  ThrottledDescribeStream            Sum      0",
      "  ThrottledGetRecords                Sum      0",
      "  ThrottledGetShardIterator          Sum      0",
      "AWS/Kinesis, StreamName events",
      "  GetRecords.Bytes                    Sum      1000 bytes",
      "  GetRecords.IteratorAgeMilliseconds  Maximum  0 ms",
      "  GetRecords.Latency                  Maximum  5 ms",
      "  GetRecords.Records                  Sum      10",
      "  GetRecords.Success                  Average  100 %",
      "  ReadProvisionedThroughputExceeded   Sum      0",
    ]);
  });

  it("has the newest lines of the error log, and each one once", () => {
    const lines = section("Error log", [], (monitoring) => {
      for (const second of [0, 60, 120])
        monitoring.onDelivery(errorLogged(noon + second * 1000, denied));
      monitoring.onDelivery(errorLogged(noon + 60_000, readDenied));
    });
    assert.deepEqual(lines, [
      "4 lines",
      "12:01 UTC  Kinesis.AccessDenied",
      "  Access was denied when calling Kinesis. Ensure the access policy on the IAM",
      "  role used allows access to the appropriate Kinesis APIs.",
      "12:02 UTC  S3.AccessDenied, 3 times",
      "  Access was denied. Ensure that the trust policy for the provided IAM role",
      "  allows Firehose to assume the role, and the access policy allows access to",
      "  the S3 bucket.",
    ]);
  });

  it("cuts a long error log, and says so", () => {
    const lines = section("Error log", [], (monitoring) => {
      for (let code = 0; code < 7; code += 1)
        monitoring.onDelivery(errorLogged(noon, `{"errorCode":"E${code}","message":"no"}`));
    });
    assert.equal(lines[1], "12:00 UTC  E6");
    assert.equal(lines.at(-1), "and 2 different ones more");
  });

  it("says that no alarm would have fired", () => {
    const alarms = [metricAlarm("one"), metricAlarm("two")];
    assert.deepEqual(section("Alarms", alarms, nothing), ["none would have fired (2 evaluated)"]);
  });

  it("says which alarms would have fired and when, and whether it is over", () => {
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

  it("says what would fire if it lasted, and what is not known", () => {
    const alarms = [
      metricAlarm("events-delivery-success", { period: 300, evaluationPeriods: 3 }),
      metricAlarm("events-p99", { extendedStatistic: "p99", statistic: "Sum" }),
    ];
    const fail = (monitoring: Monitoring): void => {
      monitoring.onDelivery(callFailed("PutObject", "AccessDenied", noon - 10));
    };
    assert.deepEqual(section("Alarms", alarms, fail), [
      "none would have fired (1 evaluated)",
      "events-delivery-success: breaching; fires if this lasts 10 min more",
      "events-p99: not evaluated here: extendedStatistic is not evaluated here",
    ]);
  });

  it("leaves conditions to the composite alarms that name them", () => {
    const alarms = [
      metricAlarm("nothing-delivered", { treatMissingData: "breaching" }),
      compositeAlarm("stalled", "ALARM(nothing-delivered) AND FALSE"),
    ];
    assert.deepEqual(section("Alarms", alarms, nothing), ["none would have fired (1 evaluated)"]);
  });

  it("fits into 80 columns, and has a colour for what is bad", async () => {
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
