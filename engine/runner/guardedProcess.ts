import { spawn } from "node:child_process";
import { type Child, childEnvironment, type NodeProcess } from "./childProcess";
import { LIFELINE } from "./preload/lifeline";

/** Commands that cannot watch a lifeline themselves, such as a compiler and what it compiled. */
export interface GuardedProcess extends Omit<NodeProcess, "arguments"> {
  /** Run one after the other. The first one that fails is the last one. */
  readonly steps: readonly Step[];
  /** Deleted when the last command has ended. */
  readonly temporaryDirectory?: string;
}

interface Step {
  readonly command: string;
  readonly arguments: readonly string[];
  /** Exit code that replaces any other one of a failure, so that the step can be recognized. */
  readonly failureCode?: number;
}

/**
 * Runs the steps. When the lifeline closes, it kills the running step with all processes that the step
 * started, and deletes the temporary directory.
 */
const GUARD = `
  const { spawn, spawnSync } = require("node:child_process");
  const { rmSync } = require("node:fs");
  const { Socket } = require("node:net");
  const { steps, temporaryDirectory } = JSON.parse(process.argv[1]);
  let child, isStopped = false;
  const kill = () => {
    if (child?.pid === undefined) return;
    if (process.platform === "win32") spawnSync("taskkill", ["/pid", child.pid, "/t", "/f"]);
    else
      try {
        process.kill(-child.pid, "SIGKILL");
      } catch {
        // The group has ended.
      }
  };
  const stop = () => {
    if (isStopped) return;
    isStopped = true;
    kill();
  };
  const finish = (code, signal) => {
    // What the last step started may still run.
    kill();
    if (temporaryDirectory !== undefined)
      rmSync(temporaryDirectory, { recursive: true, force: true, maxRetries: 5 });
    if (signal) process.kill(process.pid, signal);
    process.exit(code ?? 1);
  };
  new Socket({ fd: ${LIFELINE} }).on("error", stop).on("close", stop).resume().unref();
  const run = (index) => {
    const { command, arguments: args, failureCode } = steps[index];
    child = spawn(command, args, { stdio: ["ignore", "inherit", "inherit"], detached: true });
    child.once("error", (error) => {
      console.error(error.message);
      finish(failureCode ?? 1);
    });
    child.once("exit", (code, signal) => {
      if (isStopped || index + 1 === steps.length || code !== 0)
        if (failureCode !== undefined && code !== 0) finish(failureCode);
        else finish(code, signal);
      else run(index + 1);
    });
  };
  run(0);
`;

/**
 * Starts commands under a guard, a small Node.js process that ends them when this process ends, however
 * it ends. Only SIGKILL for the guard itself leaves a command behind; a Pulumi program then ends with
 * its next call, because the engine is gone.
 */
export function startGuarded({ steps, temporaryDirectory, ...guarded }: GuardedProcess): Child {
  const { cwd, env, signal } = guarded;
  const child = spawn(
    process.execPath,
    ["-e", GUARD, JSON.stringify({ steps, temporaryDirectory })],
    {
      cwd,
      env: childEnvironment(env),
      stdio: ["ignore", "pipe", "pipe", "pipe"],
      // Otherwise Ctrl+C in a terminal ends the guard before it has cleaned up.
      detached: true,
      windowsHide: true,
      // Node.js has no type for a child with more than three pipes.
    },
  ) as Child;
  const cutLifeline = (): void => {
    // The types end at stderr.
    const pipes: readonly unknown[] = child.stdio;
    (pipes[LIFELINE] as { destroy(): void }).destroy();
  };
  if (signal.aborted) cutLifeline();
  signal.addEventListener("abort", cutLifeline);
  child.once("close", () => {
    signal.removeEventListener("abort", cutLifeline);
  });
  return child;
}
