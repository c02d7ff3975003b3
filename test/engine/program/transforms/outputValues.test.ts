import assert from "node:assert/strict";
import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";
import fc from "fast-check";
import {
  withoutOutputValues,
  withOutputValues,
} from "../../../../engine/program/transforms/outputValues";
import { SECRET, SIGNATURE, UNKNOWN_STRING } from "../../../../engine/wire";

type Group = Record<string, JavaScriptValue>;

const OUTPUT = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
const secret = (value: JavaScriptValue): Group => ({ [SIGNATURE]: SECRET, value });
const output = (parts: Group = {}): Group => ({ [SIGNATURE]: OUTPUT, ...parts });

const upgraded = (
  properties: Group,
  dependencies: Readonly<Record<string, readonly string[]>> = {},
): Group => withOutputValues(Struct.fromJavaScript(properties), dependencies).toJavaScript();

describe("withOutputValues", () => {
  const cases: readonly [title: string, value: JavaScriptValue, expected: JavaScriptValue][] = [
    ["keeps plain values", { a: [1, "b", null, true] }, { a: [1, "b", null, true] }],
    ["makes an unknown value an output without a value", UNKNOWN_STRING, output()],
    ["makes a secret a secret output", secret("a"), output({ value: "a", secret: true })],
    ["makes an unknown secret one", secret(UNKNOWN_STRING), output({ secret: true })],
    ["finds unknown values at any depth", [{ a: UNKNOWN_STRING }], [{ a: output() }]],
  ];
  for (const [title, value, expected] of cases)
    it(title, () => {
      assert.deepEqual(upgraded({ value }), { value: expected });
    });

  it("makes a value that depends on resources an output", () => {
    const dependencies = { a: ["urn:a"], b: ["urn:b"], c: [] };
    assert.deepEqual(upgraded({ a: "x", b: UNKNOWN_STRING, c: "z" }, dependencies), {
      a: output({ value: "x", dependencies: ["urn:a"] }),
      b: output({ dependencies: ["urn:b"] }),
      c: "z",
    });
  });
});

describe("withoutOutputValues", () => {
  const urns = fc.uniqueArray(fc.constantFrom("urn:a", "urn:b", "urn:c"), { maxLength: 2 });
  const { value: anyValue } = fc.letrec<{ value: JavaScriptValue }>((tie) => ({
    value: fc.oneof(
      { depthSize: "small" },
      fc.constantFrom<JavaScriptValue>("a", "", 1, true, null, UNKNOWN_STRING),
      fc.array(tie("value"), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom("x", "y"), tie("value"), { noNullPrototype: true }),
      fc.constantFrom<JavaScriptValue>("s", UNKNOWN_STRING, [1, UNKNOWN_STRING]).map(secret),
    ),
  }));
  const properties = fc.dictionary(fc.constantFrom("p", "q", "r"), fc.tuple(anyValue, urns));

  it("restores properties and dependencies that a transform returns unchanged", () => {
    fc.assert(
      fc.property(properties, (given) => {
        const values = Object.fromEntries(
          Object.entries(given).map(([key, [value]]) => [key, value]),
        );
        const dependencies = Object.fromEntries(
          Object.entries(given).flatMap(([key, [, list]]) =>
            list.length > 0 ? [[key, list]] : [],
          ),
        );
        const before = { properties: Struct.fromJavaScript(values), dependencies };
        const echoed = withOutputValues(before.properties, dependencies);
        const result = withoutOutputValues(echoed, before);
        assert.deepEqual(result.properties.toJavaScript(), values);
        assert.deepEqual(result.dependencies, dependencies);
      }),
    );
  });

  const before = {
    properties: Struct.fromJavaScript({ a: "x", b: "y" }),
    dependencies: { a: ["urn:a"], b: ["urn:b"] },
  };
  const dependenciesOf = (returned: Group): unknown =>
    withoutOutputValues(Struct.fromJavaScript(returned), before).dependencies;

  it("keeps the dependencies of an unchanged property that comes back as a plain value", () => {
    assert.deepEqual(dependenciesOf({ a: "x", b: "new" }), { a: ["urn:a"] });
  });

  it("reads the dependencies of new outputs at any depth", () => {
    const value = [output({ value: "z", dependencies: ["urn:c"] })];
    assert.deepEqual(dependenciesOf({ a: { value } }), { a: ["urn:c"] });
  });
});
