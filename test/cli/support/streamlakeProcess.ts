import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import type { Readable } from "node:stream";
import { withoutAws } from "./runCommand";

/** A running `streamlake` command. */
export interface StreamlakeProcess {
  readonly pid: number;
  /** Its output so far. */
  stdout(): string;
  stderr(): string;
  /** Resolves when it has printed the string; rejects if it exits first. */
  prints(text: string): Promise<void>;
  kill(signal: NodeJS.Signals): void;
  /** Resolves with its exit code, or with the signal that ended it. */
  readonly exit: Promise<number | NodeJS.Signals>;
}

/**
 * Starts the compiled `streamlake`, as users do (`npm test` compiles first), without the AWS variables
 * of the current environment.
 *
 * @param env additional variables
 */
export function startStreamlake(
  args: readonly string[],
  input: string | Buffer | Readable = "",
  env: NodeJS.ProcessEnv = {},
): StreamlakeProcess {
  const child = spawn(process.execPath, [resolve("cli/streamlake.cjs"), ...args], {
    env: { ...withoutAws(process.env), ...env },
    stdio: ["pipe", "pipe", "pipe"],
  });
  // The process may end before it has read everything.
  child.stdin.on("error", () => undefined);
  if (typeof input === "string" || Buffer.isBuffer(input)) child.stdin.end(input);
  else input.pipe(child.stdin);
  const printed = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const)
    child[name].setEncoding("utf8").on("data", (text: string) => (printed[name] += text));
  const exit = once(child, "close").then(
    ([code, signal]) => (code ?? signal) as number | NodeJS.Signals,
  );
  const all = (): string => printed.stdout + printed.stderr;
  return {
    pid: child.pid ?? 0,
    stdout: () => printed.stdout,
    stderr: () => printed.stderr,
    prints: async (text) => {
      while (!all().includes(text)) {
        const ended = await Promise.race([exit, output(child)]);
        if (ended !== undefined && !all().includes(text))
          throw new Error(`it ended with ${ended} and never printed "${text}":\n${all()}`);
      }
    },
    kill: (signal) => child.kill(signal),
    exit,
  };
}

function output(child: ChildProcess): Promise<undefined> {
  return new Promise((resolve) => {
    for (const stream of [child.stdout, child.stderr])
      stream?.once("data", () => {
        resolve(undefined);
      });
  });
}
