import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { startGuarded, type GuardedProcess } from "../../../engine/runner/guardedProcess";
import { gone } from "../../cli/support/descendants";

const node = (script: string, failureCode?: number) => ({
  command: process.execPath,
  arguments: ["-e", script],
  ...(failureCode !== undefined && { failureCode }),
});

function start(
  steps: GuardedProcess["steps"],
  options: Partial<GuardedProcess> = {},
): ReturnType<typeof startGuarded> {
  const signal = new AbortController().signal;
  return startGuarded({ steps, cwd: process.cwd(), env: {}, signal, ...options });
}

async function ended(child: ReturnType<typeof startGuarded>) {
  const closed = once(child, "close");
  const stdout = await text(child.stdout);
  const [code, signal] = (await closed) as [number | null, string | null];
  return { stdout, code, signal };
}

/** Prints its id and that of a process that it starts, and never ends. */
const ENDLESS = `
  const { spawn } = require("node:child_process");
  const idle = "setInterval(() => {}, 1000)";
  console.log(process.pid + " " + spawn(process.execPath, ["-e", idle]).pid);
  setInterval(() => {}, 1000);`;

function temporary(): string {
  const directory = mkdtempSync(join(tmpdir(), "streamlake-test-"));
  mkdirSync(join(directory, "inner"));
  writeFileSync(join(directory, "inner/file"), "");
  return directory;
}

describe("startGuarded", () => {
  it("runs the steps one after the other, with the environment, and deletes the temporary directory", async () => {
    const temporaryDirectory = temporary();
    const steps = [node("console.log(process.env.LAKE)"), node("console.log(2); process.exit(7)")];
    const end = await ended(start(steps, { env: { LAKE: "deep" }, temporaryDirectory }));
    assert.deepEqual(end, { stdout: "deep\n2\n", code: 7, signal: null });
    assert.equal(existsSync(temporaryDirectory), false);
  });

  it("stops at the first step that fails, with the exit code that marks it", async () => {
    const steps = [node("process.exit(1)", 99), node("console.log('never')")];
    assert.deepEqual(await ended(start(steps)), { stdout: "", code: 99, signal: null });
    const missing = [{ command: "/none/such", arguments: [], failureCode: 98 }];
    assert.equal((await ended(start(missing))).code, 98);
  });

  it("ends as its step does, by a signal", async () => {
    const end = await ended(start([node("process.kill(process.pid, 'SIGTERM')")]));
    assert.deepEqual(end, { stdout: "", code: null, signal: "SIGTERM" });
  });

  it("ends a step with all its processes when its signal is aborted", async () => {
    const temporaryDirectory = temporary();
    const controller = new AbortController();
    const child = start([node(ENDLESS)], { signal: controller.signal, temporaryDirectory });
    const closed = once(child, "close");
    const [printed] = (await once(child.stdout, "data")) as [Buffer];
    controller.abort();
    await closed;
    for (const pid of printed.toString().split(" ")) await gone(Number(pid));
    assert.equal(existsSync(temporaryDirectory), false);
  });

  for (const how of ["SIGKILL", "SIGTERM", "SIGINT"] as const)
    it(`leaves nothing behind when this process ends by ${how}`, async () => {
      const temporaryDirectory = temporary();
      const options = {
        steps: [node(ENDLESS)],
        ...{ cwd: process.cwd(), env: {}, temporaryDirectory },
      };
      const script = `
        const { startGuarded } = require(${JSON.stringify(join(__dirname, "../../../engine/runner/guardedProcess"))});
        startGuarded({ ...${JSON.stringify(options)}, signal: new AbortController().signal })
          .stdout.pipe(process.stdout);`;
      const parent = spawn(
        process.execPath,
        ["-r", "ts-node/register/transpile-only", "-e", script],
        { stdio: ["ignore", "pipe", "inherit"] },
      );
      const exit = once(parent, "exit");
      const [printed] = (await once(parent.stdout, "data")) as [Buffer];
      parent.kill(how);
      await exit;
      for (const pid of printed.toString().split(" ")) await gone(Number(pid));
      while (existsSync(temporaryDirectory))
        await new Promise((resolve) => setTimeout(resolve, 10));
    });
});
