import assert from "node:assert/strict";
import fc from "fast-check";
import { code, inline, linked } from "../../../../cli/reports/markdown/markup";
import { markdownReport } from "../../../../cli/reports/markdown/markdownReport";
import type { PolicyReport } from "../../../../engine/policy/policyReport";
import { anyReport, report, STREAM } from "../../support/judgedStack";

function commentOn(judged: PolicyReport): string {
  return markdownReport({
    ...{ project: "shop", stack: "dev", resources: 7, basis: "planned offline" },
    report: judged,
    settings: [{ setting: "tags", value: '{"a|b":"`"}' }],
  });
}

describe("a comment for a pull request", () => {
  it("tells the verdict, the violations by resource, and the rest in folds", () => {
    assert.equal(
      commentOn(report),
      `
### ❌ shop/dev: 4 violations, 1 mandatory, 2 undecided, 1 exemption in force

7 resources, 3 policies of strict 1.2.3, planned offline.

| resource | level | rule | what is wrong |
| --- | --- | --- | --- |
| **events** \`aws:kinesis:Stream\` | **mandatory**, high | [retention](https://docs.aws.amazon.com/streams/) | 24 is less than 48 hours. |
|  | advisory, medium | owner | Who? Ask @<!-- -->joe about &lt;b&gt;#<!-- -->12&lt;/b&gt;. |
|  | advisory, medium | owner | Since when? |
| **events** \`aws:s3:Bucket\` | advisory, low | owner | Who \\| what? |

<details><summary>How to fix</summary>

- **retention**: Set retentionPeriod.

</details>

<details><summary>1 exemption in force</summary>

- The exemption from tls for "old" suppresses 2 violations. It is in force until 2026-12-31 (me): legacy

</details>

<details><summary>2 undecided, and so not passed</summary>

| resource | why | rules |
| --- | --- | --- |
| **events** \`aws:s3:Bucket\` | policy is not known until the update | tls, public |

</details>

<details><summary>1 setting that the stack sets</summary>

| setting | value |
| --- | --- |
| \`tags\` | \`\`{"a\\|b":"\`"}\`\` |

</details>
`.trimStart(),
    );
  });

  it("is short if there is nothing to say", () => {
    const calm = { ...report, violations: [], undecided: [] };
    assert.match(commentOn(calm), /^### ✅ shop\/dev: no violation\n\n7 resources.*\n\n<details>/);
  });

  it("warns where nothing stops the deployment", () => {
    const advised = { ...report, violations: report.violations.slice(1, 2) };
    assert.match(commentOn(advised), /^### ⚠️ shop\/dev: 1 violation, 2 undecided\n/);
  });

  it("fits into a comment, and counts what is left out", () => {
    const many = Array.from({ length: 10_000 }, (_, index) => ({
      ...({ policy: "owner", level: "mandatory", severity: "high" } as const),
      urn: `${STREAM}-${index}`,
      message: "<&@x".repeat(150),
    }));
    const comment = commentOn({ ...report, violations: many });
    assert.ok(comment.length <= 65_536, String(comment.length));
    const [, more] = /\nand (\d+) more\n/.exec(comment) ?? [];
    const rows = comment.match(/\*\*mandatory\*\*/g)?.length ?? 0;
    assert.equal(rows + Number(more), 10_000);
    assert.ok(rows > 0);
  });

  it("has only the markup that it is made of, whatever a pack says", () => {
    fc.assert(
      fc.property(anyReport, (judged) => {
        const comment = commentOn(judged);
        const tags = comment.replace(/`+[^`]*`+/g, "").match(/<[^>]*>/g) ?? [];
        for (const tag of tags)
          assert.match(tag, /^<\/?details>$|^<\/?summary>$|^<!-- -->$/, comment);
        for (const line of comment.split("\n").filter((line) => line.startsWith("|")))
          assert.ok([3, 4, 5].includes(line.match(/(?<!\\)\|/g)?.length ?? 0), line);
      }),
      { numRuns: 60 },
    );
  });
});

describe("text in Markdown", () => {
  it("is no markup", () => {
    assert.equal(
      inline("a*b*_c_ `d` [e](f) | ~g~ \\ $h$"),
      "a\\*b\\*\\_c\\_ \\`d\\` \\[e\\](f) \\| \\~g\\~ \\\\ \\$h\\$",
    );
    assert.equal(inline("<img> & co"), "&lt;img&gt; &amp; co");
    assert.equal(inline("# a\nb"), "\\# a b");
    assert.equal(inline("- a"), "\\- a");
    assert.equal(inline("1. a"), "1\\. a");
  });

  it("is code even if there are back quotes in it", () => {
    assert.equal(code("a``b"), "```a``b```");
    assert.equal(code("`"), "`` ` ``");
    assert.equal(code(""), "");
  });

  it("leads to a page without ending the link before its end", () => {
    assert.equal(linked("a[", "https://example.com/(x)"), "[a\\[](https://example.com/%28x%29)");
    assert.equal(linked("a", undefined), "a");
  });
});
