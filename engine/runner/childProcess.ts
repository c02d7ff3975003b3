import { type ChildProcessByStdio, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { constants } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { cacheDirectory } from "./preload/cacheDirectory";

export interface NodeProcess {
  readonly arguments: readonly string[];
  readonly cwd: string;
  /** Added to the environment of this process. */
  readonly env: Readonly<Record<string, string>>;
  /** Ends the process. */
  readonly signal: AbortSignal;
}

/** A process that ends itself when its lifeline closes. */
export interface WatchfulProcess extends NodeProcess {
  readonly command: string;
}

export type Child = ChildProcessByStdio<null, Readable, Readable>;

/** From the sources of this module. */
const BUILT_PRELOADS = "../../cli/dist/engine/runner/preload";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
const running = new Set<Child>();

/**
 * Starts a Node.js process. It does not outlive this process, however this process ends: on exit and on
 * a signal, this process ends it; after SIGKILL, it ends itself as soon as its event loop is free.
 */
export function startNode(script: NodeProcess): Child {
  const cache = cacheDirectory();
  return startWatchful({
    ...script,
    command: process.execPath,
    arguments: [preload("endWithParent"), ...script.arguments],
    env: {
      ...script.env,
      // Node.js 22.1 and later cache compiled code in this directory. Older versions ignore it, and
      // the preload caches the code instead.
      ...(cache !== undefined && { NODE_COMPILE_CACHE: join(cache, "node") }),
    },
  });
}

/**
 * The Node.js argument that loads a module of `preload/` first. It must be compiled, also if this module
 * is not.
 *
 * @throws Error if it is not compiled
 */
export function preload(name: string): string {
  const compiled = [join(__dirname, "preload"), join(__dirname, BUILT_PRELOADS)]
    .map((directory) => join(directory, `${name}.js`))
    .find(existsSync);
  if (compiled === undefined) throw new Error("streamlake is not built. Build it: npm run build");
  return `--require=${compiled}`;
}

/**
 * Starts a process that ends itself when its lifeline closes. On exit and on a signal, this process
 * ends it.
 */
export function startWatchful(watchful: WatchfulProcess): Child {
  const child = spawn(watchful.command, watchful.arguments, {
    cwd: watchful.cwd,
    env: childEnvironment(watchful.env),
    stdio: ["ignore", "pipe", "pipe", "pipe"],
    signal: watchful.signal,
    killSignal: "SIGKILL",
    // Node.js has no type for a child with more than three pipes.
  }) as Child;
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

/** The environment of this process with additions. */
export function childEnvironment(additions: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  // Otherwise gRPC sends even calls to this machine through a configured proxy.
  return { ...process.env, ...additions, no_grpc_proxy: "127.0.0.1" };
}

function killAll(): void {
  for (const child of running) child.kill("SIGKILL");
}

function endWith(signal: NodeJS.Signals): void {
  killAll();
  const isOnlyListener = process.listenerCount(signal) === 1;
  stopListening();
  // Another listener decides how this process ends. Without one, it ends as it would by default.
  if (isOnlyListener) process.exit(128 + constants.signals[signal]);
}

function stopListening(): void {
  process.removeListener("exit", killAll);
  for (const signal of SIGNALS) process.removeListener(signal, endWith);
}
