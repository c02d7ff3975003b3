import assert from "node:assert/strict";
import fc from "fast-check";
import { markdownReport } from "../../../../cli/reports/markdown/markdownReport";
import { code, inline, linked } from "../../../../cli/reports/markdown/markup";
import type { GraphNote } from "../../../../engine/graph/resourceGraph";
import type { PolicyReport } from "../../../../engine/policy/policyReport";
import { assertSnapshot } from "../../../support/snapshot";
import { anyReport, report, STREAM } from "../../support/policyReports";

function commentOn(policyReport: PolicyReport, notes?: readonly GraphNote[]): string {
  return markdownReport({
    notes,
    ...{ project: "shop", stack: "dev", resources: 7, basis: "planned offline" },
    report: policyReport,
    settings: [{ setting: "tags", value: '{"a|b":"`"}' }],
  });
}

describe("the comment for a pull request", () => {
  it("shows counts and violations by resource, and the rest in collapsed sections", () => {
    assertSnapshot("reports/comment.md", commentOn(report));
  });

  it("counts what the baseline contains, and what no rule looks at", () => {
    const gone = [{ policy: "tls", urn: STREAM, result: "violation", message: "No TLS." } as const];
    const comment = markdownReport({
      ...{ project: "shop", stack: "dev", resources: 7, basis: "planned offline", settings: [] },
      report: { ...report, violations: report.violations.slice(1, 2), exemptions: [] },
      known: { violations: report.violations.slice(2), undecided: [], gone, file: "b.json" },
      unevaluated: [{ type: "aws:sns/topic:Topic", count: 2 }],
      ...{ fails: true, failOnLine: "--fail-on low: 1 finding, although not mandatory" },
    });
    assert.match(comment, /^### ❌ shop\/dev: 1 violation/);
    assert.match(
      comment,
      /\n- \\--fail-on low: 1 finding, .*\n- 2 violations are known from the baseline\n/,
    );
    assert.match(
      comment,
      /1 entry of the baseline no longer found<.*\n\n- tls: events .*: No TLS\.\n/,
    );
    assert.match(
      comment,
      /2 resources of 1 type are not evaluated by any rule<.*\n\n.*\n.*\n\| `aws:sns:Topic` \| 2 \|\n/,
    );
  });

  it("is short without violations", () => {
    const passed = { ...report, violations: [], undecided: [], exemptions: [] };
    assert.match(
      commentOn(passed),
      /^### ✅ shop\/dev: no violations\n\n7 resources.*\n\n<details>/,
    );
  });

  it("has a warning sign if no violation blocks the deployment", () => {
    const advised = { ...report, violations: report.violations.slice(1, 2), exemptions: [] };
    assert.match(commentOn(advised), /^### ⚠️ shop\/dev: 1 violation, 2 undecided\n/);
  });

  it("counts and lists components that are not evaluated, which are not a pass", () => {
    const passed = { ...report, violations: [], undecided: [], exemptions: [] };
    const comment = commentOn(passed, [
      { kind: "not evaluated", subject: STREAM, message: "Its resources | are missing." },
      { kind: "assumed", subject: STREAM, message: "made up" },
    ]);
    assert.match(
      comment,
      /^### ⚠️ shop\/dev: no violations\n\n7 resources, 1 component not evaluated, /,
    );
    assert.match(
      comment,
      /<summary>1 component not evaluated<\/summary>\n\n.*\n.*\n\| \*\*events\*\* .* \| Its resources .*are missing\. \|\n/,
    );
    assert.doesNotMatch(comment, /made up/);
  });

  it("fits into the length limit of a comment, and counts omitted entries", () => {
    const many = Array.from({ length: 10_000 }, (_, index) => ({
      ...({ policy: "owner", level: "mandatory", severity: "high" } as const),
      urn: `${STREAM}-${index}`,
      message: `${index} ${"<&@x".repeat(150)}`,
    }));
    const comment = commentOn({ ...report, violations: many });
    assert.ok(comment.length <= 65_536, String(comment.length));
    const [, more] = /\nand (\d+) more\n/.exec(comment) ?? [];
    const rows = comment.match(/\*\*mandatory\*\*/g)?.length ?? 0;
    assert.equal(rows + Number(more), 10_000);
    assert.ok(rows > 0);
  });

  it("escapes all markup in the strings of a pack", () => {
    fc.assert(
      fc.property(anyReport, (policyReport) => {
        const comment = commentOn(policyReport);
        const tags = comment.replace(/`+[^`]*`+/g, "").match(/<[^>]*>/g) ?? [];
        for (const tag of tags)
          assert.match(tag, /^<\/?details>$|^<\/?summary>$|^<!-- -->$/, comment);
        for (const line of comment.split("\n").filter((line) => line.startsWith("|")))
          assert.ok([3, 4, 5].includes(line.match(/(?<!\\)\|/g)?.length ?? 0), line);
      }),
      { numRuns: 30 },
    );
  });
});

describe("markup", () => {
  it("escapes markup in text", () => {
    assert.equal(
      inline("a*b*_c_ `d` [e](f) | ~g~ \\ $h$"),
      "a\\*b\\*\\_c\\_ \\`d\\` \\[e\\](f) \\| \\~g\\~ \\\\ \\$h\\$",
    );
    assert.equal(inline("<img> & co"), "&lt;img&gt; &amp; co");
    assert.equal(inline("# a\nb"), "\\# a b");
    assert.equal(inline("- a"), "\\- a");
    assert.equal(inline("1. a"), "1\\. a");
  });

  it("leaves nothing that GitHub makes a link of, and nothing that a terminal obeys", () => {
    assert.equal(inline("https://a.b"), "https<!-- -->://a.b");
    assert.equal(inline("see www.a.b"), "see www<!-- -->.a.b");
    assert.equal(inline("\u001b[2J\u202e"), "\\\\x1b\\[2J\\\\u202e");
  });

  it("keeps a table's row whole where code has bars, also after a backslash", () => {
    assert.equal(code("a|b"), "`a\\|b`");
    assert.equal(code("a\\|b <c>"), "<code>a\\\\\\|b &lt;c&gt;</code>");
  });

  it("quotes code that contains back quotes", () => {
    assert.equal(code("a``b"), "```a``b```");
    assert.equal(code("`"), "`` ` ``");
    assert.equal(code(""), "");
  });

  it("links to a page whose URL contains parentheses", () => {
    assert.equal(linked("a[", "https://example.com/(x)"), "[a\\[](https://example.com/%28x%29)");
    assert.equal(linked("a", undefined), "a");
  });
});
