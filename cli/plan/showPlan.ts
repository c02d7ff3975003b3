import { resolve } from "node:path";
import { redactorOf } from "../../engine/graph/redaction";
import type { StackPlan } from "../../engine/planStack";
import type { TrafficOptions } from "../estimate/trafficOptions";
import { lazyImport } from "../lazyImport";
import { applyBaselineOptions } from "../baseline/baselineOptions";
import { complianceOutput } from "../compliance/complianceOptions";
import type { PolicyOptions } from "../options";
import { policyPackFor } from "../policyPack";
import { fails, type Gate, gateOf } from "../reports/gate";
import { jsonText } from "../reports/printable";
import { columnsOf, type ReportOutput } from "../reports/terminal";
import { reportedFile, writeReports } from "../reports/writeReports";
import { deniedCalls, deniedMessages } from "./access/accessVerdict";
import { type PlanWithAccess, planWithAccess } from "./access/planWithAccess";
import { compareStacks } from "./compare/comparison";
import type { EstimateComparison } from "./compare/estimateDifferences";
import { comparisonReport } from "./compare/comparisonReport";
import { planDocument } from "./planDocument";
import { plannedOffline, planReport, type ReportStyle } from "./planReport";
import { stackSettings } from "./settings/reportedSettings";

export interface PlanOptions extends PolicyOptions, TrafficOptions {
  readonly stack?: string;
  readonly compare?: string;
  /** A Git revision, or a file with a plan or a stack export. */
  readonly diff?: string;
  readonly json?: boolean;
  readonly preview?: boolean;
  /** False to evaluate no rules. */
  readonly policy?: boolean;
  /** File with prices, for an estimate. */
  readonly prices?: string;
  readonly cwd: string;
}

/**
 * Prints a plan, and writes the files that were asked for.
 *
 * @returns the exit code
 */
export async function showPlan(
  planned: StackPlan,
  options: PlanOptions,
  output: ReportOutput,
): Promise<number> {
  const from = (path: string): string => resolve(options.cwd, path);
  const style = styleOf(options, output);
  const stackPlan = planWithAccess(planned);
  const { graph, access } = stackPlan;
  const gate = await applyGate(stackPlan, options, (text) => output.stderr.write(text));
  const basis = plannedOffline(style);
  const place = { basis, isDeployed: false, program: from(".") };
  const evaluated = { graph, report: stackPlan.report, ...place, now: new Date() };
  output.stdout.write(
    (await complianceOutput(evaluated, options, from, style)) ??
      (options.json === true ? planDocument(stackPlan, gate) : planReport(stackPlan, style, gate)),
  );
  writePlanReports(stackPlan, gate, options, style);
  return gate.fails || deniedCalls(access) > 0 ? 1 : 0;
}

/** Decides which findings count, and writes the baseline that was asked for. */
export async function applyGate(
  plan: PlanWithAccess,
  options: PlanOptions,
  print: (text: string) => void,
): Promise<Gate> {
  const from = (path: string): string => resolve(options.cwd, path);
  const baseline = await applyBaselineOptions(plan, options, from, print);
  return gateOf(plan, { failOn: options.failOn, baseline });
}

/**
 * Writes the SARIF and Markdown reports that were asked for.
 *
 * @param difference blocks of Markdown about what differs from another version. Default: none.
 */
export function writePlanReports(
  { graph, access }: PlanWithAccess,
  gate: Gate,
  options: PlanOptions,
  style: Pick<ReportStyle, "preview">,
  difference?: (limit: number) => readonly string[],
): void {
  const from = (path: string): string => resolve(options.cwd, path);
  const { sarif, markdown } = options;
  writeReports(
    { sarif: sarif && from(sarif), markdown: markdown && from(markdown) },
    {
      graph,
      ...gate,
      directory: from("."),
      policyPack:
        options.policy === false ? undefined : policyPackFor(from("."), options.policyPack),
      file: reportedFile({ directory: from("."), ...graph }, "Pulumi.yaml"),
      basis: plannedOffline(style),
      settings: stackSettings(graph),
      denied: deniedMessages(access).map(redactorOf(graph)),
      ...(difference && { difference }),
    },
  );
}

/**
 * Prints the differences between two plans.
 *
 * @returns the exit code
 */
export async function showComparison(
  plans: readonly [StackPlan, StackPlan],
  options: PlanOptions,
  output: ReportOutput,
): Promise<number> {
  const [here, there] = [planWithAccess(plans[0]), planWithAccess(plans[1])];
  const comparison = compareStacks(here, there);
  const estimates = await estimatesOf(plans, options);
  output.stdout.write(
    options.json === true
      ? `${jsonText({ ...comparison, ...(estimates && { estimates }) })}\n`
      : comparisonReport(comparison, styleOf(options, output), estimates),
  );
  const isBad = (plan: PlanWithAccess): boolean =>
    fails(plan.report, options.failOn) || deniedCalls(plan.access) > 0;
  return [here, there].some(isBad) ? 1 : 0;
}

/** Undefined without a traffic. */
export async function estimatesOf(
  plans: readonly [StackPlan, StackPlan],
  options: PlanOptions,
): Promise<EstimateComparison | undefined> {
  if (options.rate === undefined) return undefined;
  type Estimates = typeof import("./compare/compareEstimates");
  const { compareEstimates } = await lazyImport<Estimates>(module, "./compare/compareEstimates");
  return compareEstimates(plans, { ...options, cwd: resolve(options.cwd) });
}

export function styleOf({ preview = false }: PlanOptions, output: ReportOutput) {
  return { preview, columns: columnsOf(output), colors: output.colors };
}
