import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { gone } from "../../cli/support/descendants";

/** The compiled module, because the processes of the tests do not compile TypeScript. */
const compiled = join(__dirname, "../../../cli/dist/engine/runner/childProcess.js");
const childProcess = `const { startNode } = require(${JSON.stringify(compiled)});`;

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
  // Without output, the stream ends with the process.
  const [pid] = (await Promise.race([once(parent.stdout, "data"), ended])) as [unknown];
  return { pid: Number(String(pid)), ended };
}

describe("startNode", () => {
  const endings: readonly [title: string, then: string, code: number, signal?: string][] = [
    ["by process.exit", "process.exit(3)", 3],
    ["by SIGINT", "process.kill(process.pid, 'SIGINT')", 130],
    ["by SIGTERM", "process.kill(process.pid, 'SIGTERM')", 143],
    [
      "through its own signal handler",
      "process.on('SIGINT', () => process.exit(9)); process.kill(process.pid, 'SIGINT')",
      9,
    ],
    ["by SIGKILL", "process.kill(process.pid, 'SIGKILL')", 0, "SIGKILL"],
  ];
  const parents = new Map<string, ReturnType<typeof pidOfChild>>();
  before(() => {
    for (const [title, then] of endings) parents.set(title, pidOfChild(then));
  });

  for (const [title, , code, signal] of endings)
    it(`ends the child process when this process ends ${title}`, async () => {
      const parent = await parents.get(title);
      assert.ok(parent);
      assert.deepEqual(await parent.ended, signal ? [null, signal] : [code, null]);
      await gone(parent.pid);
    });

  it("lets the child process end by itself, with its own exit code", async () => {
    const script = `${childProcess}
      startNode({
        arguments: ["-e", "process.exitCode = 7"],
        cwd: process.cwd(),
        env: {},
        signal: new AbortController().signal,
      }).once("close", (code) => console.log("ended with " + code));`;
    const parent = spawn(process.execPath, ["-e", script], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [printed] = (await once(parent.stdout, "data")) as [Buffer];
    assert.equal(printed.toString(), "ended with 7\n");
  });
});
