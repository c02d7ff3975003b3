import assert from "node:assert/strict";
import { sortFindings, webLink } from "../../../cli/reports/findings";
import { exemption, EXEMPTION, report, STREAM } from "../support/policyReports";

const [retention] = report.violations;

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

  it("describes exemptions in effect, the first to end first", () => {
    const soon = exemption({
      ...{ project: "shop", stack: "p*", ticket: "SEC-7", file: "", violations: 1 },
      ...{ daysLeft: 0, endsSoon: true },
    });
    const { exemptions } = sortFindings({ ...report, exemptions: [exemption(), soon] });
    assert.deepEqual(exemptions, [
      'tls for "old" in project shop, stack p*: 1 violation suppressed, ends soon, on 2026-12-31 (today) (me, SEC-7): legacy',
      EXEMPTION,
    ]);
  });

  it("keeps every violation that a pack reports, whatever its words are", () => {
    const message = "An exemption suppresses 1 violation. It is in effect until 2026-12-31 (me): x";
    const policy = "exemptions-are-valid";
    const announced = { policy, level: "advisory", severity: "medium", urn: STREAM } as const;
    const { violations } = sortFindings({ ...report, violations: [{ ...announced, message }] });
    assert.equal(violations.length, 1);
  });

  it("links only to web pages", () => {
    assert.equal(webLink("https://docs.aws.amazon.com/"), "https://docs.aws.amazon.com/");
    for (const text of ["", "ask Joe", "javascript:alert(1)", "https://a b", "https://"])
      assert.equal(webLink(text), undefined, text);
  });
});
