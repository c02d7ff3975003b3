import assert from "node:assert/strict";
import pc from "picocolors";
import { diagnosisReport } from "../../../cli/diagnose/diagnosisReport";
import { diagnose } from "../../../records/diagnose/diagnose";
import type { Evidence } from "../../../records/diagnose/evidence";
import type { Place } from "../../../records/diagnose/finding";
import { assertSnapshot } from "../../support/snapshot";

const plain = pc.createColors(false);
const at = Date.parse("2026-03-01T12:00:00Z");
const place: Place = {
  ...{ kind: "deployed", stack: "prod", region: "eu-central-1" },
  options: ["--stack", "prod"],
  awsOptions: ["--region", "eu-central-1"],
};

/** A delivery whose role lost a permission an hour ago. */
const evidence: Evidence = {
  at,
  deliveryStream: {
    name: "events",
    status: "ACTIVE",
    streamArn: "arn:aws:kinesis:::stream/events",
  },
  stream: { name: "events", status: "ACTIVE", retentionHours: 168, mode: "ON_DEMAND" },
  access: [
    {
      roleArn: "arn:aws:iam::123456789012:role/events-delivery",
      action: "s3:PutObject",
      resource: "arn:aws:s3:::lake/raw/*",
      outcome: "denied",
      by: "policies of the role",
      reason: "simulation: implicitDeny for s3:PutObject on arn:aws:s3:::lake/raw/*",
    },
  ],
  keys: [
    { id: "arn:aws:kms:eu-central-1:123456789012:key/1", encrypts: "the stream", state: "Enabled" },
  ],
  errorLog: [
    { at: at - 3_600_000, code: "S3.AccessDenied", message: "Access was denied." },
    { at: at - 60_000, code: "S3.AccessDenied", message: "Access was denied." },
  ],
  metrics: {
    since: at - 3 * 3_600_000,
    periodSeconds: 300,
    series: {
      sent: [{ at: at - 600_000, value: 10 }],
      read: [{ at: at - 600_000, value: 10 }],
      behind: [{ at: at - 300_000, value: 3_000_000 }],
      writeThrottled: [{ at: at - 900_000, value: 12 }],
    },
  },
  alarms: [{ name: "events-data-freshness", state: "ALARM", since: at - 1_800_000 }],
  gaps: [
    { part: "bucket", reason: "AWS denied the call", permission: "s3:ListBucket" },
    { part: "failedRecords", reason: "the delivery stream has no error prefix" },
  ],
};

describe("the report of a diagnosis", () => {
  it("has causes with evidence and fix, what is fine, and what was not checked", () => {
    const report = diagnosisReport("events, stack prod", diagnose(evidence, place), plain);
    assertSnapshot("diagnose/severalCauses.txt", report);
    for (const line of report.split("\n")) assert.ok(line.length <= 80, line);
  });

  it("is short where nothing is found", () => {
    const { deliveryStream } = evidence;
    const report = diagnosisReport(
      "events",
      diagnose({ at, gaps: [], ...(deliveryStream && { deliveryStream }) }, place),
      plain,
    );
    assert.equal(report, "events: no cause found\n\nFine: delivery stream ACTIVE");
  });

  it("shows characters that control a terminal as escapes", () => {
    const message = "\u001b[2Jgone\u202e";
    const { findings } = diagnose({ at, gaps: [], errorLog: [{ at, message }] }, place);
    const report = diagnosisReport("events", { at, findings, fine: [], notChecked: [] }, plain);
    for (const character of ["\u001b", "\u202e"]) assert.ok(!report.includes(character));
  });

  it("breaks a long command where a shell continues it", () => {
    const bucket = { name: "lake", state: "found" } as const;
    const metrics = {
      ...{ since: 0, periodSeconds: 300 },
      series: { behind: [{ at, value: 160 * 3_600_000 }] },
    };
    const { stream } = evidence;
    const found = diagnose({ at, gaps: [], bucket, metrics, ...(stream && { stream }) }, place);
    const report = diagnosisReport("events", found, plain);
    const command =
      "aws kinesis increase-stream-retention-period --stream-name events " +
      "--retention-period-hours 336 --region eu-central-1";
    assert.ok(report.replaceAll(/ \\\n\s+/g, " ").includes(command), report);
    for (const line of report.split("\n")) assert.ok(line.length <= 80, line);
  });
});
