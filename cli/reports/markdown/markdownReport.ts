import type { PolicyReport } from "../../../engine/policy/policyReport";
import type { Undecided } from "../../../engine/policy/resultData";
import { counted } from "../../../records/amounts";
import {
  type EvaluatedPart,
  evaluatedText,
  findingCounts,
  type Findings,
  isBlocking,
  opaqueComponents,
  packTitle,
  type ReportedViolation,
  sortFindings,
  undecidedUntil,
} from "../findings";
import { type Gate, knownText } from "../gate";
import {
  type FindingGroup,
  resourceNames,
  undecidedGroups,
  violationGroups,
} from "../findingGroups";
import { groupedBy } from "../groupedBy";
import { resourceTitle, shortType, urnTitle } from "../resourceTitle";
import { commonLine, noSourceLines, type SourceLines } from "../sourceLines";
import { unevaluatedTitle } from "../unevaluated";
import { code, folded, inline, joined, linked, list, table } from "./markup";

/** An evaluated stack, for a comment on a pull request. */
export interface MarkdownSource extends EvaluatedPart, Partial<Omit<Gate, "report">> {
  readonly project: string;
  readonly stack: string;
  readonly report: PolicyReport;
  /** Where the evaluated resources come from, e.g. `planned offline`. */
  readonly basis: string;
  /** The stack is deployed, not planned. Default: false. */
  readonly isDeployed?: boolean;
  /** The settings that the stack sets, of all components that report theirs. */
  readonly settings: readonly ShownSetting[];
  /** The error messages of AWS for requests of Firehose that IAM would deny. Default: none. */
  readonly denied?: readonly string[];
  /** Where the resources are declared. Default: unknown. */
  readonly lines?: SourceLines;
  /** Blocks about what differs from another version, with at most so many entries. Default: none. */
  readonly difference?: (limit: number) => readonly string[];
}

/** A setting as text, without secrets. */
interface ShownSetting {
  readonly setting: string;
  readonly value: string;
}

/** Maximum length of a comment on GitHub, in characters. */
const MAX_COMMENT_LENGTH = 65_536;

/** Maximum numbers of entries of each kind; the first one with which the comment fits applies. */
const LIMITS = [200, 50, 10] as const;

/**
 * The findings of a policy pack in GitHub's Markdown. It always fits into a comment: entries that are
 * left out are counted.
 */
export function markdownReport(source: MarkdownSource): string {
  const findings = sortFindings(source.report);
  const comments = LIMITS.map((limit) => limitedComment(source, findings, limit));
  const fitting = comments.find(({ length }) => length <= MAX_COMMENT_LENGTH);
  return fitting ?? limitedComment(source, findings, 0);
}

function limitedComment(source: MarkdownSource, findings: Findings, limit: number): string {
  const { project, stack, report, basis, isDeployed = false } = source;
  const { settings, denied = [], known, unevaluated = [], failOnLine = "" } = source;
  const opaque = opaqueComponents(source.notes);
  const { lines = noSourceLines, difference = () => [] } = source;
  const { violations, exemptions, undecided } = findings;
  const comment = joined([
    [`### ${sign(source, findings)} ${inline(`${project}/${stack}`)}: ${counts(findings, denied)}`],
    [inline(`${evaluatedText(source, report)} of ${packTitle(report)}, ${basis}.`)],
    ...difference(limit).map((block) => [block]),
    [
      list(
        [...(failOnLine === "" ? [] : [failOnLine]), ...(known ? [knownText(known)] : [])].map(
          inline,
        ),
        limit,
      ),
    ],
    [
      list(
        denied.map((message) => `**denied**: ${cell(message)}`),
        limit,
      ),
    ],
    [table(["resource", "level", "rule", "reason"], violationRows(violations, lines), limit)],
    [folded("How to fix", list(fixes(violations), limit))],
    [
      folded(
        `${counted(exemptions.length, "exemption")} in effect`,
        list(exemptions.map(cell), limit),
      ),
    ],
    [
      folded(
        `${undecided.length} undecided ${undecidedUntil(isDeployed)}`,
        table(["resource", "reason", "rules"], undecidedRows(undecided, lines), limit),
      ),
    ],
    [
      folded(
        `${counted(opaque.length, "component")} not evaluated`,
        table(
          ["component", "reason"],
          opaque.flatMap(({ subject, message }) =>
            titledRows(groupTitle({ urns: [subject], findings: [] }, lines), [[cell(message)]]),
          ),
          limit,
        ),
      ),
    ],
    [
      folded(
        `${counted(known?.gone.length ?? 0, "entry", "entries")} of the baseline no longer found`,
        list(
          (known?.gone ?? []).map(({ policy, urn, message }) =>
            [inline(policy), cell(urnTitle(urn)), cell(message)].join(": "),
          ),
          limit,
        ),
      ),
    ],
    [
      folded(
        unevaluatedTitle(unevaluated),
        table(
          ["type", "resources"],
          unevaluated.map(({ type, count }) => [code(shortType(type)), String(count)]),
          limit,
        ),
      ),
    ],
    [
      folded(
        `${counted(settings.length, "setting")} set by the stack`,
        table(
          ["setting", "value"],
          settings.map(({ setting, value }) => [code(setting), code(shortened(value))]),
          limit,
        ),
      ),
    ],
  ]);
  return `${comment}\n`;
}

function counts(findings: Findings, denied: readonly string[]): string {
  const requests = denied.length === 0 ? "" : `, ${counted(denied.length, "denied request")}`;
  return `${findingCounts(findings)}${requests}`;
}

function sign(
  { denied = [], notes, fails = false }: MarkdownSource,
  { violations }: Findings,
): string {
  if (fails || denied.length > 0 || violations.some(isBlocking)) return "❌";
  return violations.length > 0 || opaqueComponents(notes).length > 0 ? "⚠️" : "✅";
}

function violationRows(violations: readonly ReportedViolation[], lines: SourceLines): string[][] {
  return violationGroups(violations).flatMap((group) =>
    titledRows(
      groupTitle(group, lines),
      group.findings.map((violation) => {
        const { level, severity, policy, link, reason } = violation;
        const weight = severity === "unspecified" ? "" : `, ${severity}`;
        return [
          `${isBlocking(violation) ? `**${level}**` : level}${weight}`,
          linked(policy, link),
          cell(reason),
        ];
      }),
    ),
  );
}

function undecidedRows(undecided: readonly Undecided[], lines: SourceLines): string[][] {
  return undecidedGroups(undecided).flatMap((group) =>
    titledRows(
      groupTitle(group, lines),
      groupedBy(group.findings, ({ reason }) => reason).map(([reason, entries]) => [
        cell(reason),
        entries.map(({ policy }) => inline(policy)).join(", "),
      ]),
    ),
  );
}

/** The resource, or how many share the findings, with the line of the program that declares them. */
function groupTitle({ urns }: FindingGroup<unknown>, lines: SourceLines): string {
  const [first = ""] = urns;
  const { name, type } = resourceTitle(first);
  const line = commonLine(urns, lines);
  const place = line === undefined ? "" : `<br>${code(line)}`;
  const title = urns.length === 1 ? cell(name) : `${urns.length} resources`;
  const names = urns.length === 1 ? "" : `<br>${resourceNames(urns).map(cell).join(", ")}`;
  return `${`**${title}** ${code(type)}`.trim()}${place}${names}`;
}

/** Rows below one title, which only the first one contains. */
function titledRows(title: string, rows: readonly (readonly string[])[]): string[][] {
  return rows.map((cells, index) => [index === 0 ? title : "", ...cells]);
}

/** How to fix the violations of each rule. */
function fixes(violations: readonly ReportedViolation[]): string[] {
  const fixOf = new Map(violations.map(({ policy, fix }) => [policy, fix]));
  return [...fixOf].flatMap(([policy, fix]) =>
    fix === "" ? [] : `**${inline(policy)}**: ${cell(fix)}`,
  );
}

/** Maximum length of a cell; longer values are documents, too long for a comment. */
const MAX_CELL_LENGTH = 500;

function cell(text: string): string {
  return inline(shortened(text));
}

function shortened(text: string): string {
  return text.length > MAX_CELL_LENGTH ? `${text.slice(0, MAX_CELL_LENGTH)}…` : text;
}
