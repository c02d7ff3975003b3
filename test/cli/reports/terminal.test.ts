import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { resolve } from "node:path";

describe("stdoutColors", () => {
  it("disables colors if standard output is not a terminal, even in CI", () => {
    const print = `
      const { stdoutColors } = require(${JSON.stringify(resolve("cli/reports/terminal.ts"))});
      process.stdout.write(stdoutColors().red("text"));
    `;
    const env = { ...process.env, CI: "true", NO_COLOR: undefined, FORCE_COLOR: undefined };
    const { stdout } = spawnSync(
      process.execPath,
      ["-r", "ts-node/register/transpile-only", "-e", print],
      { env, encoding: "utf8" },
    );
    assert.equal(stdout, "text");
  });
});
