import assert from "node:assert/strict";
import fc from "fast-check";
import pc from "picocolors";
import { auditReport } from "../../../cli/audit/auditReport";
import { LiveLines } from "../../../cli/local/liveLines";
import { closingReport } from "../../../cli/local/localReport";
import { runSummary } from "../../../cli/local/runSummary";
import type { PlanWithAccess } from "../../../cli/plan/access/planWithAccess";
import { compareStacks } from "../../../cli/plan/compare/comparison";
import { comparisonReport } from "../../../cli/plan/compare/comparisonReport";
import { planDocument } from "../../../cli/plan/planDocument";
import { planReport } from "../../../cli/plan/planReport";
import { noteLines } from "../../../cli/reports/graphNotes";
import { markdownReport } from "../../../cli/reports/markdown/markdownReport";
import { jsonText, printableText } from "../../../cli/reports/printable";
import { sarifLog } from "../../../cli/reports/sarif/sarifLog";
import { sendReport } from "../../../cli/send/sendReport";
import { verifyReport } from "../../../cli/verify/verifyReport";
import type { ResourceGraph } from "../../../engine/graph/resourceGraph";
import { declared, lake, planOf, policyNamed, settingsOutput } from "../support/planGraph";

const ESCAPE = "\u001b";
const COLORS = new RegExp(`${ESCAPE}\\[(?:1|2|22|3[1-6]|39|90)m`, "g");

/** Begins the second line of a hostile string. */
const FORGED = "FORGED";

const piece = fc.constantFrom(
  ...["\u001b[2J", "\u001b[8m", "\u009b31m", "\r", "\u0007", "\u2028", "\u202e", "\t"],
  ...["::error::", "::", ":", "##[error]", "##", "[", "##vso[x]", " ", "events", "Zoë"],
);

const hostile = fc
  .tuple(fc.array(piece), fc.array(piece))
  .map(([first, second]) => `x${first.join("")}\n${FORGED}${second.join("")}`);

/** A plan whose program, pack and access check use a string wherever they can choose one. */
function planWith(text: string, stack = "dev", other = text): PlanWithAccess {
  const settings = settingsOutput({ [text]: other, "stream.retentionHours": other }, [text]);
  const stream = declared("aws:kinesis/stream:Stream", { name: text, inputs: { name: other } });
  const bucket = declared("aws:s3/bucket:Bucket", {
    name: text,
    inputs: { tags: { [text]: other } },
  });
  const strange = declared(text, { name: text });
  const only = declared("aws:s3/bucket:Bucket", { name: `${stack} ${text}` });
  const plan = planOf({
    ...{ stack, outputs: { [text]: other } },
    resources: [{ ...lake(settings, [stream, bucket]), name: text }, strange, only],
    report: {
      policies: [policyNamed("retention", { remediationSteps: text, url: `https://${text}` })],
    },
  });
  const urn = plan.graph.resources.at(-1)?.urn ?? "";
  const rule = { policy: stack === "dev" ? text : "retention", urn };
  const denied = { call: text, action: text, resource: text, message: text };
  return {
    ...plan,
    graph: { ...plan.graph, notes: [{ kind: "assumed", subject: urn, message: text }] },
    report: {
      ...plan.report,
      configFile: text,
      violations: [{ ...rule, level: "mandatory", severity: "high", message: text }],
      undecided: [{ ...rule, reason: text }],
      remediations: [{ ...rule, description: text }],
    },
    access: [
      {
        ...{ deliveryStream: urn, calls: [text, "Other"], allowed: [], denied: [denied] },
        undecided: [{ reason: text, calls: [text] }],
        unused: {
          documented: [],
          tooMuch: [{ policy: text, statement: text, action: text, resource: text }],
        },
        assumptions: [text],
      },
    ],
  };
}

const style = (hasColors: boolean) => ({
  ...{ preview: false, columns: 80, basis: "as exported to prod.json" },
  colors: pc.createColors(hasColors),
});

const compared = (text: string) =>
  compareStacks(planWith(text), planWith(text, "prod", `2 ${text}`));

const found = (text: string) => ({
  ...{ prefixes: [text], objects: 1, records: 1, storedBytes: 1, bytes: 1 },
  corrupt: [{ key: text, reason: text }],
  errors: {
    ...{ objects: 1, records: 1, byCode: { [text]: 1 } },
    causes: [
      {
        ...{ type: text, code: text, message: text, resource: text, records: 1, objects: 1 },
        ...{ first: 0, last: 0, example: { key: text, line: 1 } },
      },
    ],
  },
});

const sending = (text: string) => ({
  ...{ sent: 1, bytes: 1, skippedBlank: 0, requests: 1, retries: 0 },
  rejected: [{ line: 1, reason: text }],
  failed: [{ line: 2, code: text, message: text }],
  stopped: { afterLine: 3, reason: text },
});

const comparison = { sent: 1, delivered: 1, missing: 0, duplicated: 0, unexpected: 0 };

function snapshot(text: string) {
  const message = JSON.stringify({ errorCode: text, message: text });
  return {
    at: 0,
    metrics: [],
    alarms: [
      { ...{ name: text, resource: text, isCondition: false }, notEvaluated: text },
      {
        ...{ name: text, resource: text, isCondition: false },
        ...{ state: "OK" as const, wouldHaveFired: true, transitions: [] },
      },
    ],
    errorLog: { count: 1, lines: [{ at: 0, logGroupName: "g", logStreamName: "s", message }] },
  };
}

function liveLines(text: string): string {
  const printed: string[] = [];
  const lines = new LiveLines((line) => printed.push(line));
  lines.onDelivery({
    ...{ type: "call-failed", deliveryStream: text, at: 0, operation: "PutObject", attempt: 2 },
    ...{ milliseconds: 1, delayMilliseconds: 1, code: text, message: text, denied: false },
  });
  return printed.join("\n");
}

/** Every report for a person, by its name. */
const reports: Readonly<Record<string, (text: string, hasColors: boolean) => string>> = {
  plan: (text, hasColors) => planReport(planWith(text), style(hasColors)),
  audit: (text, hasColors) => auditReport(planWith(text), style(hasColors)),
  comparison: (text, hasColors) => comparisonReport(compared(text), style(hasColors)),
  notes: (text) => noteLines(planWith(text).graph).join("\n"),
  send: (text, hasColors) =>
    sendReport(sending(text), { name: text, type: "stream" }, pc.createColors(hasColors)),
  verify: (text, hasColors) =>
    verifyReport(
      { ...found(text), bucket: text, day: "2026-03-01", timeZone: "UTC", errorPrefix: text },
      pc.createColors(hasColors),
    ),
  "end of a run": (text, hasColors) =>
    runSummary(
      {
        ...{ directory: text, objects: 1, isCutShort: false },
        records: { received: 1, missing: 0, unreadable: 0, hasUnknownLoss: false },
        input: {
          sending: sending(text),
          outputs: [text, "other"].map((name) => ({
            deliveryStreams: [name],
            found: { lake: found(text), comparison },
          })),
        },
      },
      pc.createColors(hasColors),
    ),
  "monitoring of a run": (text, hasColors) =>
    closingReport(
      { access: () => ({ denied: [text], granted: [], unused: [] }) },
      snapshot(text),
      pc.createColors(hasColors),
    ),
  "lines of a run": liveLines,
  Markdown: (text) => {
    const { graph, report } = planWith(text);
    return markdownReport({
      ...{ project: "shop", stack: "dev", report, basis: "planned offline", denied: [text] },
      ...{ resources: graph.resources.length, settings: [{ setting: text, value: text }] },
      notes: [{ kind: "not evaluated", subject: graph.resources[1]?.urn ?? "", message: text }],
    });
  },
};

describe("text from outside", () => {
  for (const [name, reportOf] of Object.entries(reports))
    it(`is harmless in the report: ${name}`, () => {
      fc.assert(
        fc.property(hostile, fc.boolean(), (text, hasColors) => {
          const report = printableText(reportOf(text, hasColors), hasColors);
          const plain = report.replace(COLORS, "");
          assert.match(plain, new RegExp(FORGED));
          assert.doesNotMatch(plain, /[^\P{Cc}\n]|[\u2028\u202e]|##(vso)?\[|^\s*::/mu);
          assert.doesNotMatch(plain, new RegExp(`^${FORGED}`, "m"));
        }),
        { numRuns: 30 },
      );
    });

  it("stays as it is in JSON documents and in SARIF, and is harmless there as well", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const plan = planWith(text);
        const { graph, report } = plan;
        const pack = { name: "strict", version: "1.2.3" };
        const log = sarifLog({
          ...{ project: "shop", stack: "dev", report: { ...report, pack }, file: "Pulumi.yaml" },
        });
        for (const json of [planDocument(plan), jsonText(compared(text)), jsonText(log)]) {
          assert.equal(printableText(json, false), json);
          assert.ok(stringsIn(JSON.parse(json)).includes(text), json);
        }
        const { resources } = JSON.parse(planDocument(plan)) as ResourceGraph;
        assert.deepEqual(
          resources.map(({ urn, name }) => [urn, name]),
          graph.resources.map(({ urn, name }) => [urn, name]),
        );
      }),
      { numRuns: 30 },
    );
  });
});

function stringsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}
