import assert from "node:assert/strict";
import { redactorOf, shownOutputs } from "../../../engine/graph/redaction";
import { type Properties, type ResourceGraph, Secret } from "../../../engine/graph/resourceGraph";

function graphWith(outputs: Properties): ResourceGraph {
  return { project: "shop", stack: "dev", resources: [], outputs };
}

describe("redaction", () => {
  const cases: readonly [title: string, secret: Properties, text: string, shown: string][] = [
    [
      "hides a secret inside other text",
      { a: new Secret("hush") },
      "it is hush!",
      "it is [secret]!",
    ],
    [
      "hides every part of a secret object",
      { a: new Secret({ user: "anna", pin: 4711 }) },
      "anna/4711",
      "[secret]/[secret]",
    ],
    ["hides secrets inside lists", { a: [new Secret("hush")] }, "hush", "[secret]"],
    [
      "hides a secret as JSON writes it",
      { a: new Secret('say "hush"') },
      String.raw`{"a":"say \"hush\""}`,
      '{"a":"[secret]"}',
    ],
    [
      "hides the longer of two secrets as a whole",
      { a: new Secret("hush"), b: new Secret("hush-hush") },
      "hush-hush",
      "[secret]",
    ],
    [
      "leaves secrets that are too short to hide",
      { a: new Secret("1"), b: new Secret(true) },
      "1 is true",
      "1 is true",
    ],
    [
      "does not interpret a secret as a regular expression",
      { a: new Secret("a.c|*") },
      "abc a.c|*",
      "abc [secret]",
    ],
    [
      "does not look for secrets in its own replacement",
      { a: new Secret("hush"), b: new Secret("secret") },
      "hush",
      "[secret]",
    ],
    ["leaves values that are not secret", { a: "open" }, "open", "open"],
  ];
  for (const [title, outputs, text, shown] of cases)
    it(title, () => {
      assert.equal(redactorOf(graphWith(outputs))(text), shown);
    });

  const resource = {
    urn: "urn:pulumi:dev::shop::t:m:A::a",
    type: "t:m:A",
    name: "a",
    custom: true,
    external: false,
    dependencies: [],
    propertyDependencies: {},
    inputs: {},
    outputs: {},
    options: {},
  };

  it("hides the secrets of resources, in inputs and outputs", () => {
    const inputs = { a: new Secret("input") };
    const outputs = { b: new Secret("output") };
    const redact = redactorOf({
      ...graphWith({}),
      resources: [{ ...resource, inputs, outputs }],
    });
    assert.equal(redact("input and output"), "[secret] and [secret]");
  });

  describe("of a document that the stack marks as secret", () => {
    const document = '{"Version":"2012-10-17"}';
    const exported = { policy: new Secret(document), name: "clicks" };
    const quoted = JSON.stringify(document);
    const withComponent = (outputs: Properties, custom = false): ResourceGraph => ({
      ...graphWith(exported),
      resources: [{ ...resource, custom, outputs }],
    });

    it("shows it if a component has it among its outputs as well, not as a secret", () => {
      const graph = withComponent({ producerPolicy: document });
      assert.deepEqual(shownOutputs(graph), { policy: document, name: "clicks" });
      assert.equal(redactorOf(graph)(quoted), quoted);
    });

    for (const [what, graph] of [
      ["no component has it", graphWith(exported)],
      ["it is a secret of the component, too", withComponent({ policy: new Secret(document) })],
      ["it is only a part of another output", withComponent({ policies: [document] })],
      ["it is an output of a resource of a provider", withComponent({ policy: document }, true)],
    ] as const)
      it(`hides it if ${what}`, () => {
        assert.deepEqual(shownOutputs(graph), exported);
        assert.equal(redactorOf(graph)(document), "[secret]");
      });

    it("hides another secret that a component has in plain", () => {
      const inputs = { password: new Secret("hush-hush") };
      const resources = [
        { ...resource, outputs: { note: "hush-hush" } },
        { ...resource, custom: true, inputs },
      ];
      assert.equal(redactorOf({ ...graphWith(exported), resources })("hush-hush"), "[secret]");
    });
  });
});
