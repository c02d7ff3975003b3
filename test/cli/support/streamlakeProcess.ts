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
  /** Resolves when the condition holds for all of its output; rejects if it exits first. */
  printsWhat(condition: (printed: string) => boolean, what: string): Promise<void>;
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
  const printsWhat: StreamlakeProcess["printsWhat"] = async (condition, what) => {
    while (!condition(all())) {
      const ended = await Promise.race([exit, output(child)]);
      if (ended !== undefined && !condition(all()))
        throw new Error(`it ended with ${ended} and never printed ${what}:\n${all()}`);
    }
  };
  return {
    pid: child.pid ?? 0,
    stdout: () => printed.stdout,
    stderr: () => printed.stderr,
    prints: (text) => printsWhat((printed) => printed.includes(text), `"${text}"`),
    printsWhat,
    kill: (signal) => child.kill(signal),
    exit,
  };
}

/** Waits until `streamlake local --keep` has printed that it delivered as many records. */
export function untilDelivered(run: StreamlakeProcess, records: number): Promise<void> {
  const delivered = (printed: string): number =>
    [...printed.matchAll(/^Delivered ([\d,]+) records? in/gmu)].reduce(
      (sum, [, count = ""]) => sum + Number(count.replaceAll(",", "")),
      0,
    );
  const isDone = (printed: string): boolean => delivered(printed) >= records;
  return run.printsWhat(isDone, `that ${records} records are delivered`);
}

function output(child: ChildProcess): Promise<undefined> {
  return new Promise((resolve) => {
    for (const stream of [child.stdout, child.stderr])
      stream?.once("data", () => {
        resolve(undefined);
      });
  });
}
