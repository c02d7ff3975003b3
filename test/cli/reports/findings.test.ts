import assert from "node:assert/strict";
import type { StackValidationArgs } from "@pulumi/policy";
import { findingsOf, webLink } from "../../../cli/reports/findings";
import type { Violation } from "../../../engine/policy/policyReport";
import { exemptionsAreValid } from "../../../policy/exemptions/exemptionsAreValid";
import { ExemptionLedger } from "../../../policy/exemptions/ledger";
import { report, STREAM } from "../support/judgedStack";

const [retention] = report.violations;
const exemptions = "exemptions-are-valid";

/** What our own pack says of an exemption in force. */
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

describe("the findings of a policy pack", () => {
  it("tell why, without what the policy says of every violation, and how to fix it", () => {
    const [finding] = findingsOf(report).violations;
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

  it("tell the whole message of a policy that says nothing of itself", () => {
    const { violations } = findingsOf({ ...report, policies: [] });
    assert.deepEqual(violations[0], {
      ...violations[0],
      reason: retention?.message,
      fix: "",
      link: undefined,
    });
  });

  it("tell the exemptions in force apart, as our own pack announces them", () => {
    const message = announcement();
    const { violations, exemptions: told } = findingsOf({
      ...report,
      violations: [exempted({ message })],
    });
    assert.deepEqual(violations, []);
    assert.equal(told.length, 1);
    assert.match(told[0] ?? "", /The exemption from retention for "events" suppresses 1 violation/);
  });

  it("take what is wrong with an exemption for a violation, at any level", () => {
    const expired = exempted({ message: "The exemption expired on 2026-01-01: remove it." });
    const blocking = exempted({ level: "mandatory", message: announcement() });
    const { violations } = findingsOf({ ...report, violations: [expired, blocking] });
    assert.equal(violations.length, 2);
  });

  it("link to pages only", () => {
    assert.equal(webLink("https://docs.aws.amazon.com/"), "https://docs.aws.amazon.com/");
    for (const text of ["", "ask Joe", "javascript:alert(1)", "https://a b", "https://"])
      assert.equal(webLink(text), undefined, text);
  });
});
