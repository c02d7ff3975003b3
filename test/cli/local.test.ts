import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve, sep } from "node:path";
import { gunzipSync } from "node:zlib";
import { localCommand } from "../../cli/local";
import { FILE as exampleEvents } from "../../generate/userEvents/makeUserEvents";
import { untilGone } from "../local/support/processes";
import { runCommand } from "./support/runCommand";
import { startStreamlake, type StreamlakeProcess } from "./support/streamlakeProcess";

/** All files below a folder, as paths relative to it, with `/`. */
function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .filter((path) => !path.startsWith("."))
    .map((path) => path.replaceAll(sep, "/"));
}

/** The bucket's folder, as the report names it. */
function bucketFolder(report: string): string {
  return resolve(/^Folder +(.+)$/m.exec(report)?.[1] ?? "the report names no folder");
}

const sortedLines = (text: string): string[] => text.split("\n").filter(Boolean).sort();

/** The Node.js processes that a process has started, its children's included. */
function descendants(pid: number): number[] {
  const table = execFileSync("ps", ["-A", "-o", "pid=,ppid=,comm="], { encoding: "utf8" })
    .trim()
    .split("\n")
    .map((row) => row.trim().split(/\s+/));
  const children = table
    .filter(([, parent, command]) => Number(parent) === pid && command !== "ps")
    .map(([child]) => Number(child));
  return [...children, ...children.flatMap(descendants)];
}

/** Two records among a blank line, a line that is no UTF-8 and one that is too long. */
const mixedInput = Buffer.concat([
  Buffer.from('{"id":1,"name":"Zoë"}\n\n'),
  Buffer.from([0x7b, 0xff, 0xfe, 0x7d, 0x0a]),
  Buffer.alloc(1024 * 1024 + 1, "x"),
  Buffer.from('\n{"id":2}\n'),
]);

/** The commands that a run proposes for other terminals, as the arguments of `streamlake`. */
function commandsIn(report: string): string[][] {
  return report
    .replaceAll(" \\\n", "")
    .split("\n")
    .filter((line) => line.includes("npx streamlake"))
    .map((line) => line.trim().replace("FILE", "-").replaceAll("'", "").split(/\s+/).slice(2));
}

describe("streamlake local", function () {
  this.timeout(60_000);
  let project: string;

  /** A project of its own for stacks that only tests have, with the real program. */
  before(() => {
    project = mkdtempSync(join(tmpdir(), "streamlake-local-"));
    const file = readFileSync("Pulumi.yaml", "utf8");
    writeFileSync(join(project, "Pulumi.yaml"), `main: ${JSON.stringify(resolve("."))}\n${file}`);
    for (const stack of ["dev", "existing"]) {
      const name = `Pulumi.${stack}.yaml`;
      writeFileSync(join(project, name), readFileSync(name, "utf8"));
    }
    writeFileSync(
      join(project, "Pulumi.odd.yaml"),
      [
        "config:",
        "  streamlake:name: odd-events",
        "  streamlake:stream: { shardCount: 2 }",
        "  streamlake:delivery:",
        "    bufferSizeMiB: 1",
        "    bufferIntervalSeconds: 900",
        "    prefix: lake/!{timestamp:yyyy}/day=!{timestamp:MM-dd}/",
        "    timeZone: Asia/Tokyo",
        "    delimiter: none",
        "    compression: UNCOMPRESSED",
      ].join("\n"),
    );
  });
  after(() => {
    rmSync(project, { recursive: true });
  });

  const run = (args: string[], input?: string | Buffer) =>
    startStreamlake(["local", "-C", project, ...args], input);

  describe("beside each other", () => {
    let dev: StreamlakeProcess;
    let odd: StreamlakeProcess;
    let kept: StreamlakeProcess;
    let mixed: StreamlakeProcess;

    // Started together: they take their time waiting, and no run may get in another's way.
    before(() => {
      dev = run(["--stack", "dev", "--interval", "1", "--input", exampleEvents]);
      kept = run(["--stack", "dev", "--interval", "0", "--keep"]);
      odd = run(["--stack", "odd", "--interval", "2", "--input", exampleEvents]);
      mixed = run(["--stack", "existing", "--interval", "0", "--input", "-"], mixedInput);
    });
    after(() => {
      kept.kill("SIGKILL");
    });

    it("delivers every example event into dated GZIP objects", async () => {
      assert.equal(await dev.exit, 0, dev.stderr());
      assert.match(dev.stderr(), /buffering interval of 60 s shortened to 1 s/);
      const report = dev.stdout();
      assert.match(report, /^Sent +2,400 records/m);
      assert.match(report, /^Delivered +2,400$/m);
      assert.match(report, /^Missing +0$/m);

      const folder = bucketFolder(report);
      const keys = filesBelow(folder);
      assert.ok(keys.length > 0);
      for (const key of keys)
        assert.match(key, /^raw\/user-events\/\d{4}\/\d\d\/\d\d\/user-events-.*\.gz$/);
      const delivered = keys.map((key) => gunzipSync(readFileSync(join(folder, key))).toString());
      assert.deepEqual(
        sortedLines(delivered.join("\n")),
        sortedLines(readFileSync(exampleEvents, "utf8")),
      );
    });

    it("obeys the stack: prefix, time zone, buffer size, delimiter and compression", async () => {
      // The events are 1.8 MiB, in a buffer of 1 MiB.
      assert.equal(await odd.exit, 0, odd.stderr());
      assert.match(odd.stderr(), /writes an object after 1 MiB or 2 s/);
      const folder = bucketFolder(odd.stdout());
      const keys = filesBelow(folder);
      assert.ok(keys.length >= 2, `objects: ${keys.join(", ")}`);
      const today = new Date().toLocaleDateString("sv-SE", { timeZone: "Asia/Tokyo" });
      const [year = "", month = "", day = ""] = today.split("-");
      for (const key of keys) {
        assert.ok(key.startsWith(`lake/${year}/day=${month}-${day}/odd-events-`), key);
        assert.doesNotMatch(key, /\.gz$/);
        const body = readFileSync(join(folder, key), "utf8");
        assert.doesNotMatch(body, /\n/);
        assert.match(body, /^\{.*\}\{.*\}$/);
      }
    });

    it("counts what cannot be a record, and delivers the rest to what exists already", async () => {
      assert.equal(await mixed.exit, 1, mixed.stderr());
      assert.match(mixed.stderr(), /stream user-events-stream is not declared.*created locally/);
      const report = mixed.stdout();
      assert.match(report, /^Sent +2 records/m);
      assert.match(report, /^Rejected +2$/m);
      assert.match(report, /^Missing +0$/m);
      assert.match(report, /line 3: .*UTF-8/);
      assert.match(report, /line 4: 1048577 bytes, Kinesis takes at most/);
      const folder = bucketFolder(report);
      assert.match(folder, /my-data-lake-bucket$/);
      const delivered = filesBelow(folder).map((key) =>
        gunzipSync(readFileSync(join(folder, key))).toString(),
      );
      assert.deepEqual(sortedLines(delivered.join("\n")), ['{"id":1,"name":"Zoë"}', '{"id":2}']);
    });

    it("keeps running for other terminals, and leaves no process behind after Ctrl-C", async () => {
      await kept.prints("From another terminal:");
      const started = descendants(kept.pid);
      assert.ok(started.length > 0);
      const [send = [], verify = []] = commandsIn(kept.stdout());

      const input = '{"id":1}\n{"id":2}\n';
      const sending = startStreamlake(send, input);
      assert.equal(await sending.exit, 0, sending.stderr());
      // Delivery without buffering still takes a poll of the stream.
      let found = "";
      while (!/^Records +2$/m.test(found)) {
        const looking = startStreamlake(verify);
        await looking.exit;
        found = looking.stdout();
      }
      kept.kill("SIGINT");
      assert.equal(await kept.exit, 0, kept.stderr());
      await Promise.all(started.map(untilGone));
    });
  });

  it("goes on after kill -9 with all that it had accepted, and leaves no process behind", async () => {
    const killed = run(["--stack", "dev", "--keep"]);
    await killed.prints("Or in a program");
    const started = descendants(killed.pid);
    assert.ok(started.length > 0);
    const [send = []] = commandsIn(killed.stdout());
    const events = sortedLines(readFileSync(exampleEvents, "utf8")).slice(0, 300);
    const sending = startStreamlake(send, events.join("\n"));
    assert.equal(await sending.exit, 0, sending.stderr());
    // The program to copy, as a team's own producer would run it.
    const [, program = ""] = killed.stdout().split("here for Node.js:\n");
    execFileSync(process.execPath, ["--input-type=module", "--eval", program], { stdio: "pipe" });
    killed.kill("SIGKILL");
    assert.equal(await killed.exit, "SIGKILL");
    await Promise.all(started.map(untilGone));

    const [, folder = ""] = /with the buckets in (.+)\.$/m.exec(killed.stdout()) ?? [];
    const resumed = run(["--stack", "dev", "--resume", resolve(folder), "--interval", "0"]);
    assert.equal(await resumed.exit, 0, resumed.stderr());
    assert.match(resumed.stderr(), /301 records of the earlier run not delivered/);
    assert.match(resumed.stdout(), /^Delivered +301$/m);
    const delivered = filesBelow(resolve(folder))
      .filter((file) => file.endsWith(".gz"))
      .map((file) => gunzipSync(readFileSync(join(resolve(folder), file))).toString());
    assert.deepEqual(sortedLines(delivered.join("\n")), [...events, '{"type":"hello"}'].sort());
  });

  it("ends when IAM denies the delivery, and says so in AWS's words", async () => {
    cpSync("test/cli/fixtures/denied", join(project, "denied"), { recursive: true });
    symlinkSync(resolve("node_modules"), join(project, "node_modules"));
    const denied = startStreamlake(
      ["local", "-C", join(project, "denied"), "--stack", "dev", "--input", "-"],
      '{"id":1}\n',
    );
    assert.equal(await denied.exit, 1, denied.stderr());
    const [, messages = ""] = denied.stdout().split(/^Access$/m);
    assert.match(
      messages.replace(/\s+/g, " "),
      /1 call denied User: arn:aws:sts::123456789012:assumed-role\/clicks-[^ ]+ is not authorized to perform: s3:PutObject on resource: "arn:aws:s3:::clicks-[^"]+" because no identity-based policy allows the s3:PutObject action/,
    );
    assert.match(denied.stdout(), /^Missing +1$/m);
    assert.match(denied.stderr(), /1 record is not delivered/);
    assert.match(
      denied.stderr(),
      /Go on with: npx streamlake local -C .* --stack dev --resume \.streamlake\/dev\/20/,
    );
  });

  describe("refuses, before anything is left running,", () => {
    const wrong: [string, string[], RegExp][] = [
      ["a missing file", ["--stack", "dev", "--input", "none.jsonl"], /none\.jsonl.*no such file/],
      ["a folder", ["--stack", "dev", "--input", "folder"], /is a folder/],
      ["an empty file", ["--stack", "dev", "--input", "empty.jsonl"], /empty\.jsonl is empty/],
      ["an unknown stack", ["--stack", "none", "--keep"], /no stack "none".*dev/s],
      ["an interval too long", ["--stack", "dev", "--interval", "901"], /from 0 to 900/],
      ["no stack", [], /--stack/],
      [
        "what is no earlier run",
        ["--stack", "dev", "--resume", "folder"],
        /--resume "folder" is not the folder of an earlier run/,
      ],
    ];
    before(() => {
      mkdirSync(join(project, "folder"));
      writeFileSync(join(project, "empty.jsonl"), "");
    });
    for (const [what, args, reason] of wrong)
      it(what, async () => {
        await assert.rejects(runCommand(localCommand(), ["-C", project, ...args]), {
          message: reason,
        });
        assert.deepEqual(descendants(process.pid), []);
      });
  });

  it("says why it cannot run, without a stack trace, and exits with 2", async () => {
    const each = run(["--stack", "none", "--keep"]);
    assert.equal(await each.exit, 2);
    assert.equal(each.stdout(), "");
    assert.match(each.stderr(), /no stack "none"/);
    assert.doesNotMatch(each.stderr(), /^ +at /m);
  });
});
