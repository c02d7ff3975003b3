import { execFileSync } from "node:child_process";

/** Ids of the running descendants of a process. */
export function descendants(pid: number): number[] {
  const table = execFileSync("ps", ["-A", "-o", "pid=,ppid=,comm="], { encoding: "utf8" })
    .trim()
    .split("\n")
    .map((row) => row.trim().split(/\s+/));
  const children = table
    .filter(([, parent, command]) => Number(parent) === pid && command !== "ps")
    .map(([child]) => Number(child));
  return [...children, ...children.flatMap(descendants)];
}

/** Waits until a process has ended. With an orphan, the test times out. */
export async function gone(pid: number): Promise<void> {
  for (;;) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
