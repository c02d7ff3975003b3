import assert from "node:assert/strict";
import { closeSync, existsSync, openSync } from "node:fs";
import { spawn, type StdioOptions } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { skip } from "../support/skip";
import { ClicksProject } from "./support/clicksRun";

const EXPORT = resolve("test/cli/fixtures/exports/prod.json");
const STRICT = resolve("test/engine/fixtures/packs/strict");

interface Ended {
  readonly exitCode: unknown;
  readonly stderr: string;
}

/** Runs the compiled command with another standard output. */
async function run(args: readonly string[], stdout: "closed" | number): Promise<Ended> {
  const stdio: StdioOptions = ["ignore", stdout === "closed" ? "pipe" : stdout, "pipe"];
  const child = spawn(process.execPath, [resolve("cli/streamlake.cjs"), ...args], { stdio });
  // As a reader that has read enough.
  child.stdout?.destroy();
  const ended = once(child, "close") as Promise<unknown[]>;
  const stderr = await text(child.stderr as Readable);
  const [exitCode] = await ended;
  // The pack says so on standard error.
  return { exitCode, stderr: stderr.replace("strict is loaded\n", "") };
}

const commands: readonly [args: readonly string[], exitCode: number][] = [
  [["completion", "bash"], 0],
  [["--help"], 0],
  [["init", "--dry-run", "no-such-directory"], 0],
  [["audit", EXPORT, "--policy-pack", STRICT, "--json"], 1],
];

describe("standard output", () => {
  for (const [args, expected] of commands)
    it(`may be closed: streamlake ${args[0] ?? ""} ends quietly with its exit code`, async () => {
      assert.deepEqual(await run(args, "closed"), { exitCode: expected, stderr: "" });
    });

  it("ends a run that waits for Ctrl-C, when nobody reads it any longer", async () => {
    const project = new ClicksProject();
    const args = ["local", "--stack", "dev", "--keep", "-C", project.directory];
    const { exitCode, stderr } = await run(args, "closed");
    project.remove();
    assert.match(stderr, /\nEverything is delivered: stopping\.\n$/);
    assert.equal(exitCode, 0);
  });

  for (const [args] of commands.slice(0, 3))
    it(`may be full: streamlake ${args[0] ?? ""} reports it in one line, and exits with 2`, async function () {
      if (!existsSync("/dev/full")) skip(this, "the system has no /dev/full");
      const full = openSync("/dev/full", "w");
      const { exitCode, stderr } = await run(args, full);
      closeSync(full);
      assert.match(stderr, /^Standard output cannot be written: ENOSPC[^\n]*\n$/);
      assert.equal(exitCode, 2);
    });
});
