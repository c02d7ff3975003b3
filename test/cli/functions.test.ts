import assert from "node:assert/strict";
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout } from "node:timers/promises";
import { temporaryFolder } from "../local/support/temporaryFolder";
import { awayFromMidnight } from "../support/awayFromMidnight";
import { factOf } from "./support/clicksRun";
import { gone } from "./support/descendants";
import { streamlakeHere } from "./support/streamlakeHere";
import { startStreamlake } from "./support/streamlakeProcess";

const clicks = [
  { type: "click", email: "ann@example.com", id: 1 },
  { type: "heartbeat" },
  { type: "broken", id: 3 },
  { type: "click", email: "bob@example.com", id: 4 },
];
const input = clicks.map((click) => JSON.stringify(click)).join("\n");
const redacted = [
  '{"type":"click","id":1,"email":"***@example.com"}',
  '{"type":"click","id":4,"email":"***@example.com"}',
];

/** The lines of all objects below a prefix of the bucket. */
function linesBelow(run: string, prefix: string): string[] {
  const directory = join(run, "clicks-lake", prefix);
  if (!existsSync(directory)) return [];
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .flatMap(({ parentPath, name }) => readFileSync(join(parentPath, name), "utf8").split("\n"))
    .filter((line) => line !== "")
    .sort();
}

describe("a program with a function that redacts records", () => {
  let project: string;
  const options = (): readonly string[] => ["-C", project, "--stack", "dev"];

  before(() => {
    project = mkdtempSync(join(tmpdir(), "streamlake-redaction-"));
    cpSync("test/cli/fixtures/redaction", project, { recursive: true });
    symlinkSync(resolve("node_modules"), join(project, "node_modules"));
  });
  after(() => {
    rmSync(project, { recursive: true });
  });

  it("delivers what the function returns, and what fails below the error prefix", async () => {
    await awayFromMidnight();
    const args = ["local", ...options(), "--input", "-", "--interval", "1"];
    const { stdout: report, stderr, exitCode } = await streamlakeHere(args, input);
    assert.equal(exitCode, 0, stderr + report);
    const directory = resolve(factOf(report, "Directory"));
    assert.deepEqual(linesBelow(directory, "data"), redacted);
    const [failed = "", ...others] = linesBelow(directory, "errors/processing-failed");
    assert.deepEqual(others, []);
    const envelope = JSON.parse(failed) as Record<string, unknown>;
    assert.equal(
      Buffer.from(String(envelope["rawData"]), "base64").toString(),
      '{"type":"broken","id":3}',
    );
    assert.equal(envelope["errorCode"], "Lambda.ProcessingFailedStatus");
    assert.equal(
      envelope["lambdaARN"],
      "arn:aws:lambda:eu-central-1:123456789012:function:redact:live",
    );
    for (const [name, value] of [
      ["Delivered", "4"],
      ["Missing", "0"],
      ["Transformed", "2"],
      ["Dropped", "1"],
      ["Failed", "1"],
    ] as const)
      assert.equal(factOf(report, name), value);
    assert.match(stderr, /^redact: called with \d records and the key \[secret\]$/mu);
    assert.doesNotMatch(stderr + report, /very-secret-key/u);

    const sent = join(project, "clicks.jsonl");
    writeFileSync(sent, input);
    const verified = await streamlakeHere(["verify", "--local", directory, "--input", sent]);
    assert.match(
      verified.stdout,
      /^Missing +4 \(1 dropped, 2 changed, 1 unexplained\)$/mu,
      verified.stderr,
    );
    assert.match(
      verified.stdout,
      /^ {2}1 {2}Lambda\.ProcessingFailedStatus \(processing-failed\)$/mu,
    );
    assert.equal(verified.exitCode, 1);
  });

  it("ends at once on the second Ctrl-C while the function hangs, and delivers the rest with --resume", async () => {
    writeFileSync(join(project, "hanging"), "");
    const run = startStreamlake(["local", ...options(), "--input", "-", "--interval", "0"], input);
    const marker = join(project, "marker");
    while (!existsSync(marker)) await setTimeout(20);
    run.kill("SIGINT");
    await run.prints("press Ctrl-C again to stop now.");
    run.kill("SIGINT");
    assert.equal(await run.exit, 1, run.stderr());
    for (const pid of readFileSync(marker, "utf8").trim().split("\n")) await gone(Number(pid));
    const directory = resolve(factOf(run.stdout(), "Directory"));
    assert.deepEqual(linesBelow(directory, "data"), []);

    rmSync(join(project, "hanging"));
    const [, words = ""] = /^To continue: npx streamlake (.+)$/mu.exec(run.stderr()) ?? [];
    const again = await streamlakeHere([...words.split(" "), "--interval", "0"]);
    assert.equal(again.exitCode, 0, again.stderr);
    assert.deepEqual(linesBelow(directory, "data"), redacted);
    assert.equal(linesBelow(directory, "errors").length, 1);
  });

  it("leaves no process of a function behind after kill -9", async () => {
    writeFileSync(join(project, "hanging"), "");
    rmSync(join(project, "marker"), { force: true });
    const run = startStreamlake(["local", ...options(), "--input", "-", "--interval", "0"], input);
    const marker = join(project, "marker");
    while (!existsSync(marker)) await setTimeout(20);
    run.kill("SIGKILL");
    assert.equal(await run.exit, "SIGKILL");
    for (const pid of readFileSync(marker, "utf8").trim().split("\n")) await gone(Number(pid));
    rmSync(join(project, "hanging"));
  });

  it("runs a file in place of a function of AWS", async () => {
    writeFileSync(
      join(project, "Pulumi.other.yaml"),
      "config:\n  aws:region: eu-central-1\n" +
        "  redaction:function: arn:aws:lambda:eu-central-1:123456789012:function:elsewhere\n",
    );
    const other = ["local", "-C", project, "--stack", "other", "--input", "-", "--interval", "0"];
    const missing = await streamlakeHere(other, input);
    assert.equal(missing.exitCode, 2);
    assert.match(
      missing.stderr,
      /The function elsewhere, which clicks calls, is not declared by the program\. To run a local file in its place: --lambda elsewhere=FILE/u,
    );
    const given = await streamlakeHere(
      [...other, "--lambda", "elsewhere=functions"],
      clicks
        .slice(0, 1)
        .map((click) => JSON.stringify(click))
        .join("\n"),
    );
    assert.equal(given.exitCode, 0, given.stderr);
    const directory = resolve(factOf(given.stdout, "Directory"));
    assert.deepEqual(linesBelow(directory, "data"), redacted.slice(0, 1));
    assert.match(given.stderr, /called with 1 records and the key undefined/u);
  });

  for (const [what, args, expected] of [
    ["no file", ["redact"], /It must be the name of a function and a file or directory/u],
    ["a function twice", ["redact=a.mjs", "redact=b.mjs"], /The function redact is given twice/u],
  ] as const)
    it(`rejects ${what}`, async () => {
      const given = args.flatMap((one) => ["--lambda", one]);
      const { stderr, exitCode } = await streamlakeHere(["local", ...options(), ...given]);
      assert.equal(exitCode, 2, stderr);
      assert.match(stderr, expected);
    });
});

describe("a program with a callback function", () => {
  const project = temporaryFolder();

  it("runs the function that Pulumi serializes, by its qualified ARN", async () => {
    cpSync("test/cli/fixtures/callback", project, { recursive: true });
    symlinkSync(resolve("node_modules"), join(project, "node_modules"));
    const args = ["local", "-C", project, "--stack", "dev", "--input", "-", "--interval", "0"];
    const { stdout: report, stderr, exitCode } = await streamlakeHere(args, "hello");
    assert.equal(exitCode, 0, stderr + report);
    assert.deepEqual(linesBelow(resolve(factOf(report, "Directory")), "data"), ["HELLO!"]);
  });
});
