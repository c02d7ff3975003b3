import assert from "node:assert/strict";
import { scalarOf } from "../../../policy/reading/scalarProperties";
import { readEach, readValue } from "../../../policy/reading/value";

describe("scalarOf", () => {
  for (const word of ["1", "t", "T", "true", "TRUE", "True"])
    it(`reads ${word} as true`, () => {
      assert.equal(scalarOf("enabled", word), true);
    });

  for (const word of ["0", "f", "F", "false", "FALSE", "False"])
    it(`reads ${word} as false`, () => {
      assert.equal(scalarOf("enabled", word), false);
    });

  it("leaves what the provider rejects", () => {
    for (const word of ["", "yes", "tRUE", " true"]) assert.equal(scalarOf("enabled", word), word);
    for (const word of ["", "5.5", "5 ", "1e2"]) assert.equal(scalarOf("days", word), word);
  });

  it("reads whole numbers", () => {
    assert.equal(scalarOf("bufferingSize", "64"), 64);
    assert.equal(scalarOf("retentionInDays", "-1"), -1);
    assert.equal(scalarOf("days", "0x1E"), 30);
    assert.equal(scalarOf("days", "010"), 8);
  });

  it("leaves properties that are strings", () => {
    assert.equal(scalarOf("name", "1"), "1");
  });

  it("applies inside blocks and lists", () => {
    const props = { rules: [{ bucketKeyEnabled: "true", id: "1" }] };
    assert.deepEqual(readValue(props, "rules"), [{ bucketKeyEnabled: true, id: "1" }]);
    assert.deepEqual(readEach(props, "rules.bucketKeyEnabled"), [true]);
  });
});
