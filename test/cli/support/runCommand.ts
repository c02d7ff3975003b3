import type { Command } from "commander";

/** The environment without AWS variables, so that tests do not depend on local credentials. */
export function withoutAws(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith("AWS_")));
}

/** Runs a command in this process and returns its output and exit code. */
export async function runCommand(
  command: Command,
  args: readonly string[],
): Promise<{ stdout: string; exitCode: number }> {
  const { log } = console;
  const { exitCode: before, env } = process;
  const printed: string[] = [];
  console.log = (text: string) => {
    printed.push(text);
  };
  process.exitCode = 0;
  process.env = withoutAws(env);
  try {
    await command
      .configureOutput({ writeErr: () => undefined })
      .parseAsync([...args], { from: "user" });
    return { stdout: printed.join("\n"), exitCode: process.exitCode };
  } finally {
    console.log = log;
    process.exitCode = before;
    process.env = env;
  }
}
