import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { type ReplayOptions, replayErrors } from "../../../records/replay/replayErrors";
import { ReplayProgress } from "../../../records/replay/replayProgress";
import type { SendTarget } from "../../../records/send/sendTarget";
import { FakeLake, objectKey } from "../support/fakeLake";

const day = "2026-11-22";
const errors = (type: string) => `errors/${type}/2026/11/22/`;

/** A line as Firehose writes it. */
function line(data: string, errorCode = "Lambda.FunctionError"): string {
  return JSON.stringify({
    rawData: Buffer.from(data).toString("base64"),
    errorCode,
    attemptsMade: 4,
  });
}

/** Takes records, and rejects those of which `reject` says why. */
function fakeTarget(
  taken: string[],
  reject: (data: string) => string | undefined = () => undefined,
): SendTarget {
  return {
    ...{ title: 'Kinesis stream "events"', service: "Kinesis", maxDataBytes: 1000 },
    ...{ maxRequestBytes: 5_000_000, keyBytes: 36 },
    put: (records) =>
      Promise.resolve(
        records.map(({ data }) => {
          const text = Buffer.from(data).toString();
          const code = reject(text);
          if (code === undefined) taken.push(text);
          return code === undefined ? undefined : { code, message: "no" };
        }),
      ),
  };
}

describe("replaying failed records", () => {
  let directory: string;
  before(() => {
    directory = mkdtempSync(join(tmpdir(), "streamlake-replay-"));
  });
  after(() => {
    rmSync(directory, { recursive: true });
  });

  let files = 0;
  const newFile = () => join(directory, `${++files}.jsonl`);

  const lambda = objectKey(errors("processing-failed"), day, 1, "");
  const format = objectKey(errors("format-conversion-failed"), "2026-11-20", 2, ".gz");
  const objects = {
    [lambda]: Buffer.from([line("a"), line("b"), line("c", "Lambda.MissingRecordId")].join("\n")),
    [format]: gzipSync(
      JSON.stringify({
        rawData: Buffer.from("d").toString("base64"),
        lastErrorCode: "DataFormatConversion.ParseError",
      }),
    ),
    [objectKey("raw/2026/11/22/", day, 3)]: gzipSync("not an error"),
    "errors/notes.txt": Buffer.from("of a person"),
  };

  const replay = (options: Partial<ReplayOptions>) =>
    replayErrors({
      client: new FakeLake(objects),
      ...{ bucket: "lake", prefix: "raw/!{timestamp:yyyy/MM/dd}/", timeZone: "UTC" },
      errorPrefix: "errors/!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd}/",
      progress: new ReplayProgress(newFile(), "lake"),
      signal: new AbortController().signal,
      sleep: () => Promise.resolve(),
      ...options,
    });

  it("counts what it would send without a target, and remembers nothing", async () => {
    const file = newFile();
    for (let round = 0; round < 2; round++) {
      const report = await replay({ progress: new ReplayProgress(file, "lake") });
      assert.deepEqual([report.objects, report.sent, report.earlier], [2, 4, 0]);
      assert.deepEqual(Object.fromEntries(report.codes), {
        "Lambda.FunctionError": 2,
        "Lambda.MissingRecordId": 1,
        "DataFormatConversion.ParseError": 1,
      });
    }
  });

  it("sends records of every error type and compression as they were, each once", async () => {
    const taken: string[] = [];
    const file = newFile();
    const first = await replay({
      target: fakeTarget(taken),
      progress: new ReplayProgress(file, "lake"),
    });
    assert.deepEqual(taken.sort(), ["a", "b", "c", "d"]);
    assert.deepEqual([first.sent, first.earlier, first.failed], [4, 0, []]);
    const second = await replay({
      target: fakeTarget(taken),
      progress: new ReplayProgress(file, "lake"),
    });
    assert.deepEqual([second.sent, second.earlier], [0, 4]);
    assert.equal(taken.length, 4);
  });

  it("sends only the records of a day or of a code", async () => {
    const taken: string[] = [];
    await replay({ target: fakeTarget(taken), day });
    assert.deepEqual(taken, ["a", "b", "c"]);
    taken.length = 0;
    await replay({ target: fakeTarget(taken), code: "Lambda.MissingRecordId" });
    assert.deepEqual(taken, ["c"]);
  });

  it("sends what the transform returns, leaves out undefined, and reports what it throws", async () => {
    const taken: string[] = [];
    const file = newFile();
    const report = await replay({
      target: fakeTarget(taken),
      progress: new ReplayProgress(file, "lake"),
      transform: (data, code) => {
        const text = Buffer.from(data).toString();
        if (text === "b") return undefined;
        if (text === "c") throw new Error("what is c?");
        return Buffer.from(`${text} of ${code}`);
      },
    });
    assert.deepEqual(taken.sort(), [
      "a of Lambda.FunctionError",
      "d of DataFormatConversion.ParseError",
    ]);
    assert.equal(report.dropped, 1);
    assert.deepEqual(report.failed, [{ key: lambda, line: 3, reason: "what is c?" }]);
    // What was left out on purpose is not offered again; what failed is.
    taken.length = 0;
    await replay({ target: fakeTarget(taken), progress: new ReplayProgress(file, "lake") });
    assert.deepEqual(taken, ["c"]);
  });

  it("reports records that cannot be read, are too large or are not accepted, and tries them again", async () => {
    const key = objectKey(errors("processing-failed"), day, 1, "");
    const large = "x".repeat(1001);
    const client = new FakeLake({
      [key]: Buffer.from(['{"no":"data"}', line(large), line("bad"), line("good")].join("\n")),
    });
    const file = newFile();
    const taken: string[] = [];
    const target = fakeTarget(taken, (data) => (data === "bad" ? "InternalFailure" : undefined));
    const report = await replay({ client, target, progress: new ReplayProgress(file, "lake") });
    assert.deepEqual(taken, ["good"]);
    assert.deepEqual(
      report.failed.map(({ line: number, reason }) => [number, reason]),
      [
        [1, "it has no record in rawData"],
        [2, "1001 bytes; Kinesis accepts at most 1000"],
        [3, "InternalFailure: no"],
      ],
    );
    const again: string[] = [];
    await replay({ client, target: fakeTarget(again), progress: new ReplayProgress(file, "lake") });
    assert.deepEqual(again, ["bad"]);
  });

  it("reports what it has replayed if the stream denies access later, and replays the rest again", async () => {
    const taken: string[] = [];
    const target = fakeTarget(taken);
    let requests = 0;
    const denying: SendTarget = {
      ...target,
      put: (records) =>
        (requests += 1) === 1
          ? target.put(records)
          : Promise.reject(
              Object.assign(new Error("token is expired"), {
                ...{ name: "ExpiredTokenException", $metadata: { httpStatusCode: 400 } },
              }),
            ),
    };
    const file = newFile();
    const report = await replay({ target: denying, progress: new ReplayProgress(file, "lake") });
    assert.equal(report.sent, taken.length);
    assert.match(report.stopped ?? "", /: the credentials have expired\. Log in again.*expired\)$/);
    await replay({ target, progress: new ReplayProgress(file, "lake") });
    assert.deepEqual([...taken].sort(), ["a", "b", "c", "d"]);
  });

  it("keeps to a rate", async () => {
    const slept: number[] = [];
    await replay({
      target: fakeTarget([]),
      rate: 2,
      sleep: (milliseconds) => {
        slept.push(milliseconds);
        return Promise.resolve();
      },
    });
    assert.deepEqual(slept.filter((time) => time <= 1000).sort(), [1000, 500, 500].sort());
  });

  it("sends each record exactly once, however often it is interrupted", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 4 }),
        fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 6 }),
        async (sizes, stops) => {
          const expected: string[] = [];
          const many: Record<string, Buffer> = {};
          sizes.forEach((size, object) => {
            const lines = Array.from({ length: size }, (_, index) => `${object}-${index}`);
            expected.push(...lines);
            many[objectKey(errors("x"), day, object, "")] = Buffer.from(
              lines.map((text) => line(text)).join("\n"),
            );
          });
          const file = newFile();
          const taken: string[] = [];
          for (const requests of [...stops, Infinity]) {
            const stop = new AbortController();
            let made = 0;
            await replay({
              client: new FakeLake(many),
              target: fakeTarget(taken),
              progress: new ReplayProgress(file, "lake"),
              rate: 2,
              signal: stop.signal,
              onProgress: () => {
                if (++made >= requests) stop.abort();
              },
            });
          }
          assert.deepEqual(taken.sort(), expected.sort());
        },
      ),
      { numRuns: 50 },
    );
  });
});
