import { spawn } from "node:child_process";
import { once } from "node:events";
import { withoutAws } from "../../cli/support/runCommand";

export interface Ended {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * The environment of a user's shell: without AWS variables, and without what npm passes to the scripts
 * that it runs, such as the tests, and would apply to every npm that a test starts.
 */
export function shellEnvironment(): NodeJS.ProcessEnv {
  const isOfScript = /^npm_(?:config_(?:local_prefix|prefix|workspaces?)$|lifecycle_|package_)/iu;
  return Object.fromEntries(
    Object.entries(withoutAws(process.env)).filter(([name]) => !isOfScript.test(name)),
  );
}

/** Runs a command in a directory until it ends. */
export async function run(
  directory: string,
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<Ended> {
  const child = spawn(command, args, {
    cwd: directory,
    env: { ...shellEnvironment(), ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const printed = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const)
    child[name].setEncoding("utf8").on("data", (text: string) => (printed[name] += text));
  const [exitCode] = (await once(child, "close")) as [number | null];
  return { exitCode, ...printed };
}

/** @throws Error with everything that the command printed, if it fails */
export async function succeed(...command: Parameters<typeof run>): Promise<Ended> {
  const ended = await run(...command);
  if (ended.exitCode === 0) return ended;
  const [, name, args] = command;
  throw new Error(
    `${name} ${args.join(" ")} ended with ${ended.exitCode}:\n${ended.stderr}${ended.stdout}`,
  );
}
