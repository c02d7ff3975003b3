import assert from "node:assert/strict";
import { nearestName } from "../../../policy/reading/nearestName";

describe("the name that is meant by a misspelled one", () => {
  it("differs in the fewest characters, whatever their case", () => {
    assert.equal(nearestName("RESON", ["owner", "reason", "resource"]), "reason");
  });

  it("starts with the same characters if several are equally near", () => {
    for (const names of [
      ["PutRecord", "GetRecords"],
      ["GetRecords", "PutRecord"],
    ]) {
      assert.equal(nearestName("GetRecord", names), "GetRecords");
    }
  });

  it("is none if more than every third character differs", () => {
    assert.equal(nearestName("s4", ["s3"]), undefined);
    assert.equal(nearestName("kmz", ["s3", "kms"]), "kms");
    assert.equal(nearestName("ticket", ["reason"]), undefined);
  });

  it("is none if more characters differ than may", () => {
    assert.equal(nearestName("PutLogEventsBatch", ["PutLogEvents"]), undefined);
    assert.equal(nearestName("GetRecrd", ["GetRecords"], 1), undefined);
    assert.equal(nearestName("GetRecrd", ["GetRecords"], 2), "GetRecords");
  });
});
