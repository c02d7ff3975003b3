import assert from "node:assert/strict";
import fc from "fast-check";
import type { GraphResource, ResourceGraph } from "../../../engine/graph/resourceGraph";
import { inStableOrder } from "../../../engine/graph/stableOrder";

function resource(urn: string, dependencies: readonly string[], parent?: string): GraphResource {
  return {
    ...{ urn, type: "t", name: urn, custom: true, external: false, dependencies },
    ...(parent !== undefined && { parent }),
    ...{ propertyDependencies: {}, inputs: {}, outputs: {}, options: {} },
  };
}

const resources = [
  resource("stack", []),
  resource("lake", ["bucket"], "stack"),
  resource("bucket", [], "lake"),
  resource("alarm", ["topic"], "stack"),
  resource("topic", [], "stack"),
  resource("a-policy", ["bucket", "lake", "gone"], "lake"),
];
const graph: ResourceGraph = { project: "p", stack: "dev", outputs: {}, resources };

describe("the stable order of a graph", () => {
  it("is the same for every order of registration, with parents and dependencies first", () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(resources, { minLength: resources.length }), (shuffled) => {
        const urns = inStableOrder({ ...graph, resources: shuffled }).resources.map(
          ({ urn }) => urn,
        );
        // The component depends on its child, which has it as its parent.
        assert.deepEqual(urns, ["stack", "bucket", "lake", "a-policy", "topic", "alarm"]);
      }),
    );
  });

  it("is that of the subjects for notes", () => {
    const note = (subject: string) => ({ kind: "assumed", subject, message: "m" }) as const;
    const { notes } = inStableOrder({ ...graph, notes: [note("b"), note("a")] });
    assert.deepEqual(notes, [note("a"), note("b")]);
    assert.equal("notes" in inStableOrder(graph), false);
  });
});
