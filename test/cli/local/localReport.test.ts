import assert from "node:assert/strict";
import pc from "picocolors";
import {
  closingReport,
  localReport,
  resumedReport,
  runSucceeded,
} from "../../../cli/local/localReport";
import type { RunResult } from "../../../cli/local/sendThrough";
import { Monitoring } from "../../../local/monitoring/monitoring";
import type { AccessReport } from "../../../local/run/firehoseAccess";
import { graphOf } from "../../local/support/graph";
import { assertSnapshot } from "../../support/snapshot";

const plain = pc.createColors(false);
const directory = ".streamlake/dev/2026-03-01T12-00-00-Ab3dEf";

function delivered(): RunResult {
  return {
    bucket: "my-lake",
    sending: {
      ...{ sent: 2400, bytes: 1_887_437, rejected: [], skippedBlank: 1, failed: [] },
      ...{ requests: 5, retries: 0 },
    },
    lake: {
      ...{ prefixes: ["raw/2026/03/01/"], objects: 2, records: 2400 },
      ...{ storedBytes: 214_733, bytes: 1_887_437, corrupt: [] },
      errors: { objects: 0, records: 0, byCode: {} },
    },
    comparison: { sent: 2400, delivered: 2400, missing: 0, duplicated: 0, unexpected: 0 },
  };
}

function incomplete(): RunResult {
  const { sending, lake, comparison, ...result } = delivered();
  return {
    ...result,
    sending: {
      ...sending,
      rejected: [{ line: 3, reason: "not UTF-8" }],
      stopped: { afterLine: 2402, reason: "interrupted" },
    },
    lake: { ...lake, corrupt: [{ key: "raw/2026/03/01/a.gz", reason: "unexpected end of file" }] },
    comparison: { ...comparison, delivered: 1900, missing: 500 },
  };
}

describe("localReport", () => {
  it("reports one fact per line if everything was delivered", () => {
    assertSnapshot("local/delivered.txt", localReport(delivered(), directory, plain));
  });

  it("lists rejected lines, the end of sending and corrupt objects", () => {
    assertSnapshot("local/incomplete.txt", localReport(incomplete(), directory, plain));
  });
});

describe("runSucceeded", () => {
  it("succeeds only if nothing is missing, rejected or corrupt", () => {
    const { sending, lake, comparison } = incomplete();
    assert.equal(runSucceeded(delivered()), true);
    for (const problem of [{ sending }, { lake }, { comparison }])
      assert.equal(runSucceeded({ ...delivered(), ...problem }), false);
  });
});

describe("resumedReport", () => {
  it("reports what was delivered of an earlier run", () => {
    const report = resumedReport(1300, { records: 1200, objects: 3 }, directory, plain);
    assertSnapshot("local/resumed.txt", report);
  });
});

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
