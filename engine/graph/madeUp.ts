import { isDeepStrictEqual } from "node:util";
import {
  mapValues,
  type Properties,
  type PropertyValue,
  type ResourceGraph,
  Secret,
  Unknown,
} from "./resourceGraph";

/**
 * The value without what is made up: a string that contains a made-up one is unknown, and so is a
 * group with such a name. Upper and lower case do not matter, because programs change them in names.
 */
export function withoutMadeUp(value: PropertyValue, madeUp: readonly string[]): PropertyValue {
  if (madeUp.length === 0) return value;
  const lowerCase = madeUp.map((text) => text.toLowerCase());
  return masked(value, (text) => lowerCase.some((part) => text.toLowerCase().includes(part)));
}

type IsMadeUp = (text: string) => boolean;

function masked(value: PropertyValue, isMadeUp: IsMadeUp): PropertyValue {
  if (typeof value === "string") return isMadeUp(value) ? new Unknown() : value;
  if (value instanceof Secret) return new Secret(masked(value.reveal(), isMadeUp));
  if (value instanceof Unknown || typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item: PropertyValue) => masked(item, isMadeUp));
  if (Object.keys(value).some(isMadeUp)) return new Unknown();
  return mapValues(value as Properties, (inner) => masked(inner, isMadeUp));
}

/** The graph as rules and access checks may use it: what is made up is unknown. */
export function decidableGraph(graph: ResourceGraph): ResourceGraph {
  const { madeUp = [] } = graph;
  if (madeUp.length === 0) return graph;
  return {
    ...graph,
    resources: graph.resources.map((resource) => ({
      ...resource,
      inputs: knownProperties(resource.inputs, madeUp),
      outputs: knownProperties(resource.outputs, madeUp),
    })),
    outputs: knownProperties(graph.outputs, madeUp),
  };
}

/** Properties keep their names, which the resource type defines. */
function knownProperties(properties: Properties, madeUp: readonly string[]): Properties {
  return mapValues(properties, (value) => withoutMadeUp(value, madeUp));
}

/**
 * Lets rules correct inputs without deciding on made-up values: the rules get them as unknown, and
 * what they do not change keeps its value.
 */
export async function correctedInputs(
  inputs: Properties,
  madeUp: readonly string[],
  correct: (inputs: Properties) => Promise<Properties>,
): Promise<Properties> {
  const shown = knownProperties(inputs, madeUp);
  const corrected = await correct(shown);
  return mapValues(corrected, (value, name) => {
    const before = inputs[name];
    return before !== undefined && isDeepStrictEqual(value, shown[name]) ? before : value;
  });
}
