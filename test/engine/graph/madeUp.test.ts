import assert from "node:assert/strict";
import fc from "fast-check";
import { correctedInputs, decidableGraph, withoutMadeUp } from "../../../engine/graph/madeUp";
import {
  type Properties,
  type PropertyValue,
  type ResourceGraph,
  Secret,
  Unknown,
  valuesIn,
} from "../../../engine/graph/resourceGraph";

const ZONE = "eu-west-1a";

function graphWith(inputs: Properties, madeUp: readonly string[]): ResourceGraph {
  const resource = {
    ...{ urn: "urn", type: "aws:ec2/subnet:Subnet", name: "a", custom: true, external: false },
    ...{ dependencies: [], propertyDependencies: {}, options: {}, inputs, outputs: inputs },
  };
  return { project: "shop", stack: "dev", resources: [resource], outputs: inputs, madeUp };
}

/** Any value of the protocol, in which strings and names can contain others. */
const anyValue: fc.Arbitrary<PropertyValue> = fc.letrec<{ value: PropertyValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.string(),
    fc
      .tuple(fc.string(), fc.constantFrom(ZONE, "EU-West-1A", "eu-west-1"), fc.string())
      .map((parts) => parts.join("")),
    fc.constantFrom<PropertyValue>(null, true, 3),
    fc.constant(null).map(() => new Unknown()),
    tie("value").map((value) => new Secret(value)),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(fc.oneof(fc.string(), fc.constant(`in ${ZONE}`)), tie("value"), {
      maxKeys: 3,
      noNullPrototype: true,
    }),
  ),
})).value;

function strings(value: PropertyValue): string[] {
  return [...valuesIn(value)].flatMap((part) => {
    if (typeof part === "string") return [part];
    const isGroup = typeof part === "object" && part !== null && !Array.isArray(part);
    return isGroup && !(part instanceof Secret) && !(part instanceof Unknown)
      ? Object.keys(part)
      : [];
  });
}

const isMadeUp = (text: string): boolean => text.toLowerCase().includes(ZONE);

describe("made-up strings", () => {
  it("never reach a rule, at any depth, in any case, in values or names, or in secrets", () => {
    fc.assert(
      fc.property(anyValue, (value) => {
        assert.ok(!strings(withoutMadeUp(value, [ZONE])).some(isMadeUp));
      }),
    );
  });

  it("leave values without one as they are", () => {
    fc.assert(
      fc.property(
        anyValue.filter((value) => !strings(value).some(isMadeUp)),
        (value) => {
          assert.deepEqual(withoutMadeUp(value, [ZONE]), value);
        },
      ),
    );
  });

  it("are unknown in the inputs, the outputs and the stack's outputs of a decidable graph", () => {
    const inputs = { zone: ZONE, size: 3, tags: { zone: `in ${ZONE}` }, key: new Secret(ZONE) };
    const graph = decidableGraph(graphWith(inputs, [ZONE]));
    const expected = {
      ...{ zone: new Unknown(), size: 3, tags: { zone: new Unknown() } },
      key: new Secret(new Unknown()),
    };
    const [resource] = graph.resources;
    assert.deepEqual(resource?.inputs, expected);
    assert.deepEqual(resource.outputs, expected);
    assert.deepEqual(graph.outputs, expected);
  });

  it("leave a graph without any as it is", () => {
    const { madeUp, ...graph } = graphWith({ zone: ZONE }, []);
    assert.equal(decidableGraph(graph), graph);
    assert.deepEqual(madeUp, []);
  });

  it("survive a remediation that does not see them", async () => {
    const inputs = { availabilityZone: ZONE, tags: { zone: ZONE }, size: 3 };
    let seen: Properties = {};
    const corrected = await correctedInputs(inputs, [ZONE], (shown) => {
      seen = shown;
      return Promise.resolve({ ...shown, tags: { zone: "none" }, encrypted: true });
    });
    assert.ok(seen["availabilityZone"] instanceof Unknown);
    assert.deepEqual(corrected, {
      ...{ availabilityZone: ZONE, tags: { zone: "none" }, size: 3, encrypted: true },
    });
  });
});
