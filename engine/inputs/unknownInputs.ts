import { distance } from "fastest-levenshtein";
import { isGroup, type Properties, type PropertyValue, Secret } from "../graph/resourceGraph";
import type { PropertyTypes } from "../packageDeclarations";
import { SIGNATURE } from "../wire";

/** An input that a resource type does not have. */
export interface UnknownInput {
  /** The groups that contain it, e.g. `extendedS3Configuration`. Empty at the top. */
  readonly group: string;
  readonly name: string;
  /** The names that it resembles most. Empty if it resembles none. */
  readonly similar: readonly string[];
}

/** Finds the properties of a nested group; undefined if they are not declared. */
export type GroupLookup = (reference: string) => PropertyTypes | undefined;

/** Names that AWS accepts, but the package does not declare -> a name that it declares in the same group. */
const UNDECLARED: Readonly<Record<string, string>> = {
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
  CanonicalUser: "Federated",
};

/** The inputs that the types do not have, at any depth, each once. */
export function unknownInputs(
  inputs: Properties,
  types: PropertyTypes,
  lookup: GroupLookup,
): readonly UnknownInput[] {
  const found = new Map<string, UnknownInput>();
  collect(inputs, [types], "", (unknown) => {
    found.set(`${unknown.group}.${unknown.name}`, unknown);
  });
  return [...found.values()];

  /** @param groups what the value can be; a name that one of them has is known */
  function collect(
    value: Properties,
    groups: readonly PropertyTypes[],
    path: string,
    report: (unknown: UnknownInput) => void,
  ): void {
    for (const [name, inner] of Object.entries(value)) {
      // The SDK adds properties for its own purposes.
      if (name.startsWith("__")) continue;
      const declared = groups.flatMap((group) => group.get(name) ?? []);
      if (declared.length === 0) {
        const names = new Set(groups.flatMap((group) => [...group.keys()]));
        if (names.has(UNDECLARED[name] ?? "")) continue;
        report({ group: path, name, similar: similarNames(name, [...names]) });
        continue;
      }
      const nested = nestedGroups(declared, lookup);
      if (nested === undefined) continue;
      for (const part of partsOf(inner, nested.inMap))
        collect(part, nested.groups, path === "" ? name : `${path}.${name}`, report);
    }
  }
}

/** The groups in a value: itself, the items of a list, or the values of a map. */
function partsOf(value: PropertyValue, inMap: boolean): readonly Properties[] {
  if (value instanceof Secret) return partsOf(value.reveal(), inMap);
  if (Array.isArray(value))
    return (value as readonly PropertyValue[]).flatMap((item) => partsOf(item, inMap));
  // Assets, and references to resources, have a signature.
  if (!isGroup(value) || SIGNATURE in value) return [];
  return inMap ? Object.values(value).flatMap((item) => partsOf(item, false)) : [value];
}

interface NestedGroups {
  readonly groups: readonly PropertyTypes[];
  /** Whether the value is a map of such groups, with keys that the program chooses. */
  readonly inMap: boolean;
}

const MAP = /\{\s*\[key: string\]:([^]*)\}/;

/** What a type consists of next to nested groups, if only these can be objects. */
const PLAIN =
  /\bpulumi\.Input\b|\benums(?:\.\w+)+|\b(?:string|number|boolean|undefined)\b|[<>[\]|;\s]/g;

/** Undefined if a value of these types can be an object that is not one of the nested groups. */
function nestedGroups(types: readonly string[], lookup: GroupLookup): NestedGroups | undefined {
  const inMap = types.every((type) => MAP.test(type));
  const references = types.flatMap((type) => {
    const inner = inMap ? type.replace(MAP, "$1") : type;
    const found = inner.match(/\binputs(?:\.\w+)+/g) ?? [];
    const rest = inner.replace(/\binputs(?:\.\w+)+/g, "").replace(PLAIN, "");
    return rest === "" ? found : [...found, undefined];
  });
  const groups = references.map((reference) => reference && lookup(reference));
  const known = groups.filter((group) => group !== undefined && group !== "");
  return groups.length === 0 || known.length < groups.length ? undefined : { groups: known, inMap };
}

/** As a share of a name's length: more differences make another name. */
const MAX_DIFFERENCE = 0.4;

function similarNames(name: string, names: readonly string[]): readonly string[] {
  const lower = name.toLowerCase();
  const differences = names.map((other) => distance(lower, other.toLowerCase()));
  const smallest = Math.min(...differences);
  if (smallest > Math.max(1, name.length * MAX_DIFFERENCE)) return [];
  return names.filter((_, index) => differences[index] === smallest);
}
