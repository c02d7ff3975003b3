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
  const { exitCode: before, env } = process;
  let printed = "";
  const restore = redirect(process.stdout, (text) => (printed += text));
  process.exitCode = 0;
  process.env = withoutAws(env);
  try {
    await command
      .configureOutput({ writeErr: () => undefined })
      .parseAsync([...args], { from: "user" });
    return { stdout: printed.replace(/\n$/, ""), exitCode: process.exitCode };
  } finally {
    restore();
    process.exitCode = before;
    process.env = env;
  }
}

/**
 * Passes what is written to a stream on to a function instead.
 *
 * @returns a function that ends the redirection
 */
export function redirect(stream: NodeJS.WriteStream, write: (text: string) => void): () => void {
  const original = Object.getOwnPropertyDescriptor(stream, "write");
  stream.write = (chunk: string | Uint8Array) => {
    write(typeof chunk === "string" ? chunk : Buffer.from(chunk).toString());
    return true;
  };
  return () => {
    if (original) Object.defineProperty(stream, "write", original);
    else Reflect.deleteProperty(stream, "write");
  };
}
