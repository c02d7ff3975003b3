import type { PlanRequest } from "../../../engine/planStack";
import { gateDocument } from "../../reports/gate";
import { conclusion } from "../../reports/policySection";
import { jsonText } from "../../reports/printable";
import type { ReportOutput } from "../../reports/terminal";
import { wrap } from "../../reports/wrapText";
import { accessConclusion } from "../access/accessSection";
import { deniedCalls } from "../access/accessVerdict";
import { estimateConclusion, type EstimateComparison } from "../compare/estimateDifferences";
import { applyGate, estimatesOf, type PlanOptions, styleOf, writePlanReports } from "../showPlan";
import { type BasedPlan, planWithBase } from "./diffBase";
import { differenceMarkdown } from "./differenceMarkdown";
import { differenceReport } from "./differenceReport";
import { planDifference } from "./planDifference";

/**
 * Plans a stack and prints what differs from another version of it.
 *
 * @returns the exit code, which only the findings and the access of the working tree decide
 * @throws Error if either cannot be planned or read
 */
export async function planDiff(
  name: string,
  request: PlanRequest,
  options: PlanOptions,
  output: ReportOutput,
  signal: AbortSignal,
): Promise<number> {
  const print = (text: string): unknown => output.stderr.write(text);
  const based = await planWithBase(name, request, print, signal);
  const { plan } = based;
  const gate = await applyGate(plan, options, print);
  const difference = planDifference(based);
  const estimates = await labeledEstimates(based, options);
  const style = styleOf(options, output);
  const fails = gate.fails || deniedCalls(plan.access) > 0;
  output.stdout.write(
    options.json === true
      ? `${jsonText({ ...difference, ...(estimates && { estimates }), passes: !fails, ...gateDocument(gate) })}\n`
      : [
          ...differenceReport(difference, style, estimates),
          ...conclusion(gate, plan.graph, style),
          ...accessConclusion(plan.access, style),
          ...(estimates ? wrap(estimateConclusion(estimates), style.columns) : []),
          "",
        ].join("\n"),
  );
  writePlanReports(plan, gate, options, style, (limit) =>
    differenceMarkdown(difference, estimates, limit),
  );
  return fails ? 1 : 0;
}

/** Undefined without a traffic, and if there was nothing before. */
async function labeledEstimates(
  { base, plan }: BasedPlan,
  options: PlanOptions,
): Promise<EstimateComparison | undefined> {
  if (base.plan.graph.resources.length === 0) return undefined;
  const estimates = await estimatesOf([base.plan, plan], options);
  return (
    estimates && {
      ...estimates,
      here: { ...estimates.here, stack: base.name },
      there: { ...estimates.there, stack: "the working tree" },
    }
  );
}
