import assert from "node:assert/strict";
import { errorObjectBody } from "../../../../aws/firehose/delivery/outgoingObjects";
import type { FailedRecord } from "../../../../aws/firehose/processing/processedRecord";
import { errorRecord } from "../../../../records/errors/errorRecord";
import { record } from "../../../local/support/records";

function failed(data: string, arrival: number): FailedRecord {
  return {
    record: record(data, arrival),
    failure: {
      errorOutputType: "decompression-failed",
      errorCode: "Decompression failed.",
      errorMessage: "Decompression failed because.",
      attemptsMade: 1,
      attemptEndingTimestamp: 1_700_000_005_000,
    },
  };
}

describe("errorObjectBody", () => {
  it("writes one JSON object per line, in AWS's order, with the original data in base64", () => {
    const { body, contentEncoding } = errorObjectBody([failed("größe", 1), failed("", 2)]);
    const rest =
      '"errorCode":"Decompression failed.","errorMessage":"Decompression failed because.",' +
      '"attemptsMade":1,"arrivalTimestamp":';
    assert.equal(
      Buffer.from(body).toString(),
      `{"rawData":"Z3LDtsOfZQ==",${rest}1,"attemptEndingTimestamp":1700000005000}\n` +
        `{"rawData":"",${rest}2,"attemptEndingTimestamp":1700000005000}`,
    );
    assert.equal(contentEncoding, undefined);
  });

  it("writes a body that verify can read", () => {
    const { body } = errorObjectBody([failed("x", 1)]);
    assert.equal(errorRecord(body, 0).code, "Decompression failed.");
  });
});
