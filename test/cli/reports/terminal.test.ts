import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { stdoutColors } from "../../../cli/reports/terminal";

describe("stdoutColors", () => {
  const terminal = { isTTY: true };
  const red = "\x1b[31mtext\x1b[39m";

  it("has colors on a terminal", () => {
    assert.equal(stdoutColors(terminal, { TERM: "xterm" }).red("text"), red);
    assert.equal(stdoutColors(terminal, { NO_COLOR: "" }).red("text"), red);
  });

  it("has no colors with NO_COLOR, whatever FORCE_COLOR is, and on a terminal without colors", () => {
    for (const env of [{ NO_COLOR: "1", FORCE_COLOR: "1" }, { TERM: "dumb" }])
      assert.equal(stdoutColors(terminal, env).red("text"), "text");
  });

  it("reads the environment when it is called, not when it is loaded", () => {
    const env: NodeJS.ProcessEnv = {};
    assert.equal(stdoutColors(terminal, env).red("text"), red);
    env["NO_COLOR"] = "1";
    assert.equal(stdoutColors(terminal, env).red("text"), "text");
  });

  it("disables colors if standard output is not a terminal, even in CI", () => {
    const print = `
      const { stdoutColors } = require(${JSON.stringify(resolve("cli/reports/terminal.ts"))});
      process.stdout.write(stdoutColors().red("text"));
    `;
    const env = { ...process.env, CI: "true", NO_COLOR: undefined, FORCE_COLOR: undefined };
    const { stdout } = spawnSync(
      process.execPath,
      ["-r", "./test/support/typescript.cjs", "-e", print],
      { env, encoding: "utf8" },
    );
    assert.equal(stdout, "text");
  });
});
