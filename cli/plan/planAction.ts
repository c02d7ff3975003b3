import { resolve } from "node:path";
import { redactorOf } from "../../engine/graph/redaction";
import { planStack, planTwoStacks, type StackPlan } from "../../engine/planStack";
import { lazyImport } from "../lazyImport";
import type { PolicyOptions } from "../options";
import { policyPackFor } from "../policyPack";
import { columnsOf, type ReportOutput } from "../reports/terminal";
import { reportedFile, writeReports } from "../reports/writeReports";
import { deniedCalls, deniedMessages } from "./access/accessVerdict";
import { compareStacks, mandatoryViolations } from "./compare/comparison";
import { comparisonReport } from "./compare/comparisonReport";
import { planDocument } from "./planDocument";
import { plannedOffline, planReport } from "./planReport";
import { stackSettings } from "./settings/reportedSettings";

export interface PlanOptions extends PolicyOptions {
  readonly stack?: string;
  readonly compare?: string;
  readonly json?: boolean;
  readonly preview?: boolean;
  /** False to evaluate no rules. */
  readonly policy?: boolean;
  readonly cwd: string;
}

/**
 * Plans a stack and prints the plan, or its differences from another stack.
 *
 * @returns the exit code: 1 if either stack violates a mandatory rule, or if IAM would deny a call of
 *   a planned delivery stream, otherwise 0
 * @throws Error if the program, its config or the policy pack fails
 */
export async function plan(options: PlanOptions, output: ReportOutput): Promise<number> {
  const { stdout, stderr, colors } = output;
  // Relative paths start at --cwd, as in Pulumi.
  const from = (path: string): string => resolve(options.cwd, path);
  const preview = options.preview === true;
  const request = {
    directory: from("."),
    stack: options.stack,
    preview,
    policyPack: options.policy === false ? undefined : policyPackFor(from("."), options.policyPack),
    policyConfig: options.policyConfig === undefined ? undefined : from(options.policyConfig),
  };
  const style = { preview, columns: columnsOf(output), colors };
  const print = (text: string): unknown => stderr.write(text);
  const { sarif, markdown } = options;
  if (options.compare === undefined) {
    const planning = planStack(request, print);
    // It loads the time zone database, while the program and the pack run in their processes.
    type Access = typeof import("./access/planWithAccess");
    const { planWithAccess } = await lazyImport<Access>(module, "./access/planWithAccess");
    const stackPlan = planWithAccess(await planning);
    stdout.write(options.json === true ? planDocument(stackPlan) : planReport(stackPlan, style));
    writeReports(
      { sarif: sarif && from(sarif), markdown: markdown && from(markdown) },
      {
        ...stackPlan,
        file: reportedFile({ directory: request.directory, ...stackPlan.graph }, "Pulumi.yaml"),
        basis: plannedOffline(style),
        settings: stackSettings(stackPlan.graph),
        denied: deniedMessages(stackPlan.access).map(redactorOf(stackPlan.graph)),
      },
    );
    return deniedCalls(stackPlan.access) > 0 ? 1 : exitCodeOf(stackPlan);
  }
  if (sarif !== undefined || markdown !== undefined)
    throw new Error("--sarif and --markdown cannot be combined with --compare.");
  const plans = await planTwoStacks(request, options.compare, print);
  const comparison = compareStacks(...plans);
  stdout.write(
    options.json === true
      ? `${JSON.stringify(comparison, null, 2)}\n`
      : comparisonReport(comparison, style),
  );
  return exitCodeOf(...plans);
}

function exitCodeOf(...plans: readonly StackPlan[]): number {
  return plans.some((stackPlan) => mandatoryViolations(stackPlan) > 0) ? 1 : 0;
}
