import assert from "node:assert/strict";
import { convertRecords } from "../../../../aws/firehose/conversion/convertRecords";
import { errorObjectBody } from "../../../../aws/firehose/delivery/outgoingObjects";
import { errorRecord } from "../../../../records/errors/errorRecord";
import { deliverable, record } from "../../../local/support/records";
import { temporaryFolder } from "../../../local/support/temporaryFolder";
import { at, convert, conversionTo, openX, parquet } from "../support/conversion";
import { ParquetReader } from "../support/parquetReader";
import { hiveVectors, isFailure, openXVectors, records, type Vector } from "./vectors";

describe("convertRecords", () => {
  const directory = temporaryFolder();
  let reader: ParquetReader;

  before(async () => {
    reader = await ParquetReader.open(directory);
  });

  after(() => {
    reader.close();
  });

  function itConverts({ type, record: data, becomes, source, from }: Vector): void {
    const columns = typeof type === "string" ? { c: type } : type;
    const shown = data.length > 60 ? `${data.slice(0, 60)}...` : data;
    const result = isFailure(becomes) ? `rejects it: ${becomes.message}` : JSON.stringify(becomes);
    it(`${JSON.stringify(type)} of ${JSON.stringify(shown)}: ${result} (${source})`, async () => {
      const converted = await convert(conversionTo(columns, from && { from }), data);
      const [failed] = converted.failures;
      const rows = await reader.rows(converted.body);
      if (isFailure(becomes)) {
        const isParseError = becomes.message.startsWith("Encountered malformed JSON.");
        const code = `DataFormatConversion.${isParseError ? "ParseError" : "MalformedData"}`;
        assert.equal(failed?.failure.errorMessage, becomes.message);
        assert.equal(failed.failure.errorCode, code);
        assert.deepEqual(rows, []);
      } else {
        assert.equal(failed?.failure.errorMessage, undefined);
        assert.deepEqual(rows, [typeof type === "string" ? { c: becomes } : becomes]);
      }
    });
  }

  describe("records", () => {
    records.forEach(itConverts);
  });

  describe("the OpenX deserializer", () => {
    openXVectors.forEach(itConverts);
  });

  describe("the Hive deserializer", () => {
    hiveVectors.forEach(itConverts);
  });

  it("fails only the records that do not match, and keeps the others in their order", async () => {
    const data = ['{"c":1}', '{"c":"x"}', '{"c":2}', "{", '{"c":3}'];
    const converted = await convert(conversionTo({ c: "int" }), ...data);
    assert.deepEqual(await reader.rows(converted.body), [{ c: 1 }, { c: 2 }, { c: 3 }]);
    const kept = converted.records.map(({ record: { sequenceNumber } }) => sequenceNumber);
    assert.deepEqual(kept, ["0", "2", "4"]);
    const failed = converted.failures.map(({ record: { sequenceNumber } }) => sequenceNumber);
    assert.deepEqual(failed, ["1", "3"]);
  });

  it("makes a row of each document in a record, with or without white space between them", async () => {
    const converted = await convert(conversionTo({ c: "int" }), '{"c":1}{"c":2}\n{"c":3} ');
    assert.deepEqual(await reader.rows(converted.body), [{ c: 1 }, { c: 2 }, { c: 3 }]);
    assert.equal(converted.records.length, 1);
  });

  it("fails a record as a whole if one of its documents does not match", async () => {
    const converted = await convert(conversionTo({ c: "int" }), '{"c":1}{"c":"x"}', '{"c":4}');
    assert.deepEqual(await reader.rows(converted.body), [{ c: 4 }]);
    assert.equal(converted.failures.length, 1);
  });

  it("fails a record that is not UTF-8", async () => {
    const data = Buffer.from('{"c":"\u00e4"}', "latin1");
    const source = { ...record(""), data };
    const converted = await convertRecords(
      [deliverable(source)],
      conversionTo({ c: "string" }),
      at,
    );
    assert.match(converted.failures[0]?.failure.errorMessage ?? "", /not valid UTF-8/);
  });

  it("describes a failure in AWS's envelope, which verify reads", async () => {
    const { failures } = await convert(conversionTo({ price: "double" }), '{"price":"oops"}');
    const { body } = errorObjectBody(failures);
    assert.equal(
      Buffer.from(body).toString(),
      '{"attemptsMade":1,"arrivalTimestamp":1000,' +
        '"lastErrorCode":"DataFormatConversion.MalformedData",' +
        '"lastErrorMessage":"Data does not match the schema. For input string: \\"oops\\"",' +
        '"attemptEndingTimestamp":1700000005000,"rawData":"eyJwcmljZSI6Im9vcHMifQ==",' +
        '"sequenceNumber":"0","subSequenceNumber":0,"dataCatalogTable":{' +
        '"catalogId":"123456789012","databaseName":"lake","tableName":"events",' +
        '"region":"eu-central-1","versionId":"LATEST",' +
        '"catalogArn":"arn:aws:glue:eu-central-1:123456789012:catalog"}}',
    );
    assert.equal(errorRecord(body, 0).code, "DataFormatConversion.MalformedData");
  });

  it("says which part of a split record failed", async () => {
    const part = { ...record("{", 1, 7), subSequenceNumber: 2 };
    const { failures } = await convertRecords([deliverable(part)], conversionTo({ c: "int" }), at);
    const envelope = JSON.parse(Buffer.from(errorObjectBody(failures).body).toString()) as object;
    assert.match(JSON.stringify(envelope), /"sequenceNumber":"7","subSequenceNumber":2/);
  });

  it("puts the data as read from the stream into the envelope, whatever processors made of it", async () => {
    const changed = { ...deliverable(record("compressed")), data: Buffer.from("{") };
    const { failures } = await convertRecords([changed], conversionTo({ c: "int" }), at);
    const body = Buffer.from(errorObjectBody(failures).body).toString();
    assert.ok(body.includes(`"rawData":"${Buffer.from("compressed").toString("base64")}"`));
  });

  it("shortens a value in a message", async () => {
    const { failures } = await convert(
      conversionTo({ c: "int" }),
      `{"c":"${"x".repeat(100_000)}"}`,
    );
    assert.ok((failures[0]?.failure.errorMessage.length ?? 1000) < 200);
  });

  it("finds a column among more keys than it remembers", async () => {
    const keys = Array.from({ length: 3000 }, (_, index) => `"k${index}":0`).join(",");
    const converted = await convert(
      conversionTo({ c: "int" }, { from: openX }),
      `{${keys},"C":1}`,
      '{"c":2}',
      `{"C":3,${keys}}`,
    );
    assert.deepEqual(await reader.rows(converted.body), [{ c: 1 }, { c: 2 }, { c: 3 }]);
  });

  it("labels an object of SNAPPY pages as AWS does, and no other", async () => {
    for (const [compression, expected] of [
      ["SNAPPY", "hadoop-snappy"],
      ["GZIP", undefined],
      ["UNCOMPRESSED", undefined],
    ] as const) {
      const to = { ...parquet, compression };
      const converted = await convert(conversionTo({ c: "int" }, { to }), "{}");
      assert.equal(converted.contentEncoding, expected);
    }
  });
});
