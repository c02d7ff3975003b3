import assert from "node:assert/strict";
import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout } from "node:timers/promises";
import { gunzipSync, gzipSync } from "node:zlib";
import { sendCommand } from "../../cli/send";
import { assertSnapshot } from "../support/snapshot";
import { kinesisStandIn } from "./support/awsStandIns";
import { pulumiStandIn } from "./support/pulumiStandIn";
import { redirect, runCommand, withoutAws } from "./support/runCommand";
import { startStreamlake } from "./support/streamlakeProcess";

describe("streamlake send", () => {
  let directory: string;
  let file: string;
  let kinesis: Awaited<ReturnType<typeof kinesisStandIn>>;

  before(() => {
    directory = mkdtempSync(join(tmpdir(), "streamlake-send-"));
    file = join(directory, "events.jsonl");
  });
  beforeEach(async () => {
    kinesis = await kinesisStandIn();
  });
  afterEach(() => kinesis.close());
  after(() => {
    rmSync(directory, { recursive: true });
  });

  async function send(...args: string[]): Promise<{ stdout: string; exitCode: number }> {
    return runCommand(sendCommand(), [...args, "--endpoint", kinesis.endpoint]);
  }

  it("sends a file to a stream by name, without credentials on a loopback endpoint", async () => {
    writeFileSync(file, '{"a":1}\n\n{"b":"ü"}\n');
    const { stdout, exitCode } = await send(file, "--stream", "events");
    assert.equal(stdout, "Sent 2 records (17 bytes) to events in 1 request; skipped 1 blank line.");
    assert.equal(exitCode, 0);
    assert.deepEqual(kinesis.records, ['{"a":1}', '{"b":"ü"}']);
  });

  it("lists the first ten rejected lines, counts the rest and exits with 1", async () => {
    const bad = Array<Buffer>(12).fill(Buffer.from([0xff, 0x0a]));
    writeFileSync(file, Buffer.concat([Buffer.from("good\n"), ...bad]));
    const { stdout, exitCode } = await send(file, "--stream", "events");
    const lines = stdout.split("\n");
    assertSnapshot("send/rejectedLines.txt", stdout);
    assert.equal(lines[0], "Sent 1 record (4 bytes) to events in 1 request.");
    assert.equal(lines[2], "Rejected 12 lines, not sent:");
    assert.equal(lines[3], "  line 2: not UTF-8");
    assert.equal(lines[13], "  and 2 more");
    assert.equal(lines.length, 14);
    assert.equal(exitCode, 1);
    assert.deepEqual(kinesis.records, ["good"]);
  });

  it("prints the same as one JSON document with --json", async () => {
    writeFileSync(file, Buffer.concat([Buffer.from("good\n\n"), Buffer.from([0xff])]));
    const { stdout, exitCode } = await send(file, "--stream", "events", "--json");
    assert.deepEqual(JSON.parse(stdout), {
      name: "events",
      sent: 1,
      bytes: 4,
      skippedBlank: 1,
      requests: 1,
      retries: 0,
      rejected: [{ line: 3, reason: "not UTF-8" }],
      failed: [],
    });
    assert.equal(exitCode, 1);
  });

  it("reads stream and compression from the outputs of the stack, and says that it compresses", async () => {
    writeFileSync(file, "one\ntwo\n");
    const outputs = { streamName: "events", region: "eu-central-1", recordCompression: "GZIP" };
    const pulumi = pulumiStandIn(outputs);
    let printed = "";
    const restore = redirect(process.stderr, (text) => (printed += text));
    try {
      const { stdout } = await send(file, "--stack", "dev");
      assert.match(stdout, /^Sent 2 records .* to events/);
    } finally {
      restore();
      pulumi.remove();
    }
    assert.match(printed, /^Compressing each line with GZIP, as the producers of events do\.$/m);
    assert.deepEqual(unpacked(), ["one\n", "two\n"]);
  });

  const unpacked = (): string[] => kinesis.data.map((data) => gunzipSync(data).toString());

  it("compresses the lines for a stream by name with --record-compression", async () => {
    writeFileSync(file, "one\n");
    const restore = redirect(process.stderr, () => undefined);
    await send(file, "--stream", "events", "--record-compression", "GZIP").finally(restore);
    assert.deepEqual(unpacked(), ["one\n"]);
    const unknown = send(file, "--stream", "events", "--record-compression", "ZIP");
    await assert.rejects(unknown, { exitCode: 2 });
  });

  it("rejects a stream that does not exist", async () => {
    writeFileSync(file, "one\n");
    await assert.rejects(send(file, "--stream", "nobody"), /no Kinesis stream "nobody"/);
  });

  it("rejects a missing file by name", async () => {
    const missing = join(directory, "missing.jsonl");
    await assert.rejects(send(missing, "--stream", "events"), {
      message: `${missing}: there is no such file.`,
    });
  });

  for (const [what, args] of [
    ["a command without --stack and --stream", []],
    ["--stack together with --stream", ["--stack", "dev", "--stream", "events"]],
  ] as const) {
    it(`rejects ${what}`, async () => {
      await assert.rejects(send(file, ...args), {
        message:
          "Specify one of --stack NAME, --stack-export FILE, --local, --stream NAME and --delivery-stream NAME.",
      });
    });
  }

  it("rejects an endpoint that is not a URL", async () => {
    const args = [file, "--stream", "events", "--endpoint", "localhost:4567"];
    await assert.rejects(runCommand(sendCommand(), args), {
      message: '--endpoint "localhost:4567" is not a URL; write it like http://127.0.0.1:4567.',
    });
  });

  it("exits with 2 for an unknown option, since 1 means that something was not sent", async () => {
    await assert.rejects(send(file, "--stack", "dev", "--shards", "2"), { exitCode: 2 });
  });

  it("rejects a compressed file, and the command that it prints sends what is in it", async () => {
    const packed = join(directory, "two words.jsonl.gz");
    writeFileSync(packed, gzipSync('{"a":1}\n{"b":2}\n'));
    const args = ["--stream", "events", "--endpoint", kinesis.endpoint];
    const rejected = startStreamlake(["send", packed, ...args]);
    assert.equal(await rejected.exit, 2);
    const [, command = ""] = rejected.stderr().split("To convert it:\n");
    assert.deepEqual(kinesis.records, []);
    const streamlake = `'${process.execPath}' cli/streamlake.cjs`;
    const pasted = spawn("sh", ["-c", command.replace("npx streamlake", streamlake)], {
      env: withoutAws(process.env),
    });
    assert.deepEqual(await once(pasted, "exit"), [0, null], command);
    assert.deepEqual(kinesis.records, ['{"a":1}', '{"b":2}']);
  });

  it("rejects compressed standard input before it sends anything", async () => {
    const args = ["--stream", "events", "--endpoint", kinesis.endpoint];
    const rejected = startStreamlake(["send", ...args], gzipSync('{"a":1}\n'));
    assert.equal(await rejected.exit, 2);
    assert.match(
      rejected.stderr(),
      /Standard input is compressed with GZIP\..*\n {2}\.\.\. \| gunzip -c \| npx streamlake send --stream/,
    );
    assert.deepEqual(kinesis.records, []);
  });

  describe("with input from a pipe that stays open", () => {
    const script = join(__dirname, "support/sendProcess.ts");
    let child: ChildProcessWithoutNullStreams;

    function start(stream: string): { output: Promise<string>; exited: Promise<unknown[]> } {
      const args = [script, "--stream", stream, "--endpoint", kinesis.endpoint];
      const env = withoutAws(process.env);
      child = spawn(process.execPath, ["-r", "./test/support/typescript.cjs", ...args], { env });
      child.stdin.write("event\n".repeat(501));
      return { output: text(child.stdout), exited: once(child, "exit") };
    }
    afterEach(() => {
      child.kill("SIGKILL");
    });

    it("sends what has arrived, and on Ctrl-C reports what was sent and exits with 130", async () => {
      const { output, exited } = start("events");
      while (kinesis.records.length < 501) await setTimeout(10);
      child.kill("SIGINT");
      assert.deepEqual(await exited, [130, null]);
      assert.match(
        await output,
        /^Sent 501 records .*\n\nNothing after line 501 was sent: interrupted$/m,
      );
    });

    it("exits with 2 although the pipe is open if the stream does not exist", async () => {
      const { output, exited } = start("nobody");
      assert.deepEqual(await exited, [2, null]);
      assert.match(await output, /no Kinesis stream "nobody"/);
    });
  });
});
