import assert from "node:assert/strict";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join, resolve } from "node:path";
import { Readable } from "node:stream";
import { setTimeout } from "node:timers/promises";
import {
  ClicksProject,
  deliveredLines,
  directoryOf,
  factOf,
  kinesisOf,
  put,
  putUntilRejected,
} from "./support/clicksRun";
import { streamlakeHere } from "./support/streamlakeHere";
import type { StreamlakeProcess } from "./support/streamlakeProcess";

const ready = "In a Node.js program:";
const threeLines = '{"id":1}\n{"id":2}\n{"id":3}\n';

/** The words of the command that a run prints to continue it. */
function resumeWords(run: StreamlakeProcess): string[] {
  const [, words = ""] = /^To continue: npx streamlake (.+)$/mu.exec(run.stderr()) ?? [];
  return words.split(" ");
}

/** Takes the place of a bucket's directory, so that no object can be written to it. */
function blockBucket(run: string): void {
  renameSync(join(run, "clicks-lake"), join(run, "aside"));
  writeFileSync(join(run, "clicks-lake"), "");
}

function unblockBucket(run: string): void {
  rmSync(join(run, "clicks-lake"));
  renameSync(join(run, "aside"), join(run, "clicks-lake"));
}

/** A free port with two free ones after it, most likely. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((listening) => server.once("listening", listening));
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return Math.min(port, 65_000);
}

describe("the end of streamlake local", () => {
  let project: ClicksProject;
  const runs: StreamlakeProcess[] = [];

  before(() => {
    project = new ClicksProject();
  });
  afterEach(() => {
    for (const run of runs.splice(0)) run.kill("SIGKILL");
  });
  after(() => {
    project.remove();
  });

  const start: ClicksProject["run"] = (...args) => {
    const run = project.run(...args);
    runs.push(run);
    return run;
  };

  const ways: [signal: NodeJS.Signals, options: string[]][] = [
    ["SIGINT", ["--keep"]],
    ["SIGTERM", ["--keep", "--json"]],
    ["SIGHUP", ["--ui", "--input", "-"]],
  ];
  for (const [signal, options] of ways)
    it(`delivers everything that was accepted on ${signal} with ${options.join(" ")}, under load`, async () => {
      const run = start([...options, "--interval", "1"], '{"id":"first"}\n');
      await run.prints(ready);
      const client = kinesisOf(run);
      const producing = putUntilRejected(client);
      await run.prints("Received ");
      // What has its name cannot be replaced by a file: that must not cost the summary.
      mkdirSync(join(directoryOf(run), "monitoring.json"));
      run.kill(signal);
      const { accepted, error } = await producing;
      client.destroy();
      assert.match(String(error), /ServiceUnavailable|ECONNREFUSED|ECONNRESET/u);
      assert.equal(await run.exit, 0, run.stderr());
      const delivered = deliveredLines(directoryOf(run));
      const missing = accepted.filter((line) => !delivered.includes(line));
      assert.deepEqual(missing, []);
      const report = options.includes("--json") ? run.stderr() : run.stdout();
      assert.equal(factOf(report, "Delivered"), delivered.length.toLocaleString("en-US"));
      assert.equal(factOf(report, "Missing"), "0");
      assert.match(run.stderr(), /monitoring\.json cannot be written: EISDIR/u);
      assert.match(
        run.stderr(),
        /Delivering [\d,]+ records?; press Ctrl-C again to stop now\.|Everything is delivered: stopping\./u,
      );
      assert.match(run.stderr(), /^Delivered [\d,]+ records? in \d+ objects?/mu);
    });

  it("prints when the bucket rejects objects, ends on a second Ctrl-C, and its command delivers the rest", async () => {
    const run = start(["--keep", "--interval", "0"]);
    await run.prints(ready);
    const directory = directoryOf(run);
    blockBucket(directory);
    const client = kinesisOf(run);
    await put(client, ["zero"]);
    await run.prints("clicks: PutObject fails:");
    unblockBucket(directory);
    await run.prints("clicks: PutObject succeeds again.");
    // What has arrived is printed once in a while, so it can follow.
    await run.prints("Received 1 record (");
    assert.match(run.stderr(), /^Received 1 record \(\d+ bytes\) on clicks\.$/mu);
    blockBucket(directory);
    await put(client, ["one", "two", "three"]);
    client.destroy();
    const failures = (): number => run.stderr().split("clicks: PutObject fails:").length - 1;
    while (failures() < 2) await setTimeout(20);
    run.kill("SIGINT");
    await run.prints("Delivering 3 records; press Ctrl-C again to stop now.");
    run.kill("SIGINT");
    assert.equal(await run.exit, 1, run.stderr());
    assert.equal(factOf(run.stdout(), "Received"), "4 records");
    assert.equal(factOf(run.stdout(), "Delivered"), "1");
    assert.equal(factOf(run.stdout(), "Missing"), "3");
    assert.match(run.stderr(), /^3 records were accepted and not delivered\.$/mu);

    unblockBucket(directory);
    const resumed = await streamlakeHere([...resumeWords(run), "--interval", "0"]);
    assert.equal(resumed.exitCode, 0, resumed.stderr);
    assert.equal(factOf(resumed.stdout, "Delivered"), "3");
    assert.deepEqual(deliveredLines(directory), ["one", "three", "two", "zero"]);
  });

  it("delivers what was sent of an endless input, and exits with 130", async () => {
    const endless = Readable.from(
      (function* lines() {
        for (let id = 0; ; id += 1) yield `{"id":${id}}\n`;
      })(),
    );
    const run = start(["--input", "-"], endless);
    await run.prints("writes an object");
    const store = join(project.directory, ".streamlake/dev");
    const newest = (): string => join(store, readdirSync(store).sort().at(-1) ?? "");
    const shard = join(newest(), ".kinesis/streams/eu-central-1/clicks/shardId-000000000000");
    const bytes = (): number =>
      readdirSync(shard).reduce((sum, name) => sum + statSync(join(shard, name)).size, 0);
    while (bytes() < 10_000) await setTimeout(20);
    run.kill("SIGINT");
    assert.equal(await run.exit, 130, run.stderr());
    endless.destroy();
    assert.equal(factOf(run.stdout(), "Missing"), "0");
    assert.match(run.stdout(), /Nothing after line \d+ was sent: interrupted/u);
    const sent = factOf(run.stdout(), "Sent").split(" ")[0]?.replaceAll(",", "");
    assert.equal(deliveredLines(directoryOf(run)).length, Number(sent));
  });

  it("delivers a whole input on Ctrl-C while it waits, and exits with 0", async () => {
    const run = start(["--input", "-"], threeLines);
    await run.prints("Sent 3 records; waiting for delivery.");
    run.kill("SIGINT");
    assert.equal(await run.exit, 0, run.stderr());
    assert.equal(factOf(run.stdout(), "Delivered"), "3");
    assert.deepEqual(deliveredLines(directoryOf(run)), threeLines.trim().split("\n"));
  });

  it("reports everything as delivered on Ctrl-C while it compares the bucket", async () => {
    const run = start(["--input", "-", "--interval", "0"], threeLines);
    await run.prints("Comparing the bucket with the input.");
    run.kill("SIGINT");
    assert.equal(await run.exit, 0, run.stderr());
    assert.equal(factOf(run.stdout(), "Delivered"), "3");
    assert.equal(factOf(run.stdout(), "Missing"), "0");
  });

  it("ends the program of the stack on SIGTERM, and exits with 130", async () => {
    const run = start(["--stack", "endless", "--keep"]);
    while (!existsSync(join(project.directory, "running"))) await setTimeout(20);
    run.kill("SIGTERM");
    assert.equal(await run.exit, 130, run.stderr());
    assert.equal(run.stdout(), "");
    assert.match(run.stderr(), /Nothing was accepted: stopping\./u);
  });

  it("reports an error that nothing catches, with everything delivered", async () => {
    const preload = join(project.directory, "throwOnSignal.cjs");
    writeFileSync(preload, 'process.on("SIGUSR2", () => { throw new Error("injected"); });');
    const run = start(["--keep"], "", { NODE_OPTIONS: `--require ${preload}` });
    await run.prints(ready);
    const client = kinesisOf(run);
    await put(client, ["one"]);
    client.destroy();
    run.kill("SIGUSR2");
    assert.equal(await run.exit, 1, run.stderr());
    assert.match(run.stderr(), /^Unexpected error: injected$/mu);
    assert.equal(factOf(run.stdout(), "Delivered"), "1");
  });

  it("rejects puts once its directory is deleted, and does not say to resume from it", async () => {
    const run = start(["--keep"]);
    await run.prints(ready);
    const client = kinesisOf(run);
    await put(client, ["one"]);
    rmSync(directoryOf(run), { recursive: true });
    await assert.rejects(put(client, ["one"]), { name: "InternalFailure" });
    client.destroy();
    await run.prints("Puts fail until it can.");
    run.kill("SIGINT");
    assert.equal(await run.exit, 1, run.stderr());
    assert.match(run.stderr(), /was removed while the run used it/u);
    assert.doesNotMatch(run.stderr(), /To continue/u);
    assert.equal(factOf(run.stdout(), "Missing"), "1");
  });

  describe("after kill -9", () => {
    let killed: StreamlakeProcess;
    beforeEach(async () => {
      killed = start(["--keep"]);
      await killed.prints(ready);
      const client = kinesisOf(killed);
      await put(client, ["one"]);
      await put(client, ["two"]);
      client.destroy();
      killed.kill("SIGKILL");
      assert.equal(await killed.exit, "SIGKILL");
    });

    it("delivers the rest on Ctrl-C in a resumed run", async () => {
      const resumed = start(["--resume", directoryOf(killed)]);
      await resumed.prints("2 records of the earlier run will be delivered now.");
      await resumed.prints("writes an object");
      resumed.kill("SIGINT");
      assert.equal(await resumed.exit, 0, resumed.stderr());
      assert.equal(factOf(resumed.stdout(), "Received"), "2 records");
      assert.equal(factOf(resumed.stdout(), "Missing"), "0");
      assert.deepEqual(deliveredLines(directoryOf(killed)), ["one", "two"]);
    });

    it("exits with 1 if damage has cost a record, and delivers the others", async () => {
      const stream = join(directoryOf(killed), ".kinesis/streams/eu-central-1/clicks");
      const segments = readdirSync(stream, { recursive: true, encoding: "utf8" })
        .filter((name) => name.endsWith(".segment"))
        .map((name) => join(stream, name))
        .sort((one, other) => statSync(other).size - statSync(one).size);
      const [longest = ""] = segments;
      truncateSync(longest, statSync(longest).size - 1);
      const resumed = await project.runHere(["--resume", directoryOf(killed), "--interval", "0"]);
      assert.equal(resumed.exitCode, 1, resumed.stderr);
      assert.equal(factOf(resumed.stdout, "Received"), "2 records");
      assert.equal(factOf(resumed.stdout, "Delivered"), "1");
      assert.equal(factOf(resumed.stdout, "Missing"), "1");
      assert.equal(factOf(resumed.stdout, "Unreadable"), "1 of the missing records");
      assert.match(resumed.stderr, /1 accepted record cannot be read/u);
      assert.doesNotMatch(resumed.stderr, /To continue/u);
    });
  });

  describe("with --json and --port", () => {
    it("prints only the document on standard output, and listens on the port and the next", async () => {
      const port = await freePort();
      const run = start(["--keep", "--json", "--port", String(port)]);
      await run.prints(ready);
      assert.match(run.stderr(), new RegExp(`KINESIS=http://127.0.0.1:${port}$`, "mu"));
      assert.match(run.stderr(), new RegExp(`S3=http://127.0.0.1:${port + 1}$`, "mu"));
      const client = kinesisOf(run);
      await put(client, ["one"]);
      client.destroy();

      const second = await project.runHere(["--keep", "--port", String(port)]);
      assert.equal(second.exitCode, 2);
      assert.match(
        second.stderr,
        new RegExp(`Port ${port + 1} of 127.0.0.1 is in use by another program`, "u"),
      );
      assert.match(second.stderr, /specify another one/u);

      run.kill("SIGINT");
      assert.equal(await run.exit, 0, run.stderr());
      const document = JSON.parse(run.stdout()) as Record<string, unknown>;
      const { directory, monitoring, ...facts } = document;
      assert.deepEqual(facts, {
        version: 1,
        stack: "dev",
        exitCode: 0,
        records: { received: 1, delivered: 1, missing: 0, unreadable: 0, hasUnknownLoss: false },
        objects: 1,
        problems: [],
        deniedCalls: [],
        alarms: [],
      });
      assert.equal(resolve(String(monitoring)), resolve(String(directory), "monitoring.json"));
      assert.equal(existsSync(String(monitoring)), true);
    });
  });
});
