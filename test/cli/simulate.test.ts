import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { simulateCommand } from "../../cli/simulate";
import type { SimulationDocument } from "../../cli/simulate/simulationDocument";
import { temporaryFolder } from "../local/support/temporaryFolder";
import { runCommand } from "./support/runCommand";
import { startStreamlake } from "./support/streamlakeProcess";

describe("streamlake simulate", () => {
  const directory = temporaryFolder();
  const report = join(directory, "page.html");
  const simulate = (...args: string[]) =>
    runCommand(simulateCommand(), ["--report", report, ...args]);

  it("prints settings, result and alarms as JSON", async () => {
    const args = [
      "--stack",
      "prod",
      "--rate",
      "3/s",
      "--size",
      "2KiB",
      "--duration",
      "10m",
      "--json",
    ];
    const { stdout, exitCode } = await simulate(...args);
    assert.equal(exitCode, 0);
    const { settings, result, alarms } = JSON.parse(stdout) as SimulationDocument;
    assert.equal(settings.stack, "prod");
    assert.equal(settings.begin, "2026-01-01T00:00:00.000Z");
    assert.deepEqual(settings.contents, { records: 2048, bytes: 2048 });
    assert.equal(settings.stream.retentionHours, 168);
    assert.equal(settings.deliveryStream.bufferSeconds, 300);
    assert.equal(result.records.delivered, result.records.accepted);
    assert.equal(result.records.bytes, 2048 * result.records.accepted);
    assert.ok(alarms.length > 5);
  });

  it("reports the effects of an outage in at most 80 columns, and writes the page", async () => {
    const traffic = ["--stack", "prod", "--rate", "2/s", "--duration", "2h"];
    const { stdout, exitCode } = await simulate(...traffic, "--outage", "00:30/1h");
    assert.equal(exitCode, 0);
    for (const line of stdout.split("\n")) assert.ok(line.length <= 80 || /^Page/.test(line), line);
    assert.match(stdout, /^Outage +S3 is unavailable after 30 min, for 1 h$/m);
    assert.match(stdout, /^Undelivered +0$/m);
    assert.match(stdout, /^Latency +min .* max 1\.\d h$/m);
    assert.match(stdout, /^Failed calls +\d+ x PutObject: ServiceUnavailable$/m);
    assert.match(stdout, /user-events-delivery-success would have fired at 00:\d\d UTC/);
    assert.match(readFileSync(report, "utf8"), /^<!doctype html>/);
  });

  it("sends the lines of a file, and by default writes its page below .streamlake", async () => {
    const project = temporaryProject(directory);
    writeFileSync(join(project, "input.jsonl"), `{"id":1}\n\n${"x".repeat(92)}\n`);
    const { stdout } = await runCommand(simulateCommand(), [
      ...["--stack", "dev", "--rate", "10/s", "--duration", "10m", "--json"],
      ...["--input", "input.jsonl", "--cwd", project],
    ]);
    const { settings, result } = JSON.parse(stdout) as SimulationDocument;
    assert.deepEqual(settings.contents, { input: "input.jsonl", records: 2, bytes: 50 });
    const { bytes, accepted } = result.records;
    assert.ok(Math.abs(bytes / accepted - 50) < 1, `${bytes} ${accepted}`);
    assert.ok(existsSync(join(project, ".streamlake/dev/simulation.html")));
  });

  it("rejects invalid options with the values that are allowed", async () => {
    const required = ["--stack", "dev", "--rate", "1/s"];
    const invalid: readonly (readonly [args: readonly string[], message: RegExp])[] = [
      [["--stack", "dev"], /--rate/],
      [[...required, "--duration", "0h"], /from 1s to 31d/],
      [[...required, "--size", "1KiB", "--input", "x"], /'--size <bytes>' cannot be used with/],
      [[...required, "--outage", "noon"], /06:00\/2h/],
    ];
    for (const [args, message] of invalid)
      await assert.rejects(simulate(...args), { exitCode: 2, message });
    await assert.rejects(simulate(...required, "--input", join(directory, "none")), /no such file/);
    const notUtf8 = join(directory, "odd.jsonl");
    writeFileSync(notUtf8, Buffer.from([0xc3, 0x28, 0x0a]));
    await assert.rejects(
      simulate(...required, "--input", notUtf8),
      /has no line that can be a record/,
    );
    await assert.rejects(
      simulate(...required, "--duration", "6h", "--outage", "05:00/2h", "--outage", "06:00/1h"),
      /--outage starts after 6 h, but the traffic ends after 6 h\. Specify an earlier start/,
    );
    await assert.rejects(simulate("--stack", "none", "--rate", "1/s"), /none/);
  });

  it("reports a page that cannot be written before it simulates", async () => {
    const file = join(directory, "a-file");
    writeFileSync(file, "");
    for (const place of [join(file, "page.html"), directory])
      await assert.rejects(
        runCommand(simulateCommand(), ["--stack", "dev", "--rate", "1/s", "--report", place]),
        /The page cannot be written to .*Specify a file in a writable directory with --report\./,
      );
  });

  it("documents the default of the duration, and none for outages", () => {
    const help = simulateCommand().helpInformation();
    assert.match(help, /--duration <time>[^-]*\(default:\s+24h\)/);
    assert.doesNotMatch(help, /repeatable\s+\(default/);
  });

  it("ends with 130 on Ctrl-C", async () => {
    const running = startStreamlake([
      ...["simulate", "--stack", "dev", "--rate", "1000/s", "--duration", "31d"],
      ...["--cwd", temporaryProject(directory)],
      ...["--report", join(directory, "never.html")],
    ]);
    await running.prints("Simulating 31 d of clicks");
    running.kill("SIGINT");
    assert.equal(await running.exit, 130);
    assert.equal(running.stdout(), "");
    assert.ok(!existsSync(join(directory, "never.html")));
  });
});

/** Creates a project with a small program. */
function temporaryProject(directory: string): string {
  const main = JSON.stringify(resolve("test/cli/fixtures/clicks/index.cjs"));
  writeFileSync(
    join(directory, "Pulumi.yaml"),
    ["name: clicks", "runtime: nodejs", `main: ${main}`].join("\n"),
  );
  writeFileSync(join(directory, "Pulumi.dev.yaml"), "config: {}\n");
  return directory;
}
