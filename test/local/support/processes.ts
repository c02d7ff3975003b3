import { setTimeout } from "node:timers/promises";

/** Resolves when there is no process with that id; the test's timeout is the limit. */
export async function untilGone(pid: number): Promise<void> {
  while (isRunning(pid)) await setTimeout(20);
}

export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
