import assert from "node:assert/strict";
import { errorRecord } from "../../../records/errors/errorRecord";

const read = (text: string) => errorRecord(Buffer.from(text), 0);
const [arrival, failure] = [1_795_000_000_000, 1_795_000_060_000];

describe("errorRecord", () => {
  for (const [line, code] of [
    ['{"errorCode":"Lambda.FunctionError","rawData":"e30="}', "Lambda.FunctionError"],
    [
      '{"attemptsMade":1,"lastErrorCode":"DataFormatConversion.ParseError"}',
      "DataFormatConversion.ParseError",
    ],
    ['{"ErrorCode":"X.Y"}', "X.Y"],
    ['{"errorCode":7}', "unknown"],
    ["{}", "unknown"],
    ["null", "unknown"],
    ["not JSON", "unknown"],
  ] as const) {
    it(`reads the code ${code} from ${line}`, () => {
      assert.equal(read(line).code, code);
    });
  }

  it("reads what a function failed with, with strings for numbers as in the documentation", () => {
    const lambdaArn = "arn:aws:lambda:eu-central-1:123456789012:function:clean:$LATEST";
    const envelope = {
      ...{ attemptsMade: "4", arrivalTimestamp: String(arrival) },
      ...{ errorCode: "Lambda.FunctionError", errorMessage: "It failed." },
      ...{ attemptEndingTimestamp: String(failure), rawData: "b25l", lambdaArn },
    };
    const { data, ...record } = read(JSON.stringify(envelope));
    assert.deepEqual(record, {
      ...{ index: 0, code: "Lambda.FunctionError", message: "It failed.", resource: lambdaArn },
      ...{ attempts: 4, arrival, failure },
    });
    assert.equal(Buffer.from(data ?? []).toString(), "one");
  });

  it("reads what the conversion of a record failed with", () => {
    const envelope = {
      ...{ attemptsMade: 1, arrivalTimestamp: arrival, attemptEndingTimestamp: failure },
      ...{ lastErrorCode: "DataFormatConversion.ParseError", lastErrorMessage: "Malformed." },
      ...{ rawData: "e30=", sequenceNumber: "1", subSequenceNumber: 0 },
      dataCatalogTable: { databaseName: "lake", tableName: "clicks", region: "eu-central-1" },
    };
    const { code, message, resource, attempts } = read(JSON.stringify(envelope));
    assert.deepEqual([code, message], ["DataFormatConversion.ParseError", "Malformed."]);
    assert.deepEqual([resource, attempts], ["lake.clicks", 1]);
  });

  it("reads times in ISO 8601, and leaves out what is not a time", () => {
    const at = "2026-11-22T10:00:00.000Z";
    assert.equal(read(JSON.stringify({ arrivalTimestamp: at })).arrival, Date.parse(at));
    for (const wrong of ["soon", -1, null, 1e300, {}])
      assert.equal("arrival" in read(JSON.stringify({ arrivalTimestamp: wrong })), false);
  });

  it("keeps the beginning of a code or message of a foreign object", () => {
    const { code, message = "" } = read(
      JSON.stringify({ errorCode: "x".repeat(5000), errorMessage: "y".repeat(5000) }),
    );
    assert.deepEqual([code.length, message.length], [200, 1000]);
  });

  it("reads the record that failed", () => {
    const line = JSON.stringify({ rawData: Buffer.from("x").toString("base64"), errorCode: "X" });
    assert.deepEqual(errorRecord(Buffer.from(line), 3), {
      ...{ index: 3, code: "X", data: Buffer.from("x") },
    });
  });

  for (const text of ["", "[]", "null", "{}", '{"rawData":1}', '{"rawData":"%%%"}'])
    it(`finds no record in ${text || "an empty line"}`, () => {
      assert.equal(read(text).data, undefined);
    });
});
