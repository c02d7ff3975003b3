import assert from "node:assert/strict";
import fc from "fast-check";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { type PropertyValue, Secret, Unknown } from "../../engine/graph/resourceGraph";
import { decodeProperties, encodeProperties } from "../../engine/wire";

const { value } = fc.letrec<{ value: PropertyValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.string(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.boolean(),
    fc.constant(null),
    fc.constant(new Unknown()),
    tie("value").map((inner) => new Secret(inner)),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(
      fc.string().filter((key) => key !== "__proto__"),
      tie("value"),
      { maxKeys: 4 },
    ),
  ),
}));

/** The same value, with what secrets contain made visible. */
function visible(given: PropertyValue): unknown {
  if (given instanceof Unknown) return "<unknown>";
  if (given instanceof Secret) return { "<secret>": visible(given.reveal()) };
  if (Array.isArray(given)) return given.map(visible);
  if (typeof given !== "object" || given === null) return given;
  return Object.fromEntries(Object.entries(given).map(([key, inner]) => [key, visible(inner)]));
}

describe("encodeProperties and decodeProperties", () => {
  it("restore all values, with secrets and unknown values at any depth", () => {
    fc.assert(
      fc.property(value, (given) => {
        const bytes = encodeProperties({ given }).serializeBinary();
        const { given: found } = decodeProperties(Struct.deserializeBinary(bytes));
        assert.ok(found !== undefined);
        assert.deepEqual(visible(found), visible(given));
      }),
    );
  });

  it("decode each marker that a policy pack can return as unknown", () => {
    const decoded = decodeProperties(
      Struct.fromJavaScript({ flag: "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7" }),
    );
    assert.ok(decoded["flag"] instanceof Unknown);
  });
});
