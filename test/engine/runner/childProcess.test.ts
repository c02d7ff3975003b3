import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ModuleKind, ScriptTarget, transpileModule } from "typescript";

const source = readFileSync(join(__dirname, "../../../engine/runner/childProcess.ts"), "utf8");
const { outputText: childProcess } = transpileModule(source, {
  compilerOptions: { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022 },
});

/** Starts a process that starts a child and then runs `then`. Returns the child's process id. */
async function pidOfChild(then: string): Promise<{ pid: number; ended: Promise<unknown[]> }> {
  const script = `${childProcess}
    const child = startNode({
      arguments: ["-e", "setInterval(() => {}, 1000); console.log('up')"],
      cwd: process.cwd(),
      env: {},
      signal: new AbortController().signal,
    });
    child.stdout.once("data", () => {
      console.log(child.pid);
      ${then}
    });`;
  const parent = spawn(process.execPath, ["-e", script], { stdio: ["ignore", "pipe", "inherit"] });
  const ended = once(parent, "exit");
  const [pid] = (await once(parent.stdout, "data")) as [Buffer];
  return { pid: Number(pid.toString()), ended };
}

/** Waits until a process has ended. With an orphan, the test times out. */
async function gone(pid: number): Promise<void> {
  for (;;) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

describe("startNode", () => {
  const endings: readonly [title: string, then: string, code: number][] = [
    ["by process.exit", "process.exit(3)", 3],
    ["by SIGINT", "process.kill(process.pid, 'SIGINT')", 130],
    ["by SIGTERM", "process.kill(process.pid, 'SIGTERM')", 143],
    [
      "through its own signal handler",
      "process.on('SIGINT', () => process.exit(9)); process.kill(process.pid, 'SIGINT')",
      9,
    ],
  ];
  const parents = new Map<string, ReturnType<typeof pidOfChild>>();
  before(() => {
    for (const [title, then] of endings) parents.set(title, pidOfChild(then));
  });

  for (const [title, , code] of endings)
    it(`ends the child process when this process ends ${title}`, async () => {
      const parent = await parents.get(title);
      assert.ok(parent);
      assert.deepEqual(await parent.ended, [code, null]);
      await gone(parent.pid);
    });
});
