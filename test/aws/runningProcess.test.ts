import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { isRunning } from "../../aws/runningProcess";

describe("a process", () => {
  it("runs until it has ended", async () => {
    assert.equal(isRunning(process.pid), true);
    const child = spawn(process.execPath, ["-e", "process.stdin.resume()"]);
    await once(child, "spawn");
    const pid = child.pid ?? 0;
    assert.equal(isRunning(pid), true);
    child.stdin.end();
    await once(child, "exit");
    assert.equal(isRunning(pid), false);
  });

  it("runs also if it is one of another user", () => {
    const kill = Object.getOwnPropertyDescriptor(process, "kill") ?? {};
    process.kill = () => {
      throw Object.assign(new Error("not permitted"), { code: "EPERM" });
    };
    try {
      assert.equal(isRunning(1), true);
    } finally {
      Object.defineProperty(process, "kill", kill);
    }
  });
});
