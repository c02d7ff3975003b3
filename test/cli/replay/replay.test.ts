import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type Kinesis, startKinesis } from "../../../aws/kinesis/startKinesis";
import { startObjectStore } from "../../../aws/s3/objectStore";
import { type LocalRun, writeLocalRun } from "../../../records/target/localRun";
import { linesByShard } from "../../aws/kinesis/support/storedRecords";
import { objectKey } from "../../records/support/fakeLake";
import { streamlakeHere } from "../support/streamlakeHere";

const region = "eu-central-1";
const day = "2026-11-22";

describe("streamlake replay", () => {
  let directory: string;
  let kinesis: Kinesis;
  let store: Awaited<ReturnType<typeof startObjectStore>>;

  before(async () => {
    directory = mkdtempSync(join(tmpdir(), "streamlake-replay-"));
    kinesis = await startKinesis({ directory: join(directory, ".kinesis") });
    await kinesis.store.create({ region, name: "clicks" }, { shardCount: 1 });
    store = await startObjectStore(directory);
    const errors = ["one", "two", "three"].map((text) =>
      JSON.stringify({
        rawData: Buffer.from(text).toString("base64"),
        errorCode: text === "two" ? "Lambda.MissingRecordId" : "Lambda.FunctionError",
      }),
    );
    const key = objectKey("errors/processing-failed/", day, 1, "");
    const file = join(directory, "lake", key);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, errors.join("\n"));
    writeLocalRun(directory, runOf("errors/!{firehose:error-output-type}/"));
  });
  after(async () => {
    await Promise.all([kinesis.stop(), store.stop()]);
    rmSync(directory, { recursive: true });
  });

  function runOf(errorPrefix: string): LocalRun {
    const endpoints = { kinesis: kinesis.endpoint, firehose: "", s3: store.endpoint };
    return {
      ...{ version: 1, stack: "dev", process: process.pid, running: true, endpoints },
      deliveryStreams: [
        {
          ...{
            name: "clicks",
            region,
            stream: "clicks",
            bucket: "lake",
            prefix: "raw/",
            errorPrefix,
          },
          ...{ timeZone: "UTC", delimiter: "newline", recordCompression: "none" },
        },
      ],
    };
  }

  const replay = (...args: string[]) =>
    streamlakeHere([
      ...["replay", "--local", directory, "--checkpoint", join(directory, "replay.jsonl")],
      ...args,
    ]);

  async function inStream(): Promise<readonly string[]> {
    const stream = kinesis.store.stream({ region, name: "clicks" });
    assert.ok(stream);
    return Object.values(await linesByShard(stream)).flat();
  }

  it("prints what it would send, and sends nothing without --execute", async () => {
    const { stdout, exitCode } = await replay();
    assert.equal(
      stdout,
      "3 failed records in 1 error object:\n" +
        "  Lambda.FunctionError    2\n" +
        "  Lambda.MissingRecordId  1\n" +
        "\n" +
        "Would send 3 records.\n" +
        "\n" +
        "Nothing was sent: add --execute to send it.\n",
    );
    assert.equal(exitCode, 0);
    assert.deepEqual(await inStream(), []);
  });

  it("writes no file without --execute", async () => {
    const before = process.cwd();
    const elsewhere = mkdtempSync(join(tmpdir(), "streamlake-dry-run-"));
    process.chdir(elsewhere);
    try {
      const { stdout } = await streamlakeHere(["replay", "--local", directory]);
      assert.match(stdout, /^Would send 3 records\.$/m);
      assert.deepEqual(readdirSync(elsewhere), []);
    } finally {
      process.chdir(before);
      rmSync(elsewhere, { recursive: true });
    }
  });

  it("sends the records of a code, then the rest through a transform, each once", async () => {
    const first = await replay("--execute", "--code", "Lambda.MissingRecordId");
    assert.match(first.stdout, /^Sent 1 record to clicks\.$/m, first.stderr);
    assert.deepEqual(await inStream(), ["two"]);

    const transform = join(directory, "transform.mjs");
    writeFileSync(
      transform,
      `export default (data, code) => {
        const text = data.toString();
        return text === "three" ? undefined : { text, code };
      };`,
    );
    const second = await replay("--execute", "--transform", transform);
    assert.match(
      second.stdout,
      /^Sent 1 record to clicks \(1 record replayed earlier; 1 record left out by the transform\)\.$/m,
    );
    assert.equal((await inStream()).at(-1), '{"text":"one","code":"Lambda.FunctionError"}');

    const third = await replay("--execute", "--json");
    const { earlier, sent } = JSON.parse(third.stdout) as Record<string, unknown>;
    assert.deepEqual([earlier, sent, third.exitCode], [3, 0, 0]);
  });

  it("exits with 1 and names each record that a transform in CommonJS rejects", async () => {
    const transform = join(directory, "transform.cjs");
    writeFileSync(transform, 'module.exports = () => { throw new Error("not today"); };');
    const options = ["--transform", transform, "--checkpoint", join(directory, "other.jsonl")];
    const { stdout, exitCode } = await replay(...options);
    assert.match(stdout, /^Not replayed: 3:\n {2}errors\/.* line 1: not today$/m);
    assert.match(stdout, /^Would send 0 records\.$/m);
    assert.equal(exitCode, 1);
  });

  for (const [what, source, message] of [
    ["without a function", "export default 1;", /has no default export that is a function, e\.g\./],
    ["with an error", "nonsense(;", /cannot be loaded: /],
  ] as const)
    it(`rejects a transform ${what}`, async () => {
      const transform = join(directory, `${what.replaceAll(" ", "-")}.mjs`);
      writeFileSync(transform, source);
      const { stderr, exitCode } = await replay("--transform", transform);
      assert.match(stderr, message);
      assert.equal(exitCode, 2);
    });

  it("rejects a pipeline without an error prefix, and a command without a pipeline", async () => {
    writeLocalRun(directory, runOf(""));
    assert.match((await replay()).stderr, /has no error prefix/);
    const none = await streamlakeHere(["replay"]);
    assert.match(none.stderr, /^Specify one of --stack NAME, --stack-export FILE and --local\.$/m);
  });
});
