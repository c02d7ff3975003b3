import {
  type GraphResource,
  mapValues,
  type Properties,
  type PropertyValue,
  Secret,
  Unknown,
} from "../../../engine/graph/resourceGraph";
import { nameInputOf } from "../../../engine/provider/physicalName";
import type { ResourceVersions } from "../replacement/replacedBy";

/**
 * Text that a plan makes up from the URN of a resource -> the text that stands for the same value before, for
 * a resource that an alias has given another URN. AWS keeps its id, its ARN and the name that Pulumi has
 * generated.
 */
export type CarriedTexts = ReadonlyMap<string, string>;

export function carriedTexts(versions: ResourceVersions): CarriedTexts {
  const { before, after } = versions;
  if (before.urn === after.urn) return new Map();
  const computed = Object.keys(after.outputs).filter((name) => !(name in after.inputs));
  const pairs = [
    [after.id, before.id],
    ...computed.map((name) => [valueOf(after, name), valueOf(before, name)]),
  ] as const;
  return new Map([...pairs.filter(areTexts), ...carriedName(versions)]);
}

/** Only the name that Pulumi has generated. */
export function carriedName({ before, after }: ResourceVersions): CarriedTexts {
  const name = nameInputOf(after);
  if (before.urn === after.urn || name?.isGenerated !== true || !isGenerated(before))
    return new Map();
  const pair = [after.inputs[name.property], before.inputs[name.property]] as const;
  return new Map([pair].filter(areTexts));
}

type Pair = readonly [PropertyValue | undefined, PropertyValue | undefined];

function areTexts(pair: Pair | readonly (PropertyValue | undefined)[]): pair is [string, string] {
  return pair.every((text) => typeof text === "string" && text !== "");
}

function valueOf({ inputs, outputs }: GraphResource, name: string): PropertyValue | undefined {
  return inputs[name] ?? outputs[name];
}

function isGenerated(resource: GraphResource): boolean {
  const name = nameInputOf(resource);
  const { __defaults: defaults } = resource.inputs;
  return (
    name !== undefined &&
    (name.isGenerated || (Array.isArray(defaults) && defaults.includes(name.property)))
  );
}

/** Properties with some texts replaced, also within longer ones. */
export function withReplacedText(inputs: Properties, carried: CarriedTexts): Properties {
  if (carried.size === 0) return inputs;
  // Longest first: an ARN contains the name.
  const texts = [...carried.keys()].sort((one, other) => other.length - one.length);
  const any = new RegExp(
    texts.map((text) => text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")).join("|"),
    "g",
  );
  return mapValues(inputs, (value) =>
    replaced(value, (text) => text.replace(any, (found) => carried.get(found) ?? found)),
  );
}

function replaced(value: PropertyValue, change: (text: string) => string): PropertyValue {
  if (typeof value === "string") return change(value);
  if (value instanceof Secret) return new Secret(replaced(value.reveal(), change));
  if (value instanceof Unknown || typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item: PropertyValue) => replaced(item, change));
  return mapValues(value as Properties, (item) => replaced(item, change));
}
