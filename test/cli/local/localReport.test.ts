import assert from "node:assert/strict";
import pc from "picocolors";
import { closingReport } from "../../../cli/local/localReport";
import { Monitoring } from "../../../local/monitoring/monitoring";
import type { AccessReport } from "../../../local/run/firehoseAccess";
import { graphOf } from "../../local/support/graph";
import { assertSnapshot } from "../../support/snapshot";

const plain = pc.createColors(false);

describe("closingReport", () => {
  it("reports denied calls and needed grants within 80 columns, then the monitoring", () => {
    const grant = {} as AccessReport["granted"][number];
    const denied =
      "User: arn:aws:sts::123456789012:assumed-role/delivery/events is not authorized to perform: " +
      "s3:PutObject on resource: arn:aws:s3:::my-lake/raw/2026/03/01/events because no " +
      "identity-based policy allows the s3:PutObject action";
    const access = { denied: [denied], granted: [grant, grant, grant], unused: [grant] };
    const monitoring = new Monitoring(graphOf()).snapshot(Date.parse("2026-03-01T12:00:00Z"));
    const report = closingReport({ access: () => access }, monitoring, plain);
    assertSnapshot("local/closing.txt", report);
    for (const line of report.split("\n")) assert.ok(line.length <= 80, line);
  });
});
