import assert from "node:assert/strict";
import { noteLines } from "../../../cli/reports/graphNotes";
import { Secret } from "../../../engine/graph/resourceGraph";

describe("the notes of a graph as lines", () => {
  const graph = { project: "shop", stack: "dev", resources: [], outputs: {} };

  it("name the resource, the function or the config value, and contain no secrets", () => {
    const notes = [
      {
        kind: "input",
        subject: "urn:pulumi:dev::shop::aws:kinesis/stream:Stream::clicks",
        message: "shards is not an input of aws.kinesis.Stream.",
      },
      { kind: "assumed", subject: "shop:token", message: "hush-hush is a placeholder." },
    ] as const;
    assert.deepEqual(noteLines({ ...graph, outputs: { token: new Secret("hush-hush") }, notes }), [
      "note: clicks  aws:kinesis:Stream: shards is not an input of aws.kinesis.Stream.",
      "note: shop:token: [secret] is a placeholder.",
    ]);
  });

  it("are none for a graph that shows everything", () => {
    assert.deepEqual(noteLines(graph), []);
  });
});
