import assert from "node:assert/strict";
import fc from "fast-check";
import { Unknown } from "../../../engine/graph/resourceGraph";
import { readPreview } from "../../../engine/preview/readPreview";

const STACK = "urn:pulumi:prod::shop::pulumi:pulumi:Stack::shop-prod";
const STREAM = "urn:pulumi:prod::shop::aws:kinesis/stream:Stream::clicks";

function read(document: unknown) {
  return readPreview(JSON.stringify(document), "preview.json");
}

describe("readPreview", () => {
  it("reads a preview without changes, which has the step of the stack", () => {
    const preview = read({ steps: [{ op: "same", urn: STACK, detailedDiff: null }], duration: 1 });
    assert.deepEqual(preview, {
      project: "shop",
      stack: "prod",
      errors: [],
      steps: [{ operation: "same", urn: STACK, type: "pulumi:pulumi:Stack", replacedBy: [] }],
    });
  });

  it("reads states without what a provider notes about its defaults, and unknown values as unknown", () => {
    const { steps } = read({
      steps: [
        {
          op: "update",
          urn: STREAM,
          oldState: {
            type: "aws:kinesis/stream:Stream",
            protect: true,
            inputs: { __defaults: ["name"], tags: [{ __defaults: [], a: 1 }] },
          },
          newState: {
            type: "aws:kinesis/stream:Stream",
            retainOnDelete: true,
            inputs: { arn: "04da6b54-80e4-46f7-96ec-b56ff0331ba9" },
          },
        },
      ],
    });
    const [step] = steps;
    assert.ok(step);
    assert.deepEqual(step.before, {
      ...{ external: false, protect: true, retainOnDelete: false },
      inputs: { tags: [{ a: 1 }] },
    });
    assert.ok(step.after?.inputs["arn"] instanceof Unknown);
    assert.equal(step.after.retainOnDelete, true);
  });

  it("names the properties that force a replacement by their paths, otherwise as the engine does", () => {
    const replaced = {
      op: "replace",
      urn: STREAM,
      replaceReasons: ["kinesisSourceConfiguration"],
      detailedDiff: {
        "kinesisSourceConfiguration.roleArn": { kind: "update-replace" },
        "tags.a": { kind: "add" },
      },
    };
    const { steps } = read({ steps: [replaced, { ...replaced, detailedDiff: null }] });
    assert.deepEqual(
      steps.map(({ replacedBy }) => replacedBy),
      [["kinesisSourceConfiguration.roleArn"], ["kinesisSourceConfiguration"]],
    );
  });

  it("reads errors without any step, and no warnings", () => {
    const { errors, stack } = read({
      diagnostics: [
        { severity: "warning", message: "old" },
        { severity: "info#err", message: "printed by the program" },
        { severity: "error", urn: STREAM, message: "is protected\n" },
        { severity: "error", message: "preview failed" },
      ],
    });
    assert.equal(stack, "prod");
    assert.deepEqual(errors, [
      { urn: STREAM, message: "is protected" },
      { message: "preview failed" },
    ]);
  });

  it("reports a plan that may be corrupt as an error", () => {
    const { errors } = read({ maybeCorrupt: true, steps: [{ op: "same", urn: STACK }] });
    assert.match(errors[0]?.message ?? "", /corrupt/);
  });

  const unreadable: readonly (readonly [title: string, text: string, message: RegExp])[] = [
    ["an empty file", "  \n", /^preview\.json is empty\. .*pulumi preview --stack NAME --json/],
    ["a text that is not JSON", "Previewing update", /^preview\.json is not JSON\./],
    ["a truncated document", '{"steps": [{"op": "same"', /^preview\.json is not JSON\./],
    ["a list", "[]", /is not the output of pulumi preview --json/],
    ["another document", '{"version": 3, "deployment": {}}', /is not the output of/],
    ["a preview without steps", '{"steps": [], "changeSummary": {}}', /contains no steps/],
    ["a summary without steps", '{"duration": 1, "changeSummary": {}}', /contains no steps/],
    [
      "an operation of a newer version",
      JSON.stringify({
        steps: [
          { op: "same", urn: STACK },
          { op: "teleport", urn: STREAM },
        ],
      }),
      /step 2 has an unknown op\. It may be from a newer version/,
    ],
    [
      "a state without a type",
      JSON.stringify({ steps: [{ op: "update", urn: STREAM, newState: {} }] }),
      /step 1 has an unknown newState/,
    ],
    [
      "one event on each line",
      '{"sequence":0,"preludeEvent":{}}\n{"sequence":1,"summaryEvent":{}}\n',
      /PULUMI_ENABLE_STREAMING_JSON_PREVIEW. Unset/,
    ],
  ];
  for (const [title, text, message] of unreadable)
    it(`rejects ${title}`, () => {
      assert.throws(() => readPreview(text, "preview.json"), { message });
    });

  it("quotes nothing from a document that it rejects", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 4 }), fc.nat(40), (secret, cut) => {
        const text = JSON.stringify({ steps: [{ op: `x${secret}`, urn: secret, extra: secret }] });
        const documents = [text, text.slice(0, cut), `${secret} {`];
        for (const document of documents)
          assert.throws(
            () => readPreview(document, "preview.json"),
            ({ message }: Error) =>
              !message.replaceAll(/preview\.json/g, "").includes(`"${secret}`),
          );
      }),
    );
  });
});
