import { resolve } from "node:path";
import { planStack } from "../../local/engine/planStack";
import { planDocument } from "./planDocument";
import { planReport } from "./planReport";
import type { Colors } from "../stdoutColors";

export interface PlanOptions {
  readonly stack: string;
  readonly json?: boolean;
  readonly preview?: boolean;
  readonly policyPack: string;
  readonly policyConfig?: string;
  readonly cwd: string;
}

/** Where the plan and all other text go. */
export interface PlanOutput {
  readonly stdout: { write(text: string): unknown; readonly columns?: number };
  readonly stderr: { write(text: string): unknown };
  /** For `stdout`. */
  readonly colors: Colors;
}

/** Width where output is not a terminal. */
const COLUMNS = 80;

/**
 * Plans a stack and prints the plan.
 *
 * @returns the exit code: 1 if a mandatory policy is violated, else 0
 * @throws Error if the program, its config or the policy pack fails
 */
export async function plan(options: PlanOptions, output: PlanOutput): Promise<number> {
  const { stdout, stderr, colors } = output;
  // Relative paths count from --cwd, as in Pulumi.
  const from = (path: string): string => resolve(options.cwd, path);
  const preview = options.preview === true;
  const stackPlan = await planStack(
    {
      directory: from("."),
      stack: options.stack,
      preview,
      policyPack: from(options.policyPack),
      policyConfig: options.policyConfig === undefined ? undefined : from(options.policyConfig),
    },
    (text) => stderr.write(text),
  );
  const columns = stdout.columns ?? COLUMNS;
  stdout.write(
    options.json === true
      ? planDocument(stackPlan)
      : planReport(stackPlan, { preview, columns, colors }),
  );
  return stackPlan.report.violations.some(({ level }) => level === "mandatory") ? 1 : 0;
}
