import assert from "node:assert/strict";
import * as sdk from "@pulumi/policy";
import fc from "fast-check";
import { UNKNOWN, asList, quoteOneOf, readEach, readValue } from "../../../policy/reading/value";
import { unknown } from "../../../policy/testing";

// The SDK exports this function without its type.
const { unknownCheckingProxy: propertiesOf } = sdk as unknown as {
  readonly unknownCheckingProxy: (props: Record<string, unknown>) => Record<string, unknown>;
};

describe("reading a property", () => {
  const props = propertiesOf({
    known: "text",
    nothing: null,
    later: unknown,
    nested: { known: 1, later: unknown, list: ["a", unknown, { later: unknown }] },
  });

  it("distinguishes known, absent and unknown values where the SDK throws", () => {
    assert.throws(() => props["later"], /later can't be known during preview/);
    assert.equal(readValue(props, "known"), "text");
    assert.equal(readValue(props, "later"), UNKNOWN);
    assert.equal(readValue(props, "missing"), undefined);
    assert.equal(readValue(props, "nothing"), undefined);
  });

  it("follows a path as far as it is known", () => {
    assert.equal(readValue(props, "nested.known"), 1);
    assert.equal(readValue(props, "nested.later.deeper"), UNKNOWN);
    assert.equal(readValue(props, "later.deeper"), UNKNOWN);
    assert.equal(readValue(props, "known.deeper"), undefined);
    assert.equal(readValue(props, "missing.deeper"), undefined);
  });

  it("marks unknown parts of a value, and keeps the rest", () => {
    assert.deepEqual(readValue(props, "nested"), {
      known: 1,
      later: UNKNOWN,
      list: ["a", UNKNOWN, { later: UNKNOWN }],
    });
  });

  it("ignores inherited properties", () => {
    assert.equal(readValue(props, "constructor"), undefined);
    assert.equal(readValue(props, "toString"), undefined);
  });

  it("rethrows an error that is not about an unknown value", () => {
    const broken = Object.defineProperty({}, "a", {
      get: () => {
        throw new RangeError("broken");
      },
    });
    assert.throws(() => readValue(broken, "a"), RangeError);
  });

  it("returns any JSON unchanged", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (json) => {
        const copy = JSON.parse(JSON.stringify(json)) as unknown;
        fc.pre(!JSON.stringify(json).includes(String(unknown)));
        assert.deepEqual(readValue(propertiesOf({ json: copy }), "json"), copy ?? undefined);
      }),
    );
  });
});

describe("reading every value at a path", () => {
  it("reads lists and single blocks in the same way", () => {
    const path = "rules.apply.algorithm";
    const block = { apply: { algorithm: "a" } };
    assert.deepEqual(readEach(propertiesOf({ rules: block }), path), ["a"]);
    assert.deepEqual(readEach(propertiesOf({ rules: [block, {}, block] }), path), ["a", "a"]);
    assert.deepEqual(readEach(propertiesOf({ rules: [{ apply: [{ algorithm: "a" }] }] }), path), [
      "a",
    ]);
  });

  it("returns an unknown value for each unknown value on the way", () => {
    const path = "rules.algorithm";
    assert.deepEqual(readEach(propertiesOf({ rules: unknown }), path), [UNKNOWN]);
    assert.deepEqual(readEach(propertiesOf({ rules: [unknown, {}] }), path), [UNKNOWN]);
    assert.deepEqual(readEach(propertiesOf({}), path), []);
  });
});

describe("a value as a list", () => {
  it("is empty, a list of one, or the list itself", () => {
    assert.deepEqual(asList(undefined), []);
    assert.deepEqual(asList("a"), ["a"]);
    assert.deepEqual(asList(["a", "b"]), ["a", "b"]);
    assert.deepEqual(asList(UNKNOWN), [UNKNOWN]);
  });
});

describe("quoting a value in a message", () => {
  it("quotes only words that AWS defines", () => {
    assert.equal(quoteOneOf(["GZIP", "ZIP"], "ZIP"), '"ZIP"');
    assert.equal(quoteOneOf(["GZIP", "ZIP"], "hunter2"), "not one of GZIP, ZIP");
    assert.equal(quoteOneOf(["GZIP", "ZIP"], ["GZIP"]), "not one of GZIP, ZIP");
    assert.equal(quoteOneOf(["GZIP", "ZIP"], undefined), "absent");
  });
});
