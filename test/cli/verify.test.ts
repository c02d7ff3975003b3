import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { verifyCommand } from "../../cli/verify";
import { objectKey } from "../records/support/fakeLake";
import { s3StandIn, type StandIn } from "./support/awsStandIns";
import { pulumiStandIn } from "./support/pulumiStandIn";
import { runCommand } from "./support/runCommand";

const DAY = "2026-11-22";
const FOLDER = "raw/user-events/2026/11/22/";
const PREFIX = "raw/user-events/!{timestamp:yyyy/MM/dd}/";
const ERROR_PREFIX = "errors/user-events/!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd}/";

describe("streamlake verify", () => {
  let folder: string;
  const objects = new Map<string, Uint8Array>();
  let s3: StandIn;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "streamlake-verify-"));
    s3 = await s3StandIn(objects);
  });
  beforeEach(() => {
    objects.clear();
    objects.set(objectKey(FOLDER, DAY, 1), gzipSync("a\nb"));
  });
  after(async () => {
    await s3.close();
    rmSync(folder, { recursive: true });
  });

  async function verify(...args: string[]): Promise<{ stdout: string; exitCode: number }> {
    return runCommand(verifyCommand(), [...args, "--endpoint", s3.endpoint]);
  }

  const named = ["--bucket", "lake", "--prefix", PREFIX, "--error-prefix", ERROR_PREFIX];

  it("tells one fact a line, within 80 columns", async () => {
    const { stdout, exitCode } = await verify(...named, "--date", DAY);
    const stored = gzipSync("a\nb").length;
    assert.equal(
      stdout,
      `Bucket           lake
Day              2026-11-22 (UTC)
Under            raw/user-events/2026/11/22/
Objects          1
Records          2
Stored           ${stored} bytes
Unpacked         3 bytes
Corrupt objects  0
Error records    0 in 0 objects under errors/user-events/`,
    );
    assert.equal(exitCode, 0);
    for (const line of stdout.split("\n")) assert.ok(line.length <= 80);
  });

  it("exits 1 if nothing arrived that day", async () => {
    const { stdout, exitCode } = await verify(...named, "--date", "2026-11-21");
    assert.match(stdout, /^Objects +0$/m);
    assert.equal(exitCode, 1);
  });

  it("looks at today in the delivery stream's time zone by default", async () => {
    const today = new Intl.DateTimeFormat("en-CA", { timeZone: "Pacific/Kiritimati" });
    const before = today.format(new Date());
    const { stdout } = await verify(...named, "--time-zone", "Pacific/Kiritimati");
    // It may have turned midnight there.
    assert.match(stdout, new RegExp(`^Day +(${before}|${today.format(new Date())}) `, "m"));
  });

  it("names corrupt objects and exits 1", async () => {
    const key = objectKey(FOLDER, DAY, 2);
    objects.set(key, gzipSync("a\nb").subarray(0, -3));
    const { stdout, exitCode } = await verify(...named, "--date", DAY);
    assert.match(stdout, /^Corrupt objects +1$/m);
    assert.ok(stdout.includes(`Corrupt objects:\n  ${key}: unexpected end of file`));
    assert.equal(exitCode, 1);
  });

  it("counts error records by code and exits 1", async () => {
    const errors = "errors/user-events/processing-failed/2026/11/22/";
    objects.set(objectKey(errors, DAY, 3, ""), gzipSync('{"errorCode":"Lambda.FunctionError"}'));
    const { stdout, exitCode } = await verify(...named, "--date", DAY);
    assert.match(stdout, /^Error records +1 in 1 objects/m);
    assert.ok(stdout.endsWith("Error records by code:\n  1  Lambda.FunctionError"));
    assert.equal(exitCode, 1);
  });

  it("says that it did not look for errors without an error prefix", async () => {
    const { stdout } = await verify(...named.slice(0, 4), "--date", DAY);
    assert.match(stdout, /^Error records +not looked for: no error prefix given$/m);
  });

  it("compares with the file that was sent and exits 1 if a record is missing", async () => {
    const file = join(folder, "sent.jsonl");
    writeFileSync(file, "a\nb\n\nc\n");
    const { stdout, exitCode } = await verify(...named, "--date", DAY, "--input", file);
    assert.match(stdout, /^Sent +3\nDelivered +2\nMissing +1\nDuplicated +0\nUnexpected +0$/m);
    assert.equal(exitCode, 1);
  });

  it("takes duplicates for fine, since Kinesis and Firehose deliver at least once", async () => {
    const file = join(folder, "sent.jsonl");
    writeFileSync(file, "a\nb\n");
    objects.set(objectKey(FOLDER, DAY, 2), gzipSync("b\n"));
    const { stdout, exitCode } = await verify(...named, "--date", DAY, "--input", file);
    assert.match(stdout, /^Duplicated +1$/m);
    assert.equal(exitCode, 0);
  });

  it("names the bucket in the path, since only AWS has a host name for each bucket", async () => {
    const endpoint = s3.endpoint.replace("127.0.0.1", "localhost");
    const args = [...named, "--date", DAY, "--endpoint", endpoint];
    assert.match((await runCommand(verifyCommand(), args)).stdout, /^Objects +1$/m);
  });

  it("prints one JSON document with --json", async () => {
    const { stdout } = await verify(...named, "--date", DAY, "--json");
    assert.deepEqual(JSON.parse(stdout), {
      bucket: "lake",
      day: DAY,
      timeZone: "UTC",
      errorPrefix: ERROR_PREFIX,
      prefixes: [FOLDER],
      objects: 1,
      records: 2,
      storedBytes: gzipSync("a\nb").length,
      bytes: 3,
      corrupt: [],
      errors: { objects: 0, records: 0, byCode: {} },
    });
  });

  it("asks the stack for everything", async () => {
    objects.set(objectKey(FOLDER, DAY, 1), gzipSync('{"a":1}{"b":2}{"c":3}'));
    const pulumi = pulumiStandIn({
      bucketName: "lake",
      region: "eu-central-1",
      prefix: PREFIX,
      errorPrefix: ERROR_PREFIX,
      timeZone: "Europe/Berlin",
      delimiter: "none",
    });
    try {
      const { stdout, exitCode } = await verify("--stack", "dev", "--date", DAY);
      assert.match(stdout, /^Day +2026-11-22 \(Europe\/Berlin\)$/m);
      assert.match(stdout, /^Records +3$/m);
      assert.equal(exitCode, 0);
    } finally {
      pulumi.remove();
    }
  });

  for (const [what, args, message] of [
    ["neither stack nor names", [], /either --stack NAME, or --bucket NAME and --prefix PREFIX\.$/],
    ["a bucket without prefix", ["--bucket", "lake"], /either --stack NAME, or --bucket NAME/],
    ["a stack and a bucket", ["--stack", "dev", "--bucket", "lake"], /--stack already says where/],
    ["a bucket that does not exist", ["--bucket", "b", "--prefix", "p/"], /no bucket "b"/],
    ["a day that does not exist", [...named, "--date", "2026-02-30"], /"2026-02-30" is not a day/],
    ["a missing input", [...named, "--input", "/nowhere/a.jsonl"], /there is no such file/],
  ] as const) {
    it(`fails for ${what}`, async () => {
      await assert.rejects(verify(...args), { message });
    });
  }

  it("exits 2 for an option that does not exist, as 1 is its verdict", async () => {
    await assert.rejects(verify("--delimiter", "comma"), { exitCode: 2 });
  });
});
