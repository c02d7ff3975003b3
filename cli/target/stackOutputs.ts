import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { z } from "zod";
import type { StackOutputs } from "../../records/target/outputsTarget";

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

function outputsError(problem: string, alternative: string, cause: unknown): Error {
  return new Error(
    `${problem}\nWithout the CLI, specify --stack-export FILE; without the stack, ${alternative}.`,
    { cause },
  );
}

function cliProblem(stack: string, error: unknown): string {
  const { code, stderr } = error as { code?: unknown; stderr?: string };
  if (code === "ENOENT") {
    return `--stack reads the outputs of "${stack}" with the Pulumi CLI, but there is no "pulumi" on the PATH.`;
  }
  return `The Pulumi CLI cannot read the outputs of stack "${stack}":\n${stderr?.trim() || String(error)}`;
}
