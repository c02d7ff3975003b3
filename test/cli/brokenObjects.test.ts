import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { type Kinesis, startKinesis } from "../../aws/kinesis/startKinesis";
import { startObjectStore } from "../../aws/s3/objectStore";
import { writeLocalRun } from "../../records/target/localRun";
import { linesByShard } from "../aws/kinesis/support/storedRecords";
import { objectKey } from "../records/support/fakeLake";
import { aheadOfTime, failingAws } from "./support/failingAws";
import { streamlakeHere } from "./support/streamlakeHere";

const region = "eu-central-1";
const day = "2026-11-22";

describe("commands of a pipeline with damaged objects and odd records", () => {
  let directory: string;
  let kinesis: Kinesis;
  let store: Awaited<ReturnType<typeof startObjectStore>>;

  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), "streamlake-broken-"));
    kinesis = await startKinesis({ directory: join(directory, ".kinesis") });
    await kinesis.store.create({ region, name: "events" }, { shardCount: 1 });
    store = await startObjectStore(directory);
    mkdirSync(join(directory, "lake"));
    reachedAt({});
  });
  afterEach(async () => {
    await Promise.all([kinesis.stop(), store.stop()]);
    rmSync(directory, { recursive: true });
  });

  function reachedAt(endpoints: { readonly kinesis?: string; readonly s3?: string }): void {
    writeLocalRun(directory, {
      ...{ version: 1, stack: "dev", process: process.pid, running: true },
      endpoints: { kinesis: kinesis.endpoint, firehose: "", s3: store.endpoint, ...endpoints },
      deliveryStreams: [
        {
          ...{ name: "events", region, stream: "events", bucket: "lake" },
          ...{ prefix: "raw/", errorPrefix: "errors/", timeZone: "UTC" },
          ...{ delimiter: "newline", recordCompression: "none" },
        },
      ],
    });
  }

  function put(prefix: string, number: number, extension: string, body: Uint8Array): string {
    const key = objectKey(`${prefix}2026/11/22/10/`, day, number, extension);
    const file = join(directory, "lake", key);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, body);
    return key;
  }

  const run = async (name: string, args: readonly string[], input?: string) => {
    const ended = await streamlakeHere([name, ...args, "--local", directory], input);
    assert.doesNotMatch(ended.stderr, /^\s+at /mu);
    return ended;
  };
  const replay = (...args: string[]) =>
    run("replay", ["--execute", "--checkpoint", join(directory, "replay.jsonl"), ...args]);

  async function inStream(): Promise<readonly string[]> {
    const stream = kinesis.store.stream({ region, name: "events" });
    assert.ok(stream);
    return Object.values(await linesByShard(stream)).flat();
  }

  const packed = gzipSync("a\nb\n");
  const flipped = Buffer.from(packed);
  flipped.writeUInt8(flipped.readUInt8(12) ^ 0xff, 12);
  const damages: readonly (readonly [string, string, Uint8Array, RegExp])[] = [
    ["a truncated GZIP object", ".gz", packed.subarray(0, -3), /unexpected end of file/u],
    ["a GZIP object with a wrong byte", ".gz", flipped, /: (invalid|incorrect) /u],
    ["an empty object named like GZIP", ".gz", Buffer.alloc(0), /the object is empty/u],
    ["a text named like GZIP", ".gz", Buffer.from("a\n"), /not in the GZIP format/u],
    ["a text named like ZIP", ".zip", Buffer.from("a\n"), /not in the ZIP format/u],
    ["a truncated ZIP object", ".zip", Buffer.from("PK\x03\x04"), /damaged ZIP archive/u],
    ["a text named like Snappy", ".snappy", Buffer.from("a text"), /damaged Snappy object/u],
    ["a truncated Parquet file", ".parquet", Buffer.from("PAR1abc"), /parquet/iu],
  ];
  for (const [what, extension, body, reason] of damages) {
    it(`verify names ${what}, reads the others and exits with 1`, async () => {
      put("raw/", 1, ".gz", gzipSync("one\ntwo\n"));
      const key = put("raw/", 2, extension, body);
      const { stdout, exitCode } = await run("verify", ["--date", day]);
      assert.match(stdout, /^Objects +2$/mu);
      const [line = ""] = stdout.split("\n").filter((each) => each.includes(key));
      assert.match(line, reason);
      assert.equal(exitCode, 1);
    });

    it(`tail --objects names ${what} and goes on with the next one`, async () => {
      const key = put("raw/", 1, extension, body);
      put("raw/", 2, ".gz", gzipSync("one\ntwo\n"));
      const tailed = ["--objects", "--from", day, "--jq", "select(. == 2)", "--count", "1"];
      put("raw/", 3, ".gz", gzipSync("2\n"));
      const { stdout, stderr, exitCode } = await run("tail", tailed);
      assert.equal(stdout, "2\n");
      const [line = ""] = stderr.split("\n").filter((each) => each.includes(key));
      assert.match(line, /^.* is damaged: /u);
      assert.match(line, reason);
      assert.equal(exitCode, 0);
    });

    it(`replay names ${what}, sends the records of the others and exits with 1`, async () => {
      const key = put("errors/", 1, extension, body);
      put("errors/", 2, "", Buffer.from(errorLine("kept")));
      const { stdout, exitCode } = await replay();
      const [line = ""] = stdout.split("\n").filter((each) => each.includes(key));
      assert.match(line, reason);
      assert.equal((await inStream()).at(-1), "kept");
      assert.equal(exitCode, 1);
    });
  }

  const errorLine = (text: string): string =>
    `${JSON.stringify({ rawData: Buffer.from(text).toString("base64"), errorCode: "A.B" })}\n`;

  it("replay names each line that is not an error record, and tries it again the next time", async () => {
    const odd = ["not JSON", "null", "{}", '{"rawData":1}', '{"rawData":"%%%"}'];
    const key = put("errors/", 1, "", Buffer.from(`${odd.join("\n")}\n${errorLine("good")}`));
    for (const sent of [1, 0]) {
      const { stdout, exitCode } = await replay();
      assert.match(stdout, new RegExp(`^Sent ${sent} records?`, "mu"));
      assert.match(stdout, /^Not replayed: 5:$/mu);
      for (const line of [1, 2, 3, 4, 5]) assert.ok(stdout.includes(`${key} line ${line}: `));
      assert.equal(exitCode, 1);
    }
    assert.deepEqual(await inStream(), ["good"]);
  });

  it("send rejects a record that is too large by its line, and sends the others", async () => {
    const { stdout, exitCode } = await run("send", ["-"], `a\n${"x".repeat(3_000_000)}\nb\n`);
    assert.match(stdout, /^ {2}line 2: 3000000 bytes; Kinesis accepts at most 1048540/mu);
    assert.equal(exitCode, 1);
    assert.deepEqual(await inStream(), ["a", "b"]);
  });

  it("replay keeps a record that is too large for the stream, and sends the others", async () => {
    const key = put("errors/", 1, "", Buffer.from(errorLine("x".repeat(1_100_000))));
    put("errors/", 2, "", Buffer.from(errorLine("small")));
    const { stdout, exitCode } = await replay();
    assert.ok(stdout.includes(`${key} line 1: 1100000 bytes; Kinesis accepts at most`), stdout);
    assert.equal(exitCode, 1);
    assert.deepEqual(await inStream(), ["small"]);
  });

  it("tail prints the largest record whole", async () => {
    const largest = "x".repeat(1_048_540);
    await run("send", ["-"], `${largest}\n`);
    const { stdout } = await run("tail", ["--from", "trim-horizon", "--count", "1"]);
    assert.equal(stdout.length, largest.length + 1);
  });

  it("replay remembers nothing if the stream denies access, so that the next one sends all", async () => {
    put("errors/", 1, "", Buffer.from(errorLine("one") + errorLine("two")));
    const aws = await failingAws({
      kinesis: [400, "AccessDeniedException", "User: nobody is not authorized"],
      s3: [500, "", ""],
    });
    reachedAt({ kinesis: aws.endpoint });
    const denied = await replay().finally(() => aws.stop());
    assert.match(denied.stderr, /^No permission to send to the Kinesis stream "events"\. This/mu);
    assert.equal(denied.exitCode, 2);
    assert.equal(readFileSync(join(directory, "replay.jsonl"), "utf8"), "");
    reachedAt({});
    assert.equal((await replay()).exitCode, 0);
    assert.deepEqual(await inStream(), ["one", "two"]);
  });

  it("all four work with a clock that is an hour behind, whose signatures AWS rejects at first", async () => {
    put("raw/", 1, ".gz", packed);
    put("errors/", 2, "", Buffer.from(errorLine("replayed")));
    const { random } = Math;
    Math.random = () => 0;
    const ahead = await Promise.all([kinesis.endpoint, store.endpoint].map(aheadOfTime));
    try {
      reachedAt({ kinesis: ahead[0]?.endpoint ?? "", s3: ahead[1]?.endpoint ?? "" });
      const sent = await run("send", ["-"], "sent\n");
      assert.match(sent.stdout, /^Sent 1 record .*in 2 requests, 1 of them retries\.$/mu);
      assert.match((await replay()).stdout, /^Sent 1 record to events\.$/mu);
      const tailed = await run("tail", ["--from", "trim-horizon", "--count", "2"]);
      assert.equal(tailed.stdout, "sent\nreplayed\n", tailed.stderr);
      const verified = await run("verify", ["--date", day]);
      assert.match(verified.stdout, /^Records +2$/mu);
    } finally {
      Math.random = random;
      await Promise.all(ahead.map((endpoint) => endpoint.stop()));
    }
  });
});
