import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { verifyCommand } from "../../cli/verify";
import { objectKey } from "../records/support/fakeLake";
import { assertSnapshot } from "../support/snapshot";
import { s3StandIn, type StandIn } from "./support/awsStandIns";
import { pulumiStandIn } from "./support/pulumiStandIn";
import { runCommand } from "./support/runCommand";

const DAY = "2026-11-22";
const DAY_PREFIX = "raw/user-events/2026/11/22/";
const PREFIX = "raw/user-events/!{timestamp:yyyy/MM/dd}/";
const ERROR_PREFIX = "errors/user-events/!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd}/";

describe("streamlake verify", () => {
  let directory: string;
  const objects = new Map<string, Uint8Array>();
  let s3: StandIn;

  before(async () => {
    directory = mkdtempSync(join(tmpdir(), "streamlake-verify-"));
    s3 = await s3StandIn(objects);
  });
  beforeEach(() => {
    objects.clear();
    objects.set(objectKey(DAY_PREFIX, DAY, 1), gzipSync("a\nb"));
  });
  after(async () => {
    await s3.close();
    rmSync(directory, { recursive: true });
  });

  async function verify(...args: string[]): Promise<{ stdout: string; exitCode: number }> {
    return runCommand(verifyCommand(), [...args, "--endpoint", s3.endpoint]);
  }

  const named = ["--bucket", "lake", "--prefix", PREFIX, "--error-prefix", ERROR_PREFIX];

  it("reports one fact per line, within 80 columns", async () => {
    const { stdout, exitCode } = await verify(...named, "--date", DAY);
    const stored = gzipSync("a\nb").length;
    // The compressed size depends on the version of zlib.
    assertSnapshot("verify/oneDay.txt", stdout.replace(`${stored} bytes`, "<stored> bytes"));
    assert.equal(exitCode, 0);
    for (const line of stdout.split("\n")) assert.ok(line.length <= 80);
  });

  it("exits with 1 if nothing arrived that day", async () => {
    const { stdout, exitCode } = await verify(...named, "--date", "2026-11-21");
    assert.match(stdout, /^Objects +0$/m);
    assert.equal(exitCode, 1);
  });

  it("reads today in the time zone of the delivery stream by default", async () => {
    const today = new Intl.DateTimeFormat("en-CA", { timeZone: "Pacific/Kiritimati" });
    const before = today.format(new Date());
    const { stdout } = await verify(...named, "--time-zone", "Pacific/Kiritimati");
    // Midnight may have passed in that time zone.
    assert.match(stdout, new RegExp(`^Day +(${before}|${today.format(new Date())}) `, "m"));
  });

  it("lists corrupt objects and exits with 1", async () => {
    const key = objectKey(DAY_PREFIX, DAY, 2);
    objects.set(key, gzipSync("a\nb").subarray(0, -3));
    const { stdout, exitCode } = await verify(...named, "--date", DAY);
    assert.match(stdout, /^Corrupt objects +1$/m);
    assert.ok(stdout.includes(`Corrupt objects:\n  ${key}: unexpected end of file`));
    assert.equal(exitCode, 1);
  });

  it("says that records are themselves compressed, and lists bytes after the last GZIP member", async () => {
    const packed = Buffer.concat([gzipSync("a\n"), gzipSync("b\n")]);
    objects.set(objectKey(DAY_PREFIX, DAY, 2), gzipSync(packed));
    const key = objectKey(DAY_PREFIX, DAY, 3);
    objects.set(key, Buffer.concat([gzipSync("c"), Buffer.from("\0appended")]));
    const { stdout, exitCode } = await verify(...named, "--date", DAY);
    assert.match(stdout, /\n\nRecords in 1 object are themselves compressed with GZIP, so lines\n/);
    assert.ok(stdout.includes(`${key}: unexpected bytes after the last GZIP member: 9`), stdout);
    for (const line of stdout.split("\n")) assert.ok(line.length <= 80 || line.includes(key), line);
    assert.equal(exitCode, 1);
    const { stdout: json } = await verify(...named, "--date", DAY, "--json");
    assert.deepEqual((JSON.parse(json) as { packed: object }).packed, { GZIP: 1 });
  });

  it("says how readers find GZIP records that have newlines between them", async () => {
    const body = Buffer.concat([gzipSync("a\n"), Buffer.from("\n"), gzipSync("b\n")]);
    for (const name of [2, 3]) objects.set(objectKey(DAY_PREFIX, DAY, name), body);
    const { stdout, exitCode } = await verify(...named, "--date", DAY);
    assert.match(stdout, /^Corrupt objects +2$/m);
    assert.match(stdout, /: a newline separates its GZIP members, so that readers stop/);
    const hint =
      "\n\nRecords in 2 corrupt objects are themselves compressed with GZIP,\n" +
      "and have newlines between them, at which readers stop after the first record.\n";
    assert.ok(stdout.includes(hint), stdout);
    assert.match(stdout, /setting\ndelivery\.recordCompression: GZIP/);
    for (const line of stdout.split("\n")) assert.ok(line.length <= 80 || line.includes(DAY), line);
    assert.equal(exitCode, 1);
    const { stdout: json } = await verify(...named, "--date", DAY, "--json");
    assert.equal((JSON.parse(json) as { separated: number }).separated, 2);
  });

  it("groups error records by cause and exits with 1", async () => {
    const errors = "errors/user-events/processing-failed/2026/11/22/";
    const failed = {
      errorCode: "Lambda.FunctionError",
      errorMessage: "The Lambda function was successfully invoked but it returned an error result.",
      attemptEndingTimestamp: Date.parse("2026-11-22T10:00:00Z"),
      lambdaARN: "arn:aws:lambda:eu-central-1:123456789012:function:clean:$LATEST",
    };
    const later = { ...failed, attemptEndingTimestamp: Date.parse("2026-11-22T10:30:00Z") };
    const body = [failed, later, { errorCode: "Other" }].map((one) => JSON.stringify(one));
    objects.set(objectKey(errors, DAY, 3, ""), gzipSync(body.join("\n")));
    const { stdout, exitCode } = await verify(...named, "--date", DAY);
    assert.match(stdout, /^Error records +3 in 1 object under/m);
    assertSnapshot("verify/errorCauses.txt", stdout.slice(stdout.indexOf("Error records by")));
    assert.equal(exitCode, 1);
  });

  it("groups everything below the error prefix with --errors, or what failed on a day", async () => {
    const ofDay = (day: string) =>
      `errors/user-events/processing-failed/${day.replaceAll("-", "/")}/`;
    for (const [index, day] of [DAY, "2026-01-31"].entries())
      objects.set(
        objectKey(ofDay(day), day, index, ""),
        Buffer.from(`{"errorCode":"A","rawData":""}\n`.repeat(index + 1)),
      );
    const all = await verify(...named, "--errors");
    assert.match(all.stdout, /^Days +all\nError objects +2\nError records +3\nCauses +1$/m);
    assert.match(all.stdout, /\n {2}3 {2}A \(processing-failed\)\n/);
    assert.equal(all.exitCode, 1);
    const { stdout } = await verify(...named, "--errors", "--date", "2026-01-31", "--json");
    const { day, records, causes } = JSON.parse(stdout) as Record<string, unknown>;
    assert.deepEqual([day, records, (causes as unknown[]).length], ["2026-01-31", 2, 1]);
    const none = await verify(...named, "--errors", "--date", "2026-01-30");
    assert.match(none.stdout, /^Error records +0$/m);
    assert.equal(none.exitCode, 0);
  });

  it("shows control characters in an error code as visible escapes", async () => {
    const errors = "errors/user-events/processing-failed/2026/11/22/";
    const code = "::error::\u001b[2J";
    objects.set(objectKey(errors, DAY, 3, ""), Buffer.from(JSON.stringify({ errorCode: code })));
    const { stdout } = await verify(...named, "--date", DAY);
    assert.match(stdout, /\n {2}1 {2}\\x3a:error::\\x1b\[2J \(processing-failed\)\n/, stdout);
  });

  it("reports that error records are not counted without an error prefix", async () => {
    const { stdout } = await verify(...named.slice(0, 4), "--date", DAY);
    assert.match(stdout, /^Error records +not counted: no error prefix specified$/m);
  });

  it("compares with the file that was sent and exits with 1 if a record is missing", async () => {
    const file = join(directory, "sent.jsonl");
    writeFileSync(file, "a\nb\n\nc\n");
    const { stdout, exitCode } = await verify(...named, "--date", DAY, "--input", file);
    assert.match(stdout, /^Sent +3\nDelivered +2\nMissing +1\nDuplicated +0\nUnexpected +0$/m);
    assert.equal(exitCode, 1);
  });

  it("names the lines of the file that cannot have been sent", async () => {
    const file = join(directory, "sent.jsonl");
    writeFileSync(file, Buffer.concat([Buffer.from("a\nb\n"), Buffer.from([0xff, 0x0a])]));
    const args = [...named, "--date", DAY, "--input", file];
    const { stdout, exitCode } = await verify(...args);
    assert.match(stdout, /Skipped 1 line of the input that cannot be sent:\n {2}line 3: not UTF-8/);
    assert.equal(exitCode, 0);
    const { skipped } = JSON.parse((await verify(...args, "--json")).stdout) as {
      skipped: unknown;
    };
    assert.deepEqual(skipped, [{ line: 3, reason: "not UTF-8" }]);
  });

  it("compares text without a delimiter by its bytes, and reports no loss that did not happen", async () => {
    const file = join(directory, "sent.txt");
    writeFileSync(file, "one event\nanother event\n");
    const args = [...named, "--date", DAY, "--delimiter", "none", "--input", file];
    objects.set(objectKey(DAY_PREFIX, DAY, 1), gzipSync("another eventone event"));
    const complete = await verify(...args);
    assertSnapshot("verify/byBytes.txt", complete.stdout.replace(/^Stored.*$/m, "Stored <size>"));
    assert.equal(complete.exitCode, 0);
    objects.set(objectKey(DAY_PREFIX, DAY, 1), gzipSync("another event"));
    const incomplete = await verify(...args);
    assert.match(incomplete.stdout, /^Delivered +1 or fewer\nMissing +1 or more$/m);
    assert.equal(incomplete.exitCode, 1);
  });

  it("counts an empty object that is named like a compressed one as corrupt", async () => {
    objects.set(objectKey(DAY_PREFIX, DAY, 2), Buffer.alloc(0));
    const { stdout, exitCode } = await verify(...named, "--date", DAY);
    assert.match(stdout, /^Corrupt objects +1$/m);
    assert.equal(exitCode, 1);
  });

  it("accepts duplicates, since Kinesis and Firehose deliver at least once", async () => {
    const file = join(directory, "sent.jsonl");
    writeFileSync(file, "a\nb\n");
    objects.set(objectKey(DAY_PREFIX, DAY, 2), gzipSync("b\n"));
    const { stdout, exitCode } = await verify(...named, "--date", DAY, "--input", file);
    assert.match(stdout, /^Duplicated +1$/m);
    assert.equal(exitCode, 0);
  });

  it("puts the bucket into the path, since only AWS has a host name for each bucket", async () => {
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
      prefixes: [DAY_PREFIX],
      objects: 1,
      records: 2,
      storedBytes: gzipSync("a\nb").length,
      bytes: 3,
      corrupt: [],
      errors: { objects: 0, records: 0, byCode: {}, causes: [] },
    });
  });

  it("reads all names from the outputs of the stack, and names the diagnosis if nothing has arrived", async () => {
    objects.set(objectKey(DAY_PREFIX, DAY, 1), gzipSync('{"a":1}{"b":2}{"c":3}'));
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
      // Only of today, since a diagnosis is of the present.
      const today = await verify("--stack", "dev", "--region", "eu-central-1");
      const command = `npx streamlake diagnose --stack dev --region eu-central-1 --endpoint ${s3.endpoint}`;
      assert.ok(
        today.stdout
          .trimEnd()
          .endsWith(`\n\nTo find out why records have not arrived:\n  ${command}`),
        today.stdout,
      );
      const earlier = await verify("--stack", "dev", "--date", "2026-11-21");
      assert.doesNotMatch(earlier.stdout, /diagnose/);
    } finally {
      pulumi.remove();
    }
  });

  for (const [what, args, message] of [
    [
      "a command without --stack and --bucket",
      [],
      /^Specify one of --stack NAME, --stack-export FILE and --local, or --bucket NAME and --prefix PREFIX\.$/,
    ],
    ["--bucket without --prefix", ["--bucket", "lake"], /and --local, or --bucket NAME/],
    [
      "--stack together with --bucket",
      ["--stack", "dev", "--bucket", "lake"],
      /--local cannot be combined with --bucket/,
    ],
    ["a bucket that does not exist", ["--bucket", "b", "--prefix", "p/"], /no bucket "b"/],
    [
      "a day that does not exist",
      [...named, "--date", "2026-02-30"],
      /"2026-02-30" is not a valid date/,
    ],
    ["--errors without an error prefix", [...named.slice(0, 4), "--errors"], /with --error-prefix/],
    [
      "--errors with --input",
      [...named, "--errors", "--input", "a"],
      /cannot be combined with --input/,
    ],
    ["a missing input", [...named, "--input", "/nowhere/a.jsonl"], /there is no such file/],
  ] as const) {
    it(`rejects ${what}`, async () => {
      await assert.rejects(verify(...args), { message });
    });
  }

  it("exits with 2 for an invalid option, since 1 means that the verification failed", async () => {
    await assert.rejects(verify("--delimiter", "comma"), { exitCode: 2 });
  });
});
