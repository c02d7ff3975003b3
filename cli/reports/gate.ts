import type { ResourceGraph } from "../../engine/graph/resourceGraph";
import type { Severity } from "../../engine/policy/policyFacts";
import type { PolicyReport, Violation } from "../../engine/policy/policyReport";
import type { Undecided } from "../../engine/policy/resultData";
import type { Baseline } from "../baseline/baselineOptions";
import { compareBaseline, type KnownFindings } from "../baseline/compareBaseline";
import { counted } from "../../records/amounts";
import { type FailOn, SEVERITIES } from "./failOn";
import { isBlocking } from "./findings";
import { type UnevaluatedType, unevaluatedTypes } from "./unevaluated";

/** The findings of a stack that count, and what reports contain in addition. */
export interface Gate {
  /** Without the findings that the baseline contains. */
  readonly report: PolicyReport;
  /** The findings in the baseline; absent without one. */
  readonly known?: KnownFindings & { readonly file: string };
  readonly unevaluated: readonly UnevaluatedType[];
  /** Whether the findings make the command exit with 1. */
  readonly fails: boolean;
  /** A line about findings that count only because of `--fail-on`; empty if there are none. */
  readonly failOnLine: string;
}

interface GateOptions {
  readonly failOn?: readonly FailOn[] | undefined;
  readonly baseline?: Baseline;
}

/**
 * Decides whether a stack passes. Without `--baseline`, all findings are new; if a baseline is written,
 * none is.
 *
 * @param options Default: neither `--fail-on` nor a baseline
 */
export function gateOf(
  { graph, report }: { readonly graph: ResourceGraph; readonly report: PolicyReport },
  { failOn = [], baseline }: GateOptions = {},
): Gate {
  const { compared, isWritten = false } = baseline ?? {};
  const unevaluated = unevaluatedTypes(graph, report);
  const { known, report: fresh } = compared
    ? compareBaseline(report, compared.entries)
    : { known: undefined, report };
  const counts = compared !== undefined || !isWritten;
  return {
    report: fresh,
    ...(known && compared && { known: { ...known, file: compared.file } }),
    unevaluated,
    fails: counts && fails(fresh, failOn),
    failOnLine: counts ? failOnLine(fresh, failOn) : "",
  };
}

/** What JSON documents contain about a gate, after the findings that count. */
export function gateDocument({ known, unevaluated }: Gate) {
  return {
    ...(known && { baseline: known }),
    unevaluated,
  };
}

/** Whether the findings of a stack make a command exit with 1. */
export function fails(report: PolicyReport, failOn: readonly FailOn[] = []): boolean {
  return report.violations.some(isBlocking) || matching(report, failOn).length > 0;
}

/** The findings for which a command fails only because of `--fail-on`, as one line; empty if there are none. */
function failOnLine(report: PolicyReport, failOn: readonly FailOn[] = []): string {
  const findings = matching(report, failOn).filter(
    (finding) => !("level" in finding && isBlocking(finding)),
  );
  if (findings.length === 0) return "";
  return `--fail-on ${failOn.join(", ")}: ${counted(findings.length, "finding")}, although not mandatory`;
}

function matching(
  { violations, undecided }: PolicyReport,
  failOn: readonly FailOn[],
): readonly (Violation | Undecided)[] {
  const last = Math.max(...failOn.map((what) => SEVERITIES.findIndex((name) => name === what)), -1);
  const severities: readonly Severity[] = SEVERITIES.slice(0, last + 1);
  return [
    ...violations.filter(({ severity }) => severities.includes(severity)),
    ...(failOn.includes("undecided") ? undecided.filter(({ isExempt }) => isExempt !== true) : []),
  ];
}

/** How many findings a baseline contains, e.g. `12 violations and 3 undecided results are in the baseline`. */
export function knownText({ violations, undecided }: KnownFindings): string {
  const results = counted(undecided.length, "undecided result");
  const isOne = violations.length + undecided.length === 1;
  const counts = [
    ...(violations.length > 0 || undecided.length === 0
      ? [counted(violations.length, "violation")]
      : []),
    ...(undecided.length > 0 ? [results] : []),
  ];
  return `${counts.join(" and ")} ${isOne ? "is" : "are"} known from the baseline`;
}
