import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { z } from "zod";

/** Outputs of a deployed stack. */
export type StackOutputs = Readonly<Record<string, unknown>>;

const run = promisify(execFile);

const outputsSchema = z.record(z.string(), z.unknown());

/**
 * Reads the outputs of a deployed stack with the Pulumi CLI, in the project of the current directory.
 *
 * @param alternative options to use instead of the stack, for error messages
 * @throws Error if there is no CLI, or if it fails (no such stack, not logged in ...), with its message
 */
export async function stackOutputs(stack: string, alternative: string): Promise<StackOutputs> {
  const args = ["stack", "output", "--json", "--non-interactive", "--stack", stack];
  const { stdout } = await run("pulumi", args).catch((error: unknown) => {
    throw outputsError(cliProblem(stack, error), alternative, error);
  });
  try {
    return outputsSchema.parse(JSON.parse(stdout));
  } catch (error) {
    const problem = `"pulumi ${args.join(" ")}" did not print a JSON object.`;
    throw outputsError(problem, alternative, error);
  }
}

/**
 * The value of an output.
 *
 * @throws Error if the stack has no such output, or if it is not a string
 */
export function stringOutput(outputs: StackOutputs, name: string, stack: string): string {
  const value = outputs[name];
  if (typeof value === "string") return value;
  const names = Object.keys(outputs).join(", ");
  throw new Error(
    names === ""
      ? `Stack "${stack}" has no outputs. Deploy it first: pulumi up --stack ${stack}`
      : `Stack "${stack}" has no output "${name}" that is a string; its outputs are ${names}.`,
  );
}

function outputsError(problem: string, alternative: string, cause: unknown): Error {
  return new Error(`${problem}\nWithout the stack, specify ${alternative}.`, { cause });
}

function cliProblem(stack: string, error: unknown): string {
  const { code, stderr } = error as { code?: unknown; stderr?: string };
  if (code === "ENOENT") {
    return `--stack reads the outputs of "${stack}" with the Pulumi CLI, but there is no "pulumi" on the PATH.`;
  }
  return `The Pulumi CLI cannot read the outputs of stack "${stack}":\n${stderr?.trim() || String(error)}`;
}
