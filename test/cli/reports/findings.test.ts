import assert from "node:assert/strict";
import type { StackValidationArgs } from "@pulumi/policy";
import { sortFindings, webLink } from "../../../cli/reports/findings";
import type { Violation } from "../../../engine/policy/policyReport";
import { exemptionsAreValid } from "../../../policy/exemptions/exemptionsAreValid";
import { ExemptionLedger } from "../../../policy/exemptions/ledger";
import { report, STREAM } from "../support/policyReports";

const [retention] = report.violations;
const exemptions = "exemptions-are-valid";

/** The message in which our pack announces an exemption in effect. */
function announcement(): string {
  const exemption = { policy: "retention", resource: "events", reason: "legacy", owner: "me" };
  const ledger = new ExemptionLedger(
    { exemptions: [{ ...exemption, expires: "2026-12-31" }], problems: [] },
    () => "2026-11-23",
  );
  ledger.note("retention", STREAM, "violation");
  const announced: unknown[] = [];
  const resources = [{ urn: STREAM, type: "aws:kinesis/stream:Stream" }];
  exemptionsAreValid(ledger, []).validateStack(
    { resources } as unknown as StackValidationArgs,
    (announcement: unknown) => announced.push(announcement),
  );
  const [{ message, enforcementLevel }] = announced as [Record<string, string>];
  assert.equal(enforcementLevel, "advisory");
  return message ?? "";
}

function exempted(more: Partial<Violation>): Violation {
  const violation = { policy: exemptions, level: "advisory", severity: "medium" } as const;
  return { ...violation, urn: STREAM, message: "", ...more };
}

describe("sortFindings", () => {
  it("separates the reason from the description of the rule, and adds the fix", () => {
    const [finding] = sortFindings(report).violations;
    assert.deepEqual(finding, {
      policy: "retention",
      level: "mandatory",
      severity: "high",
      urn: STREAM,
      reason: "24 is less than 48 hours.",
      fix: "Set retentionPeriod.",
      link: "https://docs.aws.amazon.com/streams/",
    });
  });

  it("keeps the whole message if the pack does not describe the rule", () => {
    const { violations } = sortFindings({ ...report, policies: [] });
    assert.deepEqual(violations[0], {
      ...violations[0],
      reason: retention?.message,
      fix: "",
      link: undefined,
    });
  });

  it("separates the exemptions in effect that our pack announces from violations", () => {
    const message = announcement();
    const { violations, exemptions: announced } = sortFindings({
      ...report,
      violations: [exempted({ message })],
    });
    assert.deepEqual(violations, []);
    assert.equal(announced.length, 1);
    assert.match(
      announced[0] ?? "",
      /The exemption from retention for "events" suppresses 1 violation/,
    );
  });

  it("keeps problems with exemptions among the violations, at any level", () => {
    const expired = exempted({ message: "The exemption expired on 2026-01-01: remove it." });
    const blocking = exempted({ level: "mandatory", message: announcement() });
    const { violations } = sortFindings({ ...report, violations: [expired, blocking] });
    assert.equal(violations.length, 2);
  });

  it("links only to web pages", () => {
    assert.equal(webLink("https://docs.aws.amazon.com/"), "https://docs.aws.amazon.com/");
    for (const text of ["", "ask Joe", "javascript:alert(1)", "https://a b", "https://"])
      assert.equal(webLink(text), undefined, text);
  });
});
