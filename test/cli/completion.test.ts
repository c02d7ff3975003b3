import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { auditCommand } from "../../cli/audit";
import { completionCommand, completionScript, type Shell } from "../../cli/completion";
import { completedCommands } from "../../cli/completion/completedCommands";
import { localCommand } from "../../cli/local";
import { planCommand } from "../../cli/plan";
import { verifyCommand } from "../../cli/verify";
import { startStreamlake } from "./support/streamlakeProcess";

const program = new Command("streamlake")
  .addCommand(auditCommand())
  .addCommand(planCommand())
  .addCommand(localCommand())
  .addCommand(verifyCommand())
  .addCommand(completionCommand());
const script = (shell: Shell): string => completionScript(shell, program);

describe("streamlake completion", () => {
  let project: string;
  before(() => {
    project = mkdtempSync(join(tmpdir(), "streamlake-test-"));
    for (const stack of ["dev", "prod", "$(touch ran)"])
      writeFileSync(join(project, `Pulumi.${stack}.yaml`), "");
    writeFileSync(join(project, "Pulumi.yaml"), "");
  });
  after(() => {
    rmSync(project, { recursive: true });
  });

  /**
   * What bash completes for the last word, in the project. bash splits words at `=`. A line such as
   * `compopt -o dirnames` is what the script asks bash to complete itself.
   */
  function completed(words: readonly string[], cwd = project): readonly string[] {
    const call = [
      script("bash"),
      'compopt() { echo "compopt $*"; }',
      'COMP_WORDS=(streamlake "$@")',
      "COMP_CWORD=$#",
      "_streamlake",
      'printf "%s\\n" "${COMPREPLY[@]}"',
    ].join("\n");
    const { stdout, stderr } = spawnSync("bash", ["--norc", "-c", call, "bash", ...words], {
      cwd,
      encoding: "utf8",
    });
    assert.equal(stderr, "");
    return stdout.split("\n").filter((line) => line !== "");
  }
  /** Without the line that only keeps bash from completing files. */
  const words = (...typed: readonly string[]): readonly string[] =>
    completed(typed).filter((line) => line !== "compopt +o default");

  describe("in bash", () => {
    it("completes commands and the commands below them", () => {
      assert.deepEqual(words("pl"), ["plan"]);
      assert.deepEqual(words("local", ""), ["clean"]);
      assert.deepEqual(words("local", "--keep", "cl"), ["clean"]);
      assert.deepEqual(words("plan", ""), []);
    });

    it("completes the options of the command", () => {
      assert.deepEqual(words("plan", "--pol"), ["--policy-pack", "--policy-config"]);
      assert.deepEqual(words("plan", "--no"), ["--no-policy", "--no-cache"]);
      assert.deepEqual(words("local", "clean", "--a"), ["--all"]);
      assert.deepEqual(words("local", "--a"), []);
    });

    it("completes the stacks of the project, and executes nothing", () => {
      for (const typed of [
        ["plan", "--stack", "p"],
        ["plan", "--stack", "dev", "--compare", "p"],
        ["plan", "--stack", "=", "p"],
        ["local", "clean", "--stack", "p"],
      ])
        assert.deepEqual(words(...typed), ["prod"], typed.join(" "));
      assert.ok(words("plan", "--stack", "=").includes("dev"));
      assert.ok(completed(["plan", "-C", project, "--stack", "d"], tmpdir()).includes("dev"));
      words("plan", "--stack", "");
      assert.ok(!existsSync(join(project, "ran")));
    });

    it("completes the choices of an option and of an argument", () => {
      assert.deepEqual(words("verify", "--delimiter", "n"), ["newline", "none"]);
      assert.deepEqual(words("completion", ""), ["bash", "zsh", "fish"]);
      assert.deepEqual(words("completion", "bash", ""), []);
    });

    it("leaves files and directories to bash, and nothing else", () => {
      assert.deepEqual(completed(["audit", ""]), []);
      assert.deepEqual(completed(["plan", "--sarif", "x"]), []);
      const directories = ["compopt +o default -o dirnames"];
      assert.deepEqual(completed(["plan", "-C", ""]), directories);
      assert.deepEqual(completed(["local", "clean", "one", "two", ""]), directories);
      assert.deepEqual(completed(["verify", "--date", ""]), ["compopt +o default"]);
      assert.deepEqual(completed(["audit", "prod.json", ""]), ["compopt +o default"]);
    });
  });

  for (const [shell, check] of [
    ["bash", "-n"],
    ["zsh", "-n"],
    ["fish", "--no-execute"],
  ] as const) {
    const title = `prints a script that is valid in ${shell}`;
    if (spawnSync(shell, ["--version"]).error)
      it.skip(`${title} (skipped: ${shell} is not installed)`);
    else
      it(title, () => {
        const file = join(project, shell);
        writeFileSync(file, script(shell));
        const { stderr } = spawnSync(shell, [check, file], { encoding: "utf8" });
        assert.equal(stderr, "");
      });
  }

  for (const shell of ["bash", "zsh", "fish"] as const)
    it(`names every command, option and choice in ${shell}`, () => {
      const text = script(shell);
      for (const { commands, options, argument } of completedCommands(program)) {
        const choices = [argument?.values, ...options.map(({ values }) => values)];
        const names = [
          ...commands.map(({ name }) => name),
          ...options.flatMap(({ flags }) => flags).map((flag) => flag.replace(/^-+/, "")),
          ...choices.flatMap((values) => (typeof values === "object" ? values : [])),
        ];
        for (const name of names) assert.match(text, new RegExp(`\\b${name}\\b`), name);
      }
    });

  it("prints the script of the whole command, and rejects another shell", async () => {
    const printed = startStreamlake(["completion", "bash"]);
    assert.equal(await printed.exit, 0);
    for (const command of ["init", "plan", "audit", "local", "send", "simulate", "verify"])
      assert.ok(printed.stdout().includes(`":${command}"`), command);
    const rejected = startStreamlake(["completion", "tcsh"]);
    assert.equal(await rejected.exit, 2);
    assert.match(rejected.stderr(), /Allowed choices are bash, zsh, fish/);
  });
});
