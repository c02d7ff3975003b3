import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { everyCommand } from "./support/everyCommand";

/** `completion` prints a script of a shell. */
const withoutJson = ["completion"];

describe("the help of", () => {
  const commands = everyCommand();

  it("every command is printed by a command that is registered", () => {
    const main = readFileSync("cli/main.ts", "utf8");
    const registered = [...main.matchAll(/\.addCommand\((\w+)Command\(\)\)/gu)];
    assert.deepEqual(
      commands.map(({ path }) => path).filter((path) => !path.includes(" ")),
      registered.map(([, name]) => name).sort(),
    );
  });

  for (const { path, command } of commands) {
    it(`${path} ends with its exit codes, within 80 columns`, () => {
      let help = "";
      command.configureOutput({ writeOut: (text) => (help += text) });
      command.outputHelp();
      const [last = ""] = help.trimEnd().split("\n\n").slice(-1);
      assert.match(last, /^Exit codes:\n {2}0 {4}\S/u);
      assert.match(last, /^ {2}2 {4}\S/mu);
      const codes = [...last.matchAll(/^ {2}(\d+) /gmu)].map(([, code]) => code);
      assert.deepEqual(
        codes.filter((code) => !["0", "1", "2", "130"].includes(code ?? "")),
        [],
      );
      for (const line of last.split("\n")) assert.ok(line.length <= 80, line);
      // An action that ends by itself after Ctrl-C has an exit code of its own.
      if (actionOf(path).includes("interruptible(")) assert.ok(codes.includes("130"), last);
    });

    if (!withoutJson.includes(path))
      it(`${path} offers --json`, () => {
        assert.ok(command.options.some(({ long }) => long === "--json"));
      });
  }
});

/** The source of the action that a command loads; "" if it has none. */
function actionOf(path: string): string {
  const file = `cli/${path}/${path}Action.ts`;
  return existsSync(file) ? readFileSync(file, "utf8") : "";
}
