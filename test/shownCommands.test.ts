import assert from "node:assert/strict";
import {
  copyFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { streamlakeHere } from "./cli/support/streamlakeHere";
import { type ShownCommand, shownRuns } from "./support/shownCommands";

/** The pages; that of `local` is the last one, as it removes the runs that other pages read. */
const pages = [
  "README.md",
  ...readdirSync("docs")
    .filter((page) => page.endsWith(".md") && page !== "local.md")
    .map((page) => join("docs", page)),
  "docs/local.md",
];

/** Commands that are not run here, each kind with the reason. */
const NOT_RUN: readonly (readonly [kind: RegExp, reason: string])[] = [
  [/^(?:diagnose|query|replay|send|tail|verify) (?!.*--local)/u, "needs a deployed pipeline"],
  [/^doctor (?!.*--policy)/u, "checks this machine and an account"],
  [/ --measured /u, "reads CloudWatch"],
  [/^init /u, "writes into the directory of a project: test/cli/init.test.ts"],
  [
    / --diff (?:main|plan\.json)/u,
    "compares with what exists: test/cli/plan/diff/planDiff.test.ts",
  ],
  [/ --(?:keep|ui)$/u, "runs until Ctrl-C"],
  [/^local .*-C examples/u, "test/examples/features.test.ts runs it and the other examples"],
  [
    /^local --stack dev(?: --(?:fsync|throttle|table|resume) ?\S*)*$/u,
    "the run with --input, of another source: test/cli/local.test.ts",
  ],
];

const STREAM = "urn:pulumi:prod::lake::aws:kinesis/stream:Stream::clicks";
const type = "aws:kinesis/stream:Stream";

/** The files that the commands name, and what stands for URN. */
const PREVIEW = {
  steps: [
    {
      ...{ op: "update", urn: STREAM },
      oldState: { type, inputs: { retentionPeriod: 168 } },
      newState: { type, inputs: { retentionPeriod: 24 } },
    },
  ],
};

/** The arguments of a command line, as a shell passes them. */
function argumentsOf(line: string): readonly string[] {
  return [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/gu)]
    .map(([, double, single, bare]) => double ?? single ?? bare ?? "")
    .slice(2);
}

/** A command line on a page. */
interface Candidate extends ShownCommand {
  readonly page: string;
  readonly command: string;
}

/**
 * What a command line tries: its command with each of its options. Another one that tries nothing else is not
 * worth a run.
 */
function optionsOf({ command }: Candidate): readonly string[] {
  const [name = ""] = command.split(" ");
  return [
    name,
    ...[...command.matchAll(/ (--?[a-zA-Z][a-z-]*)/gu)].map(([, option]) => `${name} ${option}`),
  ];
}

/** As few of the command lines as have all options of all, and those with output; in the same order. */
function worthRunning(candidates: readonly Candidate[]): readonly Candidate[] {
  const tried = new Set<string>();
  const chosen = new Set<Candidate>();
  const most = [...candidates].sort(
    (one, other) =>
      Number(other.output.length > 0) - Number(one.output.length > 0) ||
      optionsOf(other).length - optionsOf(one).length,
  );
  for (const candidate of most) {
    const isNew = optionsOf(candidate).some((option) => !tried.has(option));
    if (!isNew && candidate.output.length === 0) continue;
    chosen.add(candidate);
    for (const option of optionsOf(candidate)) tried.add(option);
  }
  return candidates.filter((candidate) => chosen.has(candidate));
}

/** The same with less traffic, a shorter day and a shorter buffer interval: that saves time and nothing else. */
function quicker(line: string): string {
  if (line.startsWith("npx streamlake simulate")) {
    const duration = line.includes("--outage") ? "9h" : "1h";
    return `${line.replace("500/s", "0.1/s").replace(" --duration 24h", "")} --duration ${duration}`;
  }
  return line.startsWith("npx streamlake local --") ? `${line} --interval 1` : line;
}

describe("the commands in README and docs/ that need no account", () => {
  const root = process.cwd();
  let copy: string;
  before(() => {
    copy = mkdtempSync(join(tmpdir(), "streamlake-docs-"));
    for (const name of ["cli", "components", "examples", "node_modules", "policy"])
      symlinkSync(resolve(name), join(copy, name));
    for (const name of readdirSync(".").filter((one) => /^(?:Pulumi.*yaml|index\.ts)$/u.test(one)))
      copyFileSync(name, join(copy, name));
    for (const name of ["package.json", "tsconfig.json"]) copyFileSync(name, join(copy, name));
    copyFileSync("cli/sample/user-events.jsonl", join(copy, "my-events.jsonl"));
    const exported = readFileSync("test/cli/fixtures/exports/prod.json", "utf8");
    writeFileSync(join(copy, "prod.json"), exported.replaceAll("::shop::", "::streamlake::"));
    writeFileSync(join(copy, "preview.json"), JSON.stringify(PREVIEW));
    process.chdir(copy);
  });
  after(() => {
    process.chdir(root);
    rmSync(copy, { recursive: true });
  });

  const shown = pages.flatMap((page) =>
    shownRuns(readFileSync(page, "utf8")).map((run) => ({
      ...{ ...run, page },
      command: run.line.slice("npx streamlake ".length),
    })),
  );
  const isOffline = ({ command }: Candidate) => !NOT_RUN.some(([kind]) => kind.test(command));
  for (const candidate of worthRunning(shown.filter(isOffline)))
    it(`${candidate.page}: ${candidate.command}`, async () => {
      await assertRuns(candidate);
    });

  it("are many, and each reason not to run others applies to a command that is shown", () => {
    assert.ok(shown.filter(isOffline).length > 30);
    for (const [kind, reason] of NOT_RUN)
      assert.ok(
        shown.some(({ command }) => kind.test(command)),
        reason,
      );
  });
});

/** Runs a command. It must end as the page expects, and print the lines that the page shows. */
async function assertRuns({ line, output }: ShownCommand): Promise<void> {
  const [command = "", file] = quicker(line).replaceAll("URN", STREAM).split(" > ");
  const { stdout, stderr, exitCode } = await streamlakeHere(argumentsOf(command));
  // The samples have something to report: a retention that is lowered, and violations of rules.
  const reports = /^npx streamlake (?:gate (?!.*--allow)|audit )/u.test(line);
  assert.equal(exitCode, reports && !line.includes("--write-baseline") ? 1 : 0, stdout + stderr);
  if (file !== undefined) writeFileSync(file, stdout);
  const printed = stdout.split("\n").map((one) => one.trim());
  let from = 0;
  for (const expected of output.filter((one) => one !== "...")) {
    const index = printed.indexOf(expected, from);
    assert.notEqual(index, -1, `${line} prints no line ${expected}\n${stdout}`);
    from = index + 1;
  }
}
