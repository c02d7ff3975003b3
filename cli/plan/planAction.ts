import { resolve } from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import { planStack, planTwoStacks } from "../../engine/planStack";
import { checkComplianceOptions } from "../compliance/complianceOptions";
import { interruptible } from "../interruptible";
import { lazyImport } from "../lazyImport";
import { packEnvironment, policyPackFor } from "../policyPack";
import type { ReportOutput } from "../reports/terminal";
import type { PlanOptions } from "./showPlan";

/**
 * Plans a stack and prints the plan, or its differences from another stack or version.
 *
 * @returns the exit code: 1 if either stack violates a mandatory rule or has a finding of `--fail-on`, or
 *   if IAM would deny a call of a planned delivery stream, otherwise 0
 * @throws Error if the program, its config or the policy pack fails
 */
export async function plan(options: PlanOptions, output: ReportOutput): Promise<number> {
  // Relative paths start at --cwd, as in Pulumi.
  const from = (path: string): string => resolve(options.cwd, path);
  checkComplianceOptions(options);
  checkTrafficOptions(options);
  const request = {
    directory: from("."),
    stack: options.stack,
    preview: options.preview === true,
    policyPack: options.policy === false ? undefined : policyPackFor(from("."), options.policyPack),
    policyConfig: options.policyConfig === undefined ? undefined : from(options.policyConfig),
    packEnvironment: packEnvironment(options, from),
  };
  const print = (text: string): unknown => output.stderr.write(text);
  const { diff } = options;
  if (diff !== undefined) {
    if (options.compare !== undefined || options.compliance !== undefined)
      throw new Error("--diff cannot be combined with --compare or --compliance.");
    type Diff = typeof import("./diff/diffAction");
    const { planDiff } = await lazyImport<Diff>(module, "./diff/diffAction");
    return interruptible((signal) => planDiff(diff, request, options, output, signal));
  }
  if (options.compare === undefined) {
    const planned = planStack(request, print);
    const { showPlan } = await whileChildrenStart(planned);
    return showPlan(await planned, options, output);
  }
  const alone = ["sarif", "markdown", "baseline", "writeBaseline", "compliance"] as const;
  if (alone.some((name) => options[name] !== undefined))
    throw new Error(
      "--sarif, --markdown, --baseline, --write-baseline and --compliance cannot be combined with --compare.",
    );
  const planned = planTwoStacks(request, options.compare, print);
  const { showComparison } = await whileChildrenStart(planned);
  return showComparison(await planned, options, output);
}

/** @throws Error if a traffic is given without effect */
function checkTrafficOptions({ compare, diff, rate, ...options }: PlanOptions): void {
  if (rate !== undefined) {
    if (compare === undefined && diff === undefined)
      throw new Error("--rate needs --compare or --diff. For one stack: streamlake estimate");
    return;
  }
  for (const name of ["size", "input", "hours", "peak", "prices"] as const)
    if (options[name] !== undefined)
      throw new Error(
        `--${name} needs --rate, with which both sides of a comparison are estimated.`,
      );
}

/** Loads what shows a plan: as long as the program and the pack take to start. */
async function whileChildrenStart(planned: Promise<unknown>): Promise<typeof import("./showPlan")> {
  // The caller awaits it, after a failure to plan as well.
  planned.catch(() => undefined);
  // Starting a program takes this process one turn.
  await turn();
  return lazyImport(module, "./showPlan");
}
