import { type ChildProcessByStdio, spawn } from "node:child_process";
import { constants, tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";

export interface NodeProcess {
  readonly arguments: readonly string[];
  readonly cwd: string;
  /** On top of this process's own environment. */
  readonly env: Readonly<Record<string, string>>;
  /** Ends the process. */
  readonly signal: AbortSignal;
}

type Child = ChildProcessByStdio<null, Readable, Readable>;

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
const running = new Set<Child>();

/** Starts Node.js on a script. The process does not outlive this one, however this one ends. */
export function startNode(script: NodeProcess): Child {
  const child = spawn(process.execPath, script.arguments, {
    cwd: script.cwd,
    env: {
      ...process.env,
      ...script.env,
      // Half of a runner's start is compiling the SDK. Node.js 22 keeps what it compiled.
      NODE_COMPILE_CACHE: join(tmpdir(), "node-compile-cache"),
      // gRPC would send its calls to a company proxy, even those to this machine.
      no_grpc_proxy: "127.0.0.1",
    },
    stdio: ["ignore", "pipe", "pipe"],
    signal: script.signal,
    killSignal: "SIGKILL",
  });
  if (running.size === 0) {
    process.once("exit", killAll);
    for (const signal of SIGNALS) process.on(signal, endWith);
  }
  running.add(child);
  child.once("close", () => {
    running.delete(child);
    if (running.size === 0) stopListening();
  });
  return child;
}

function killAll(): void {
  for (const child of running) child.kill("SIGKILL");
}

function endWith(signal: NodeJS.Signals): void {
  killAll();
  const onlyOurs = process.listenerCount(signal) === 1;
  stopListening();
  // Whoever else listens decides how this process ends; else it ends as if nobody listened.
  if (onlyOurs) process.exit(128 + constants.signals[signal]);
}

function stopListening(): void {
  process.removeListener("exit", killAll);
  for (const signal of SIGNALS) process.removeListener(signal, endWith);
}
