import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { formats } from "../../../aws/firehose/packing/objectBody";
import { RecordTally } from "../../../records/verify/recordTally";
import {
  verifyLake,
  type LakeReport,
  type VerifyOptions,
} from "../../../records/verify/verifyLake";
import { convert, conversionTo } from "../../aws/firehose/support/conversion";
import { serviceError } from "../support/fakeKinesis";
import { FakeLake, objectKey } from "../support/fakeLake";

const DAY = "2026-11-22";
const PREFIX = "raw/user-events/2026/11/22/";
const ERRORS = "errors/user-events/processing-failed/2026/11/22/";

async function verify(lake: FakeLake, options: Partial<VerifyOptions> = {}): Promise<LakeReport> {
  return verifyLake({
    client: lake,
    bucket: "lake",
    prefix: "raw/user-events/!{timestamp:yyyy/MM/dd}/",
    errorPrefix: "errors/user-events/!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd}/",
    days: [DAY],
    timeZone: "UTC",
    delimiter: "newline",
    ...options,
  });
}

function zipped(...lines: readonly string[]): Buffer {
  return gzipSync(lines.join("\n"));
}

describe("verifyLake", () => {
  it("opens every object of the day on all pages, and counts records and bytes", async () => {
    const objects = Object.fromEntries(
      [...Array(20).keys()].map((index) => [
        objectKey(PREFIX, DAY, index),
        zipped(`{"a":${index}}`, `{"b":${index}}`),
      ]),
    );
    const lake = new FakeLake(objects);
    const seen: string[] = [];
    const report = await verify(lake, { onObject: ({ key }) => seen.push(key) });
    const stored = Object.values(objects).reduce((sum, { length }) => sum + length, 0);
    assert.deepEqual(report, {
      prefixes: [PREFIX],
      objects: 20,
      records: 40,
      storedBytes: stored,
      bytes: 10 * 15 + 10 * 17,
      corrupt: [],
      errors: { objects: 0, records: 0, byCode: {}, causes: [] },
    });
    assert.deepEqual(seen.sort(), Object.keys(objects).sort());
    assert.equal(lake.mostOpen, 8);
  });

  it("counts the rows of Parquet objects, and rejects to compare them with what was sent", async () => {
    const { body } = await convert(conversionTo({ c: "int" }), '{"c":1}', '{"c":2}', "{}");
    const key = `${objectKey(PREFIX, DAY, 1)}.parquet`;
    const lake = new FakeLake({ [key]: Buffer.from(body) });
    const { objects, records, corrupt } = await verify(lake);
    assert.deepEqual({ objects, records, corrupt }, { objects: 1, records: 3, corrupt: [] });
    const tally = new RecordTally();
    await assert.rejects(verify(lake, { tally }), {
      message:
        `The object ${key} is a Parquet file. Its rows cannot be compared with the records that ` +
        "were sent, because the conversion changes them: count them without --input.",
    });
  });

  it("lists only the day's prefix and the fixed part of the error prefix", async () => {
    const lake = new FakeLake({ [objectKey("other/", DAY, 1)]: zipped("x") });
    const report = await verify(lake);
    assert.deepEqual(lake.listed, [PREFIX, "errors/user-events/"]);
    assert.equal(report.objects, 0);
  });

  it("reads only objects with the day in their name", async () => {
    const lake = new FakeLake({
      [objectKey("raw/a", DAY, 1)]: zipped("yes"),
      [objectKey("raw/b", "2026-11-23", 2)]: zipped("tomorrow"),
      "raw/notes.txt": Buffer.from("not a record"),
    });
    const prefix = "raw/!{firehose:random-string}!{timestamp:yyyy}";
    const report = await verify(lake, { prefix });
    assert.deepEqual(report.prefixes, ["raw/"]);
    assert.equal(report.records, 1);
    assert.equal(lake.opened.length, 1);
  });

  it("reads several days, but each object only once", async () => {
    const lake = new FakeLake({
      [objectKey("raw/a", DAY, 1)]: zipped("one"),
      [objectKey("raw/b", "2026-11-23", 2)]: zipped("two", "three"),
    });
    const days = [DAY, "2026-11-23"];
    const report = await verify(lake, { prefix: "raw/!{firehose:random-string}", days });
    assert.deepEqual([report.objects, report.records], [2, 3]);
  });

  it("uses days in the delivery stream's time zone", async () => {
    const prefix = "raw/user-events/2026/11/23/";
    const lake = new FakeLake({ [objectKey(prefix, "2026-11-23", 1)]: zipped("x") });
    const report = await verify(lake, { days: ["2026-11-23"], timeZone: "Asia/Tokyo" });
    assert.equal(report.records, 1);
  });

  it("splits JSON records without a delimiter", async () => {
    const lake = new FakeLake({ [objectKey(PREFIX, DAY, 1)]: gzipSync('{"a":1}{"b":"}"}{"c":3}') });
    assert.equal((await verify(lake, { delimiter: "none" })).records, 3);
  });

  it("reports a damaged object, and still counts the others", async () => {
    const damaged = objectKey(PREFIX, DAY, 1);
    const lake = new FakeLake({
      [damaged]: zipped("lost", "lost").subarray(0, -4),
      [objectKey(PREFIX, DAY, 2)]: zipped("fine"),
    });
    const report = await verify(lake);
    assert.deepEqual(report.corrupt, [{ key: damaged, reason: "unexpected end of file" }]);
    assert.equal(report.objects, 2);
    assert.equal(report.bytes, 4);
  });

  it("reads every compression format, and HADOOP_SNAPPY with any extension", async () => {
    const lines = Buffer.from("one\ntwo");
    const { GZIP, ZIP, Snappy, HADOOP_SNAPPY } = formats;
    const lake = new FakeLake({
      [objectKey(PREFIX, DAY, 1, "")]: lines,
      [objectKey(PREFIX, DAY, 2, GZIP.extension)]: await GZIP.compress(lines),
      [objectKey(PREFIX, DAY, 3, ZIP.extension)]: await ZIP.compress(lines),
      [objectKey(PREFIX, DAY, 4, Snappy.extension)]: await Snappy.compress(lines),
      [objectKey(PREFIX, DAY, 5, HADOOP_SNAPPY.extension)]: await HADOOP_SNAPPY.compress(lines),
    });
    const report = await verify(lake);
    assert.deepEqual([report.objects, report.records, report.bytes], [5, 10, 5 * lines.length]);
    assert.deepEqual(report.corrupt, []);

    const stored = await HADOOP_SNAPPY.compress(lines);
    const renamed = { [objectKey(PREFIX, DAY, 1, ".log")]: stored };
    const { records } = await verify(new FakeLake(renamed, {}, HADOOP_SNAPPY.contentEncoding));
    assert.equal(records, 2);
  });

  it("compares delivered records with sent records", async () => {
    const tally = new RecordTally();
    for (const text of ["a", "b", "c"]) tally.addSent(Buffer.from(text));
    const lake = new FakeLake({
      [objectKey(PREFIX, DAY, 1)]: zipped("a", "b"),
      [objectKey(PREFIX, DAY, 2)]: zipped("b", "unexpected"),
    });
    await verify(lake, { tally });
    assert.deepEqual(tally.result(), {
      sent: 3,
      delivered: 2,
      missing: 1,
      duplicated: 1,
      unexpected: 1,
    });
  });

  it("counts the error records of the day by their code", async () => {
    const lake = new FakeLake({
      [objectKey(ERRORS, DAY, 1, "")]: Buffer.from('{"errorCode":"A"}\n{"errorCode":"B"}\n'),
      [objectKey(ERRORS, DAY, 2, "")]: zipped('{"errorCode":"A"}', "damaged"),
      [objectKey(ERRORS, "2025-01-01", 3, "")]: zipped('{"errorCode":"A"}'),
    });
    const { errors, objects } = await verify(lake);
    assert.equal(objects, 0);
    const { causes, ...counts } = errors;
    assert.deepEqual(counts, { objects: 2, records: 4, byCode: { A: 2, B: 1, unknown: 1 } });
    assert.deepEqual(
      causes.map(({ type, code, records, objects: of }) => [type, code, records, of]),
      [
        ["processing-failed", "A", 2, 2],
        ["processing-failed", "B", 1, 1],
        ["processing-failed", "unknown", 1, 1],
      ],
    );
  });

  it("does not count error records without an error prefix", async () => {
    const lake = new FakeLake({ [objectKey(ERRORS, DAY, 1, "")]: zipped('{"errorCode":"A"}') });
    const { client, ...options } = {
      client: lake,
      bucket: "lake",
      prefix: "raw/",
      days: [DAY],
      timeZone: "UTC",
    };
    const report = await verifyLake({ client, ...options, delimiter: "newline" });
    assert.equal(report.errors.objects, 0);
    assert.deepEqual(lake.listed, ["raw/2026/11/22/"]);
  });

  it("distinguishes data and errors if one prefix begins with the other", async () => {
    const data = objectKey("2026/11/22/", DAY, 1);
    const error = objectKey("processing-failed/2026/11/22/", DAY, 2, "");
    const lake = new FakeLake({ [data]: zipped("x"), [error]: zipped('{"errorCode":"A"}') });
    const outer = await verify(lake, { prefix: "", errorPrefix: "!{firehose:error-output-type}/" });
    assert.deepEqual([outer.objects, outer.errors.objects], [1, 1]);

    const inner = new FakeLake({
      [objectKey("10/", DAY, 1)]: zipped("x"),
      [objectKey("errors/processing-failed/", DAY, 2, "")]: zipped('{"errorCode":"A"}'),
    });
    const report = await verify(inner, {
      prefix: "!{timestamp:HH}/",
      errorPrefix: "errors/!{firehose:error-output-type}/",
    });
    assert.deepEqual([report.objects, report.errors.objects], [1, 1]);
  });

  it("reports that a bucket does not exist", async () => {
    await assert.rejects(verify(new FakeLake({}), { bucket: "lakes" }), {
      message:
        /^There is no bucket "lakes"\. Check its name, the region, the account .* and the endpoint\. \(/,
    });
  });

  it("reports which permission is missing for which object", async () => {
    const key = objectKey(PREFIX, DAY, 1);
    const denied = serviceError("AccessDenied", 403, "kms:Decrypt");
    await assert.rejects(verify(new FakeLake({ [key]: zipped("x") }, { [key]: denied })), {
      message:
        `No permission to read s3://lake/${key}. This requires s3:GetObject, and kms:Decrypt for the ` +
        "bucket's key. (kms:Decrypt)",
    });
  });

  it("rejects a day that does not exist before the first request", async () => {
    const lake = new FakeLake({});
    await assert.rejects(
      verify(lake, { days: ["2026-13-01"] }),
      /"2026-13-01" is not a valid date/,
    );
    assert.deepEqual(lake.listed, []);
  });
});
