import { readFileSync } from "node:fs";
import * as z from "zod";
import type { ResourceGraph } from "../../engine/graph/resourceGraph";
import type { PolicyReport } from "../../engine/policy/policyReport";
import { jsonText } from "../reports/printable";
import { writeOutput } from "../reports/writeOutput";
import { type BaselineEntry, baselineEntries } from "./compareBaseline";

const baselineSchema = z.strictObject({
  version: z.literal(1),
  project: z.string(),
  stack: z.string(),
  findings: z.array(
    z.strictObject({
      policy: z.string(),
      urn: z.string(),
      result: z.enum(["violation", "undecided"]),
      message: z.string(),
    }),
  ),
});

type Stack = Pick<ResourceGraph, "project" | "stack">;

/**
 * Writes all findings of a stack as its baseline, in an order that makes the file easy to compare.
 *
 * @throws Error that names the file
 */
export function writeBaseline(path: string, { project, stack }: Stack, report: PolicyReport): void {
  const findings = [...baselineEntries(report)].sort((one, other) =>
    keyOf(one) < keyOf(other) ? -1 : 1,
  );
  const baseline: z.infer<typeof baselineSchema> = { version: 1, project, stack, findings };
  writeOutput("the baseline", path, `${jsonText(baseline)}\n`);
}

function keyOf({ urn, policy, result, message }: BaselineEntry): string {
  return JSON.stringify([urn, policy, result, message]);
}

/**
 * Reads the baseline of a stack.
 *
 * @throws Error if the file is not a baseline, or that of another stack
 */
export function readBaseline(path: string, { project, stack }: Stack): readonly BaselineEntry[] {
  const { data, error } = baselineSchema.safeParse(readJson(path));
  if (data === undefined) {
    const [issue] = error.issues;
    const place = issue?.path.join(".") ?? "";
    throw new Error(
      `${path} is not a baseline: ${place === "" ? "" : `${place}: `}${issue?.message ?? ""}. ${HOW_TO_WRITE}`,
    );
  }
  if (data.project !== project || data.stack !== stack)
    throw new Error(
      `${path} is the baseline of ${data.project}/${data.stack}, not of ${project}/${stack}. ${HOW_TO_WRITE}`,
    );
  return data.findings;
}

const HOW_TO_WRITE = "Write one with --write-baseline FILE.";

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new Error(`Cannot read the baseline ${path}: ${(error as Error).message}`, {
      cause: error,
    });
  }
}
