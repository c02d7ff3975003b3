import assert from "node:assert/strict";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { descendants, gone } from "./support/descendants";
import { startStreamlake, type StreamlakeProcess } from "./support/streamlakeProcess";

const endless = join(__dirname, "fixtures/endless");
const exported = join(__dirname, "fixtures/exports/prod.json");

/** Waits until the command has started its child processes, and returns their ids. */
async function childrenOf(command: StreamlakeProcess): Promise<number[]> {
  const ended = command.exit.then((how) => {
    throw new Error(`It ended with ${how} and started no process:\n${command.stderr()}`);
  });
  for (;;) {
    const children = descendants(command.pid);
    if (children.length > 0) return children;
    await Promise.race([ended, setTimeout(20)]);
  }
}

describe("kill -9", () => {
  const commands: readonly (readonly string[])[] = [
    ["plan", "--stack", "dev", "-C", endless, "--policy-pack", join(endless, "pack")],
    ["audit", exported, "--policy-pack", join(endless, "pack")],
    ["local", "--stack", "dev", "-C", endless, "--keep"],
    ["simulate", "--stack", "dev", "-C", endless, "--rate", "1/s"],
  ];
  for (const args of commands)
    it(`leaves no process of streamlake ${args[0] ?? ""} behind`, async () => {
      const command = startStreamlake(args);
      const children = await childrenOf(command);
      command.kill("SIGKILL");
      assert.equal(await command.exit, "SIGKILL");
      for (const child of children) await gone(child);
    });
});
