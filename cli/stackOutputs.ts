import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** Outputs of a deployed stack. */
export type StackOutputs = Readonly<Record<string, unknown>>;

const run = promisify(execFile);

/**
 * Asks the Pulumi CLI for the outputs of a deployed stack, in the current folder's project.
 *
 * @param alternative the options that do without the stack, for the error
 * @throws Error if there is no CLI, or it fails (no such stack, not logged in ...), in its own words
 */
export async function stackOutputs(stack: string, alternative: string): Promise<StackOutputs> {
  const args = ["stack", "output", "--json", "--non-interactive", "--stack", stack];
  try {
    const { stdout } = await run("pulumi", args);
    return JSON.parse(stdout) as StackOutputs;
  } catch (error) {
    const problem = cliProblem(stack, error);
    throw new Error(`${problem}\nTo do without the stack, give ${alternative}.`, { cause: error });
  }
}

/**
 * One output that is a text.
 *
 * @throws Error if the stack has no such output
 */
export function textOutput(outputs: StackOutputs, name: string, stack: string): string {
  const value = outputs[name];
  if (typeof value === "string") return value;
  const found = Object.keys(outputs).join(", ");
  throw new Error(
    found === ""
      ? `Stack "${stack}" has no outputs. Deploy it first: pulumi up --stack ${stack}`
      : `Stack "${stack}" has no output "${name}" that is a text; its outputs are ${found}.`,
  );
}

function cliProblem(stack: string, error: unknown): string {
  const { code, stderr } = error as { code?: unknown; stderr?: string };
  if (code === "ENOENT") {
    return `--stack asks the Pulumi CLI about "${stack}", and there is no "pulumi" on the PATH.`;
  }
  return `The Pulumi CLI cannot tell the outputs of stack "${stack}":\n${stderr?.trim() || String(error)}`;
}
