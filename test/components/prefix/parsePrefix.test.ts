import assert from "node:assert/strict";
import fc from "fast-check";
import { parsePrefix, type PrefixPart } from "../../../components/prefix/parsePrefix";
import { prefixProblems } from "../../../components/prefix/prefixProblems";

const namespaces = { query: "partitionKeyFromQuery", lambda: "partitionKeyFromLambda" };

function print(part: PrefixPart): string {
  switch (part.kind) {
    case "literal":
      return part.text;
    case "timestamp":
      return `!{timestamp:${part.pattern}}`;
    case "partition-key":
      return `!{${namespaces[part.from]}:${part.key}}`;
    default:
      return `!{firehose:${part.kind}}`;
  }
}

const value = fc.stringMatching(/^[^{}]+$/u);

/** Plain objects, as a parser returns them. */
const plain = <T>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }) =>
  fc.record(model, { noNullPrototype: true });

const expression: fc.Arbitrary<PrefixPart> = fc.oneof(
  plain({ kind: fc.constant("timestamp" as const), pattern: value }),
  plain({ kind: fc.constantFrom("random-string" as const, "error-output-type" as const) }),
  plain({
    kind: fc.constant("partition-key" as const),
    from: fc.constantFrom("query" as const, "lambda" as const),
    key: value,
  }),
);

const literal: fc.Arbitrary<PrefixPart> = fc
  .string({ minLength: 1, unit: "binary" })
  .filter((text) => !text.includes("!{") && !text.endsWith("!"))
  .map((text) => ({ kind: "literal", text }));

/** Parts as a parser returns them: never two literals in a row. */
const parts = fc
  .array(fc.tuple(fc.option(literal, { nil: undefined }), expression))
  .chain((pairs) =>
    fc
      .option(literal, { nil: undefined })
      .map((last) => [...pairs.flat(), last].filter((part) => part !== undefined)),
  );

describe("parsePrefix", () => {
  it("parses the parts that a prefix was built from", () => {
    fc.assert(
      fc.property(parts, (written) => {
        const prefix = written.map(print).join("");
        assert.deepEqual(parsePrefix(prefix), { parts: written, problems: [] });
      }),
    );
  });

  it("never fails, and reports a problem if it does not understand every part", () => {
    const pieces = fc.constantFrom(
      "!{",
      "}",
      "{",
      ":",
      "timestamp:",
      "firehose:",
      "a/",
      "!",
      "yyyy",
    );
    const anyPrefix = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.array(pieces).map((all) => all.join("")),
    );
    fc.assert(
      fc.property(anyPrefix, (written) => {
        const { parts: read, problems } = parsePrefix(written);
        if (problems.length === 0) assert.equal(read.map(print).join(""), written);
        prefixProblems({ prefix: written, errorPrefix: written });
      }),
    );
  });

  it("parses braces without an exclamation mark as a literal", () => {
    assert.deepEqual(parsePrefix("a{b}!c").parts, [{ kind: "literal", text: "a{b}!c" }]);
  });

  for (const [written, reason] of [
    ["a/!{timestamp:yyyy", /no } closes/],
    ["!{}", /not of the form/],
    ["!{timestamp}", /not of the form/],
    ["!{timestamp:}", /not of the form/],
    ["!{timestamp:!{firehose:random-string}}", /not of the form/],
    ["!{firehose:random}", /no value "random"/],
    ["!{Timestamp:yyyy}", /"Timestamp" is not a namespace/],
  ] as const) {
    it(`rejects ${written}`, () => {
      const { problems } = parsePrefix(written);
      assert.equal(problems.length, 1);
      assert.match(problems[0]?.reason ?? "", reason);
    });
  }

  it("reports every invalid expression and parses the others", () => {
    const { parts: read, problems } = parsePrefix("!{a}/!{timestamp:yyyy}/!{b:c}/");
    assert.equal(problems.length, 2);
    assert.deepEqual(
      read.filter(({ kind }) => kind !== "literal"),
      [{ kind: "timestamp", pattern: "yyyy" }],
    );
  });
});
