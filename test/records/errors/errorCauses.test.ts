import assert from "node:assert/strict";
import fc from "fast-check";
import { evaluatePrefix } from "../../../components/prefix/evaluatePrefix";
import { ErrorCauses, errorTypeOf } from "../../../records/errors/errorCauses";
import { errorRecord } from "../../../records/errors/errorRecord";

const record = (fields: object, index = 0) =>
  errorRecord(Buffer.from(JSON.stringify(fields)), index);

describe("ErrorCauses", () => {
  it("groups records by type, code and message, the most frequent cause first", () => {
    const causes = new ErrorCauses();
    const failed = { errorCode: "Lambda.FunctionError", errorMessage: "It failed." };
    causes.add("a", "processing-failed", record({ errorCode: "X" }, 0));
    causes.add("a", "processing-failed", record({ ...failed, attemptEndingTimestamp: 2000 }, 1));
    causes.add("a", "processing-failed", record({ ...failed, attemptEndingTimestamp: 1000 }, 2));
    causes.add("b", "processing-failed", record({ ...failed, arrivalTimestamp: 5000 }, 0));
    causes.add("c", "decompression-failed", record({ errorCode: "X" }, 0));
    assert.deepEqual(causes.result(), [
      {
        ...{ type: "processing-failed", code: "Lambda.FunctionError", message: "It failed." },
        ...{ records: 3, objects: 2, first: 1000, last: 5000, example: { key: "a", line: 2 } },
      },
      {
        ...{ type: "decompression-failed", code: "X", records: 1, objects: 1 },
        example: { key: "c", line: 1 },
      },
      {
        ...{ type: "processing-failed", code: "X", records: 1, objects: 1 },
        example: { key: "a", line: 1 },
      },
    ]);
  });

  it("counts messages that differ in numbers, ids and quotations as one cause", () => {
    const causes = new ErrorCauses();
    for (const [value, position] of [
      ["abc", 17],
      ["", 4],
    ] as const)
      causes.add(
        "a",
        "format-conversion-failed",
        record({
          lastErrorCode: "DataFormatConversion.MalformedData",
          lastErrorMessage: `Data does not match the schema. For input string: "${value}" at ${position}`,
        }),
      );
    const [only, ...others] = causes.result();
    assert.deepEqual([only?.records, others], [2, []]);
    assert.match(only?.message ?? "", /"abc" at 17$/);
  });

  it("has a bounded number of causes, and counts every record in one of them", () => {
    const causes = new ErrorCauses();
    const letters = (index: number) =>
      String(index).replaceAll(/\d/g, (digit) => "abcdefghij"[Number(digit)] ?? "");
    for (let index = 0; index < 1000; index++)
      causes.add("a", "t", record({ errorCode: "X", errorMessage: letters(index) }, index));
    const found = causes.result();
    assert.ok(found.length <= 201);
    assert.equal(
      found.reduce((sum, { records }) => sum + records, 0),
      1000,
    );
  });
});

describe("errorTypeOf", () => {
  const types = ["processing-failed", "format-conversion-failed", "activePartitionExceeded"];
  const literal = fc.constantFrom("errors/", "a.b/", "x(1)+y/", "");
  const expression = fc.constantFrom(
    "!{timestamp:yyyy/MM/dd}/",
    "!{firehose:random-string}/",
    "!{timestamp:yyyy}-",
  );

  it("reads the type from any key that Firehose writes below a prefix with the type", () => {
    const prefixes = fc
      .tuple(literal, fc.option(expression), literal, fc.option(expression))
      .map(([head, first, middle, last]) =>
        [head, first ?? "", middle, "!{firehose:error-output-type}/", last ?? ""].join(""),
      );
    fc.assert(
      fc.property(prefixes, fc.constantFrom(...types), (prefix, errorOutputType) => {
        const moment = { timestamp: Date.UTC(2026, 10, 22), timeZone: "UTC", errorOutputType };
        const key = evaluatePrefix(prefix, { ...moment, random: () => "Ab1Cd2Ef3Gh" });
        assert.equal(errorTypeOf(`${key}clicks-1-2026`, prefix), errorOutputType);
      }),
    );
  });

  it("reads the type that Firehose appends to a prefix without expressions", () => {
    const moment = { timestamp: 0, timeZone: "UTC", errorOutputType: "processing-failed" };
    const key = evaluatePrefix("errors/", { ...moment, random: () => "" });
    assert.equal(errorTypeOf(key, "errors/"), "processing-failed");
  });

  it("is unknown if the prefix does not contain the type, is invalid, or is another one", () => {
    for (const prefix of ["errors/!{timestamp:yyyy}/", "errors/!{", "other/"])
      assert.equal(errorTypeOf("errors/2026/x", prefix), "unknown");
  });
});
