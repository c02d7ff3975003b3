import type { PolicyReport, Undecided } from "../../../engine/policy/policyReport";
import { counted } from "../amounts";
import {
  type Finding,
  type Findings,
  findingsOf,
  isBlocking,
  evaluatedText,
  packTitle,
  verdictText,
} from "../findings";
import { groupedBy } from "../groupedBy";
import { resourceTitle } from "../resourceTitle";
import { code, folded, inline, joined, linked, list, table } from "./markup";

/** A judged stack, for a comment on a pull request. */
export interface MarkdownSource {
  readonly project: string;
  readonly stack: string;
  readonly report: PolicyReport;
  /** How many resources the stack has. */
  readonly resources: number;
  /** What was judged, e.g. `planned offline`. */
  readonly basis: string;
  /** What the stack sets of its components' settings, as far as they tell. */
  readonly settings: readonly ShownSetting[];
  /** What IAM would not let Firehose do, in AWS's words. */
  readonly denied?: readonly string[];
}

/** A setting as text, with nothing secret in it. */
export interface ShownSetting {
  readonly setting: string;
  readonly value: string;
}

/** The longest comment that GitHub takes. */
const MOST_CHARACTERS = 65_536;

/** How many entries of each kind are shown: the most with which all is short enough. */
const LIMITS = [200, 50, 10] as const;

/**
 * What the policies say of a stack, in GitHub's Markdown. However much they say, it fits into a
 * comment: what is left out is counted.
 */
export function markdownReport(source: MarkdownSource): string {
  const findings = findingsOf(source.report);
  const texts = LIMITS.map((limit) => markdownText(source, findings, limit));
  return texts.find((text) => text.length <= MOST_CHARACTERS) ?? markdownText(source, findings, 0);
}

function markdownText(source: MarkdownSource, findings: Findings, limit: number): string {
  const { project, stack, report, resources, basis, settings, denied = [] } = source;
  const { violations, exemptions, undecided } = findings;
  const text = joined([
    [
      `### ${sign(findings, denied)} ${inline(`${project}/${stack}`)}: ${verdict(findings, denied)}`,
    ],
    [inline(`${evaluatedText(resources, report)} of ${packTitle(report)}, ${basis}.`)],
    [
      list(
        denied.map((message) => `**denied**: ${cell(message)}`),
        limit,
      ),
    ],
    [table(["resource", "level", "rule", "what is wrong"], violationRows(violations), limit)],
    [folded("How to fix", list(fixes(violations), limit))],
    [
      folded(
        `${counted(exemptions.length, "exemption")} in force`,
        list(exemptions.map(cell), limit),
      ),
    ],
    [
      folded(
        `${undecided.length} undecided, and so not passed`,
        table(["resource", "why", "rules"], undecidedRows(undecided), limit),
      ),
    ],
    [
      folded(
        `${counted(settings.length, "setting")} that the stack sets`,
        table(
          ["setting", "value"],
          settings.map(({ setting, value }) => [code(setting), code(shortened(value))]),
          limit,
        ),
      ),
    ],
  ]);
  return `${text}\n`;
}

function verdict(findings: Findings, denied: readonly string[]): string {
  const more = denied.length === 0 ? "" : `, ${counted(denied.length, "denied request")}`;
  return `${verdictText(findings)}${more}`;
}

function sign({ violations }: Findings, denied: readonly string[]): string {
  if (denied.length > 0 || violations.some(isBlocking)) return "❌";
  return violations.length > 0 ? "⚠️" : "✅";
}

function violationRows(violations: readonly Finding[]): string[][] {
  return groupedBy(violations, ({ urn }) => urn).flatMap(([urn, group]) =>
    titledRows(
      urn,
      group.map((finding) => {
        const { level, severity, policy, link, reason } = finding;
        const weight = severity === "unspecified" ? "" : `, ${severity}`;
        return [
          `${isBlocking(finding) ? `**${level}**` : level}${weight}`,
          linked(policy, link),
          cell(reason),
        ];
      }),
    ),
  );
}

function undecidedRows(undecided: readonly Undecided[]): string[][] {
  return groupedBy(undecided, ({ urn }) => urn).flatMap(([urn, entries]) =>
    titledRows(
      urn,
      groupedBy(entries, ({ reason }) => reason).map(([reason, group]) => [
        cell(reason),
        group.map(({ policy }) => inline(policy)).join(", "),
      ]),
    ),
  );
}

/** Rows about one resource, of which only the first names it. */
function titledRows(urn: string, rows: readonly (readonly string[])[]): string[][] {
  const { name, type } = resourceTitle(urn);
  const title = `**${cell(name)}** ${code(type)}`.trim();
  return rows.map((cells, index) => [index === 0 ? title : "", ...cells]);
}

/** How to fix the violations of each rule. */
function fixes(violations: readonly Finding[]): string[] {
  const byPolicy = new Map(violations.map(({ policy, fix }) => [policy, fix]));
  return [...byPolicy].flatMap(([policy, fix]) =>
    fix === "" ? [] : `**${inline(policy)}**: ${cell(fix)}`,
  );
}

/** Longer texts are documents, which a comment has no room for. */
const LONGEST_TEXT = 500;

function cell(text: string): string {
  return inline(shortened(text));
}

function shortened(text: string): string {
  return text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text;
}
