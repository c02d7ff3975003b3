import assert from "node:assert/strict";
import fc from "fast-check";
import { sarifLog } from "../../../../cli/reports/sarif/sarifLog";
import { sourceLines } from "../../../../cli/reports/sourceLines";
import type { GraphResource, ResourceGraph } from "../../../../engine/graph/resourceGraph";
import type { PackReport } from "../../../../engine/policy/policyReport";
import { assertSnapshot } from "../../../support/snapshot";
import { anyReport, BUCKET, EXEMPTION, report, STREAM } from "../../support/policyReports";
import { sarifProblems } from "../../support/sarifSchema";

function runOf(policyReport: PackReport, file = "Pulumi.dev.yaml") {
  const [run] = sarifLog({ project: "shop", stack: "dev", report: policyReport, file }).runs;
  assert.ok(run);
  return run;
}

function anyResource(urn: string): GraphResource {
  return {
    ...{ urn, type: "", name: "", custom: true, external: false, dependencies: [] },
    ...{ propertyDependencies: {}, inputs: {}, outputs: {}, options: {} },
  };
}

describe("the SARIF log", () => {
  it("conforms to the schema of SARIF 2.1.0", () => {
    const log = sarifLog({ project: "shop", stack: "dev", report, file: "Pulumi.dev.yaml" });
    assert.deepEqual(sarifProblems(log), []);
    assertSnapshot("reports/log.sarif.json", `${JSON.stringify(log, null, 2)}\n`);
  });

  it("conforms to the schema for all strings of a pack, including empty ones", () => {
    fc.assert(
      fc.property(anyReport, fc.string({ unit: "grapheme" }), (policyReport, file) => {
        const log = sarifLog({ project: "shop", stack: "dev", report: policyReport, file });
        assert.deepEqual(sarifProblems(JSON.parse(JSON.stringify(log))), []);
      }),
      { numRuns: 60 },
    );
  });

  it("is checked against a schema that rejects what SARIF does not define", () => {
    const log = sarifLog({ project: "shop", stack: "dev", report, file: "Pulumi.dev.yaml" });
    assert.notDeepEqual(sarifProblems({ ...log, version: "2.0.0" }), []);
    assert.notDeepEqual(sarifProblems({ ...log, runs: [{ ...log.runs[0], tool: {} }] }), []);
    assert.notDeepEqual(sarifProblems({ ...log, conclusion: "passed" }), []);
  });

  it("describes every rule of the pack for code-scanning pages", () => {
    const { name, version, rules } = runOf(report).tool.driver;
    assert.deepEqual([name, version, rules.length], ["strict", "1.2.3", 4]);
    assert.deepEqual(rules[0], {
      id: "retention",
      name: "Retention",
      shortDescription: { text: "Streams keep records" },
      fullDescription: { text: "Streams keep records." },
      help: {
        text: "Set retentionPeriod.\n\nHouse Rules HR.1: Streams should keep records.\n\nhttps://docs.aws.amazon.com/streams/",
        markdown:
          "**Why:** Streams keep records.\n\n**Fix:** Set retentionPeriod.\n\n" +
          "**Control:** House Rules HR.1: Streams should keep records.\n\n" +
          "[Documentation](https://docs.aws.amazon.com/streams/)",
      },
      helpUri: "https://docs.aws.amazon.com/streams/",
      defaultConfiguration: { enabled: true, level: "error" },
      properties: {
        tags: ["security", "house:HR.1"],
        "security-severity": "8.0",
        framework: report.policies[0]?.framework,
      },
    });
  });

  it("describes a rule without title and description by its name", () => {
    assert.deepEqual(runOf(report).tool.driver.rules[1], {
      id: "owner",
      name: "Owner",
      shortDescription: { text: "owner" },
      fullDescription: { text: "owner" },
      help: { text: "owner", markdown: "**Why:** owner" },
      helpUri: "https://www.pulumi.com/docs/insights/policy/policy-packs/",
      defaultConfiguration: { enabled: true, level: "note" },
      properties: { tags: [] },
    });
  });

  it("has the reason, a correct program and the source of a rule whose pack publishes them", () => {
    const help = {
      why: "A replay needs *old* records.",
      source: "https://docs.aws.amazon.com/retention/",
      program: { language: "yaml" as const, text: "name: lake\n```\n" },
    };
    const log = sarifLog({
      ...{ project: "shop", stack: "dev", report, file: "Pulumi.dev.yaml" },
      help: new Map([["retention", help]]),
    });
    assert.deepEqual(sarifProblems(log), []);
    const [rule] = log.runs[0]?.tool.driver.rules ?? [];
    assert.equal(rule?.helpUri, "https://docs.aws.amazon.com/streams/");
    assert.match(rule.help.text, /\n\nhttps:\/\/docs\.aws\.amazon\.com\/retention\/$/);
    assert.equal(
      rule.help.markdown,
      "**Why:** Streams keep records. A replay needs \\*old\\* records.\n\n**Fix:** Set retentionPeriod.\n\n" +
        "**Correct program:**\n\n````yaml\nname: lake\n```\n````\n\n" +
        "**Control:** House Rules HR.1: Streams should keep records.\n\n" +
        "[Documentation](https://docs.aws.amazon.com/streams/)\n\n" +
        "[Source](https://docs.aws.amazon.com/retention/)",
    );
  });

  it("points to the page of a rule that links its source, and names the source in the help", () => {
    const source = "https://docs.aws.amazon.com/streams/";
    const page = "https://pages.example.com/retention.md";
    const log = sarifLog({
      ...{ project: "shop", stack: "dev", report, file: "Pulumi.dev.yaml" },
      help: new Map([["retention", { why: "A replay needs old records.", page, source }]]),
    });
    const [rule] = log.runs[0]?.tool.driver.rules ?? [];
    assert.equal(rule?.helpUri, page);
    assert.equal(rule.help.text.split(source).length, 2, rule.help.text);
    assert.match(
      rule.help.markdown,
      /\n\n\[Documentation\]\(https:\/\/docs\.aws\.amazon\.com\/streams\/\)$/,
    );
    for (const text of Object.values(rule.help)) assert.ok(!text.includes(page), text);
  });

  it("marks disabled rules", () => {
    const { rules } = runOf(report).tool.driver;
    assert.deepEqual(rules[2]?.defaultConfiguration, { enabled: false, level: "warning" });
  });

  it("has a result for each violation with the resource, the reason and the fix", () => {
    const { results } = runOf(report);
    const shown = results.map(({ ruleId, ruleIndex, level, message }) => [
      ruleId,
      ruleIndex,
      level,
      message.text,
    ]);
    assert.deepEqual(shown, [
      [
        "retention",
        0,
        "error",
        "events  aws:kinesis:Stream: 24 is less than 48 hours.\nFix: Set retentionPeriod.",
      ],
      ["owner", 1, "note", "events  aws:s3:Bucket: Who | what?"],
      ["owner", 1, "warning", "events  aws:kinesis:Stream: Who?\nAsk @joe about <b>#12</b>."],
      ["owner", 1, "warning", "events  aws:kinesis:Stream: Since when?"],
      // Suppressed by the exemption.
      ["tls", undefined, "note", "events  aws:s3:Bucket: No TLS."],
    ]);
  });

  it("suppresses what an exemption or the baseline covers", () => {
    const [known, ...violations] = report.violations;
    assert.ok(known);
    const log = sarifLog({
      ...{ project: "shop", stack: "dev", file: "Pulumi.dev.yaml" },
      report: { ...report, violations },
      known: { violations: [known], undecided: [], gone: [], file: "baseline.json" },
      unevaluated: [{ type: "aws:sns/topic:Topic", count: 2 }],
    });
    assert.deepEqual(sarifProblems(log), []);
    const [run] = log.runs;
    assert.ok(run);
    assert.deepEqual(
      run.results.map(({ baselineState, suppressions }) => [
        baselineState,
        suppressions?.map(({ justification }) => justification).join(),
      ]),
      [
        ["new", undefined],
        ["new", undefined],
        ["new", undefined],
        ["unchanged", "Known from the baseline baseline.json"],
        ["unchanged", "Exempt until 2026-12-31: legacy"],
      ],
    );
    const notifications = run.invocations[0]?.toolExecutionNotifications ?? [];
    assert.deepEqual(
      notifications.slice(-2).map(({ message }) => message.text),
      [
        "2 resources of 1 type are not evaluated by any rule: aws:sns:Topic (2)",
        "1 violation is known from the baseline baseline.json",
      ],
    );
  });

  it("has a notification for each component that is not evaluated", () => {
    const source = { project: "shop", stack: "dev", report, file: "Pulumi.dev.yaml" };
    const without = sarifLog(source);
    const log = sarifLog({
      ...source,
      notes: [{ kind: "not evaluated", subject: STREAM, message: "Its resources are missing." }],
    });
    assert.deepEqual(sarifProblems(log), []);
    const notifications = ({ runs }: typeof log) =>
      runs[0]?.invocations[0]?.toolExecutionNotifications ?? [];
    const [added, ...others] = notifications(log).slice(notifications(without).length);
    assert.deepEqual(others, []);
    assert.equal(added?.level, "note");
    assert.equal(
      added.message.text,
      "Not evaluated: events  aws:kinesis:Stream: Its resources are missing.",
    );
    assert.deepEqual(log.runs[0]?.results, without.runs[0]?.results);
  });

  it("points to line 1 of the file of the stack, and to the URN of the resource", () => {
    const [location] = runOf(report, "infra/my stack.yaml").results[0]?.locations ?? [];
    assert.deepEqual(location?.physicalLocation, {
      artifactLocation: { uri: "infra/my%20stack.yaml", uriBaseId: "%SRCROOT%" },
      region: { startLine: 1 },
    });
    assert.deepEqual(location.logicalLocations, [
      { name: "events", fullyQualifiedName: STREAM, kind: "resource" },
    ]);
    assert.equal(
      location.message?.text,
      "This file configures the stack; the program declares the resource.",
    );
  });

  it("names the page of the pack, or that of Pulumi about policy packs", () => {
    const source = { project: "shop", stack: "dev", report, file: "Pulumi.dev.yaml" };
    const driverOf = (informationUri?: string) =>
      sarifLog({ ...source, informationUri }).runs[0]?.tool.driver;
    const page = "https://example.com/strict";
    assert.equal(driverOf(page)?.informationUri, page);
    assert.equal(driverOf(page)?.rules[1]?.helpUri, page);
    assert.match(String(driverOf()?.informationUri), /^https:\/\/www\.pulumi\.com\/docs\//);
  });

  describe("with the positions of resources", () => {
    const LAKE = "urn:pulumi:dev::shop::acme:index:Lake::events";
    const resourcesAt = (line: number): ResourceGraph["resources"] => [
      { ...anyResource(LAKE), position: { file: "index.ts", line: 3, column: 1 } },
      {
        ...anyResource(STREAM),
        parent: LAKE,
        position: { file: "src/lake 1.ts", line, column: 5 },
      },
      {
        ...anyResource(BUCKET),
        parent: LAKE,
        position: { file: "node_modules/buckets/index.js", line: 90 },
      },
    ];
    const logAt = (line: number) =>
      sarifLog({
        ...{ project: "shop", stack: "dev", report, file: "infra/Pulumi.dev.yaml" },
        lines: sourceLines({ resources: resourcesAt(line) }, "infra"),
        linesOf: (file) => (file.endsWith("index.ts") ? ["a", "", "lake();", "b"] : undefined),
      });
    const locationsAt = (line: number) =>
      logAt(line).runs[0]?.results.map(({ locations, ...result }) => [
        locations[0]?.physicalLocation,
        "relatedLocations" in result ? result.relatedLocations : [],
      ]);

    it("points to the line of the program that declares the resource, and to its component", () => {
      const [ofStream] = locationsAt(7) ?? [];
      assert.deepEqual(ofStream?.[0], {
        artifactLocation: { uri: "infra/src/lake%201.ts", uriBaseId: "%SRCROOT%" },
        region: { startLine: 7, startColumn: 5 },
      });
      assert.deepEqual(ofStream[1], [
        {
          id: 1,
          physicalLocation: {
            artifactLocation: { uri: "infra/index.ts", uriBaseId: "%SRCROOT%" },
            region: { startLine: 3, startColumn: 1, snippet: { text: "lake();" } },
            contextRegion: { startLine: 1, endLine: 4, snippet: { text: "a\n\nlake();\nb" } },
          },
          message: { text: "The component events  acme:index:Lake is declared here." },
        },
      ]);
    });

    it("points to the component if an installed package declares the resource", () => {
      const [, ofBucket] = locationsAt(7) ?? [];
      assert.deepEqual(JSON.stringify(ofBucket).match(/infra[^"]*/g), ["infra/index.ts"]);
    });

    it("keeps the fingerprints when a line moves, and conforms to the schema", () => {
      const fingerprintsAt = (line: number) =>
        logAt(line).runs[0]?.results.map(({ partialFingerprints }) => partialFingerprints);
      assert.deepEqual(fingerprintsAt(7), fingerprintsAt(70));
      assert.notDeepEqual(locationsAt(7), locationsAt(70));
      assert.deepEqual(sarifProblems(JSON.parse(JSON.stringify(logAt(7)))), []);
    });

    it("does not point out of the repository", () => {
      const resources = [
        { ...anyResource(STREAM), position: { file: "../../shared/stream.ts", line: 2 } },
      ];
      assert.equal(sourceLines({ resources }, "infra").of(STREAM), undefined);
      assert.deepEqual(sourceLines({ resources }, "teams/infra").of(STREAM), {
        file: "shared/stream.ts",
        line: 2,
      });
    });
  });

  it("has a unique fingerprint for each violation that does not depend on the message", () => {
    const fingerprintsOf = (policyReport: PackReport): string[] =>
      runOf(policyReport).results.map(
        ({ partialFingerprints }) => partialFingerprints.primaryLocationLineHash,
      );
    const fingerprints = fingerprintsOf(report);
    assert.equal(new Set(fingerprints).size, 5);
    for (const fingerprint of fingerprints) assert.match(fingerprint, /^[0-9a-f]{16}:\d+$/);
    const reworded = report.violations
      .slice(0, 4)
      .map((violation) => ({ ...violation, message: "?" }));
    assert.deepEqual(fingerprintsOf({ ...report, violations: reworded }), fingerprints);
  });

  it("has notifications for exemptions and undecided results, not results", () => {
    const [invocation] = runOf(report).invocations;
    const notes = invocation?.toolExecutionNotifications ?? [];
    assert.deepEqual(
      notes.map(({ level, message }) => [level, message.text]),
      [
        ["note", "Undecided: events  aws:s3:Bucket: policy is unknown until deployment"],
        ["note", "Undecided: events  aws:s3:Bucket: policy is unknown until deployment"],
        ["note", EXEMPTION],
      ],
    );
    assert.ok(JSON.stringify(notes[0]).includes(BUCKET));
  });

  it("has a different run id for each stack", () => {
    assert.equal(runOf(report).automationDetails.id, "strict/shop/dev/");
  });
});
