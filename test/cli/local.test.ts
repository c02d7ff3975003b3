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
import { awayFromMidnight } from "../support/awayFromMidnight";
import { descendants } from "./support/descendants";
import { commandsIn } from "./support/printedCommands";
import { runCommand } from "./support/runCommand";
import { streamlakeHere } from "./support/streamlakeHere";
import {
  startStreamlake,
  type StreamlakeProcess,
  untilDelivered,
} from "./support/streamlakeProcess";

/** Paths of all files in a directory that are not hidden, relative to it and with `/`. */
function filesBelow(directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(directory.length + 1))
    .filter((path) => !path.startsWith("."))
    .map((path) => path.replaceAll(sep, "/"));
}

/** The directory of the only bucket, in the directory that the report names. */
function bucketDirectory(report: string): string {
  const run = resolve(/^Directory +(.+)$/m.exec(report)?.[1] ?? "the report names no directory");
  const [bucket = "", ...others] = readdirSync(run, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith("."))
    .map(({ name }) => join(run, name));
  assert.deepEqual(others, []);
  return bucket;
}

const sortedLines = (text: string): string[] => text.split("\n").filter(Boolean).sort();

/** Two records, a blank line, a line that is not UTF-8 and a line that is too long. */
const mixedInput = Buffer.concat([
  Buffer.from('{"id":1,"name":"Zoë"}\n\n'),
  Buffer.from([0x7b, 0xff, 0xfe, 0x7d, 0x0a]),
  Buffer.alloc(1024 * 1024 + 1, "x"),
  Buffer.from('\n{"id":2}\n'),
]);

describe("streamlake local", () => {
  let project: string;

  // A separate project with the real program and a stack that exists only for this test.
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

  const local = (...args: string[]): string[] => ["local", "-C", project, ...args];

  describe("in parallel runs", () => {
    let dev: StreamlakeProcess;
    let kept: StreamlakeProcess;

    // Parallel runs must not interfere: these are processes, and the tests below run others meanwhile.
    before(() => {
      dev = startStreamlake(local("--stack", "dev", "--interval", "1", "--input", exampleEvents));
      kept = startStreamlake(local("--stack", "dev", "--interval", "0", "--keep"));
    });
    after(() => {
      kept.kill("SIGKILL");
    });

    it("delivers every example event to dated GZIP objects", async () => {
      assert.equal(await dev.exit, 0, dev.stderr());
      assert.match(dev.stderr(), /buffer interval of 60 s shortened to 1 s/);
      const report = dev.stdout();
      assert.match(report, /^Sent +2,400 records/m);
      assert.match(report, /^Delivered +2,400$/m);
      assert.match(report, /^Missing +0$/m);

      const directory = bucketDirectory(report);
      const keys = filesBelow(directory);
      assert.ok(keys.length > 0);
      for (const key of keys)
        assert.match(key, /^raw\/user-events\/\d{4}\/\d\d\/\d\d\/user-events-.*\.gz$/);
      const delivered = keys.map((key) =>
        gunzipSync(readFileSync(join(directory, key))).toString(),
      );
      assert.deepEqual(
        sortedLines(delivered.join("\n")),
        sortedLines(readFileSync(exampleEvents, "utf8")),
      );
    });

    it("applies prefix, time zone, buffer size, delimiter and compression of the stack", async () => {
      // The events have 1.8 MiB, the buffer 1 MiB.
      const args = local("--stack", "odd", "--interval", "2", "--input", exampleEvents);
      const odd = await streamlakeHere(args);
      assert.equal(odd.exitCode, 0, odd.stderr);
      assert.match(odd.stderr, /writes an object after 1 MiB or 2 s/);
      const directory = bucketDirectory(odd.stdout);
      const keys = filesBelow(directory);
      assert.ok(keys.length >= 2, `objects: ${keys.join(", ")}`);
      const today = new Date().toLocaleDateString("sv-SE", { timeZone: "Asia/Tokyo" });
      const [year = "", month = "", day = ""] = today.split("-");
      for (const key of keys) {
        assert.ok(key.startsWith(`lake/${year}/day=${month}-${day}/odd-events-`), key);
        assert.doesNotMatch(key, /\.gz$/);
        const body = readFileSync(join(directory, key), "utf8");
        assert.doesNotMatch(body, /\n/);
        assert.match(body, /^\{.*\}\{.*\}$/);
      }
    });

    it("counts lines that cannot be records, and delivers the rest to existing resources", async () => {
      const args = local("--stack", "existing", "--interval", "0", "--input", "-");
      const mixed = await streamlakeHere(args, mixedInput);
      assert.equal(mixed.exitCode, 1, mixed.stderr);
      assert.match(mixed.stderr, /stream user-events-stream is not declared.*created locally/);
      const report = mixed.stdout;
      assert.match(report, /^Sent +2 records/m);
      assert.match(report, /^Rejected +2$/m);
      assert.match(report, /^Missing +0$/m);
      assert.match(report, /line 3: .*UTF-8/);
      assert.match(report, /line 4: 1048577 bytes; Kinesis accepts at most/);
      const directory = bucketDirectory(report);
      assert.match(directory, /my-data-lake-bucket$/);
      const delivered = filesBelow(directory).map((key) =>
        gunzipSync(readFileSync(join(directory, key))).toString(),
      );
      assert.deepEqual(sortedLines(delivered.join("\n")), ['{"id":1,"name":"Zoë"}', '{"id":2}']);
    });

    it("keeps running for other terminals, and leaves no process after Ctrl-C", async () => {
      await kept.prints("From another terminal:");
      assert.deepEqual(descendants(kept.pid), [], "everything runs in one process");
      const [send = [], verify = []] = commandsIn(kept.stdout());
      await awayFromMidnight();

      const input = '{"id":1}\n{"id":2}\n';
      const sending = startStreamlake(send, input);
      assert.equal(await sending.exit, 0, sending.stderr());
      await untilDelivered(kept, 2);
      const verifying = startStreamlake(verify);
      await verifying.exit;
      assert.match(verifying.stdout(), /^Records +2$/m);
      kept.kill("SIGINT");
      assert.equal(await kept.exit, 0, kept.stderr());
    });
  });

  it("resumes after kill -9 with all accepted records, and leaves no process", async () => {
    const killed = startStreamlake(local("--stack", "dev", "--keep"));
    await killed.prints("In a Node.js program:");
    assert.deepEqual(descendants(killed.pid), [], "everything runs in one process");
    const [send = []] = commandsIn(killed.stdout());
    const events = sortedLines(readFileSync(exampleEvents, "utf8")).slice(0, 300);
    const sending = await streamlakeHere(send, events.join("\n"));
    assert.equal(sending.exitCode, 0, sending.stderr);
    // The program that the run prints must work when it is copied.
    const [, program = ""] = killed.stdout().split("In a Node.js program:\n");
    execFileSync(process.execPath, ["--input-type=module", "--eval", program], { stdio: "pipe" });
    killed.kill("SIGKILL");
    assert.equal(await killed.exit, "SIGKILL");

    const [, directory = ""] = /The buckets are in\n {2}(.+)$/m.exec(killed.stdout()) ?? [];
    const resumed = await streamlakeHere(
      local("--stack", "dev", "--resume", resolve(directory), "--interval", "0"),
    );
    assert.equal(resumed.exitCode, 0, resumed.stderr);
    assert.match(resumed.stderr, /301 records of the earlier run will be delivered now/);
    assert.match(resumed.stdout, /^Delivered +301$/m);
    const delivered = filesBelow(resolve(directory))
      .filter((file) => file.endsWith(".gz"))
      .map((file) => gunzipSync(readFileSync(join(resolve(directory), file))).toString());
    assert.deepEqual(sortedLines(delivered.join("\n")), [...events, '{"type":"hello"}'].sort());
  });

  it("ends if IAM denies the delivery, and reports the message of AWS", async () => {
    cpSync("test/cli/fixtures/denied", join(project, "denied"), { recursive: true });
    symlinkSync(resolve("node_modules"), join(project, "node_modules"));
    const denied = await streamlakeHere(
      ["local", "-C", join(project, "denied"), "--stack", "dev", "--input", "-"],
      '{"id":1}\n',
    );
    assert.equal(denied.exitCode, 1, denied.stderr);
    const [, messages = ""] = denied.stdout.split(/^Access$/m);
    assert.match(
      messages.replace(/\s+/g, " "),
      /1 call denied User: arn:aws:sts::123456789012:assumed-role\/clicks-[^ ]+ is not authorized to perform: s3:PutObject on resource: "arn:aws:s3:::clicks-[^"]+" because no identity-based policy allows the s3:PutObject action/,
    );
    assert.match(denied.stdout, /^Missing +1$/m);
    assert.match(denied.stderr, /not everything is delivered/);
    assert.match(
      denied.stderr,
      /To continue: npx streamlake local -C .* --stack dev --resume \.streamlake\/dev\/20/,
    );
  });

  describe("before anything is started", () => {
    const invalid: [string, string[], RegExp][] = [
      ["a missing file", ["--stack", "dev", "--input", "none.jsonl"], /none\.jsonl.*no such file/],
      ["a directory as input", ["--stack", "dev", "--input", "directory"], /is a directory/],
      ["an empty file", ["--stack", "dev", "--input", "empty.jsonl"], /empty\.jsonl is empty/],
      [
        "an invalid stack",
        ["--stack", "../dev", "--keep"],
        /"\.\.\/dev" is not the name of a stack/,
      ],
      ["an interval above 900 seconds", ["--stack", "dev", "--interval", "901"], /from 0 to 900/],
      ["a missing --stack", [], /--stack/],
      [
        "a directory without an earlier run",
        ["--stack", "dev", "--resume", "directory"],
        /--resume "directory" is not the directory of an earlier run/,
      ],
    ];
    before(() => {
      mkdirSync(join(project, "directory"));
      writeFileSync(join(project, "empty.jsonl"), "");
    });
    for (const [what, args, reason] of invalid)
      it(`rejects ${what}`, async () => {
        await assert.rejects(runCommand(localCommand(), ["-C", project, ...args]), {
          message: reason,
        });
        assert.deepEqual(descendants(process.pid), []);
      });
  });

  it("prints why it cannot start, without a stack trace, and exits with 2", async () => {
    const failed = startStreamlake(local("--stack", "none", "--keep"));
    assert.equal(await failed.exit, 2);
    assert.equal(failed.stdout(), "");
    assert.match(failed.stderr(), /no stack "none"/);
    assert.doesNotMatch(failed.stderr(), /^ +at /m);
  });
});
