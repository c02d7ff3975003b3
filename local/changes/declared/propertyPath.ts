import { isGroup, type Properties, type PropertyValue } from "../../../engine/graph/resourceGraph";

/** A name, an index, or `*` for all. */
type Step = string | number;

/**
 * Reads a path as `ignoreChanges` and `replaceOnChanges` have it, e.g. `tags["a.b"]` or `rules[*].status`.
 * Source: "Property paths" in https://www.pulumi.com/docs/iac/concepts/miscellaneous/property-paths/
 */
export function readPropertyPath(path: string): readonly Step[] {
  return [...path.matchAll(/\["((?:[^"\\]|\\.)*)"\]|\[(\d+|\*)\]|([^.[\]]+)/g)].map(
    ([, quoted, index, name = ""]) => {
      if (quoted !== undefined) return quoted.replace(/\\(.)/g, "$1");
      if (index !== undefined) return index === "*" ? "*" : Number(index);
      return name;
    },
  );
}

/** The value at a path; undefined if it is absent. What follows a `*` is left out. */
export function valueAt(value: PropertyValue | undefined, path: readonly Step[]) {
  let found = value;
  for (const step of path) {
    if (step === "*") return found;
    found = childOf(found, step);
  }
  return found;
}

/** The inputs with the values that another version has at a path. */
export function withValueOf(
  inputs: Properties,
  other: Properties,
  path: readonly Step[],
): Properties {
  return replacedAt(inputs, other, path) as Properties;
}

function replacedAt(
  value: PropertyValue | undefined,
  other: PropertyValue | undefined,
  [step, ...rest]: readonly Step[],
): PropertyValue | undefined {
  if (step === undefined) return other;
  if (step === "*") {
    const steps = new Set([...stepsOf(value), ...stepsOf(other)]);
    let result = value;
    for (const each of steps) result = replacedAt(result, other, [each, ...rest]);
    return result;
  }
  const inner = replacedAt(childOf(value, step), childOf(other, step), rest);
  if (Array.isArray(value) && typeof step === "number" && inner !== undefined)
    return (value as PropertyValue[]).map((item, index) => (index === step ? inner : item));
  if (value === undefined || !isGroup(value)) return value;
  const others = Object.entries(value).filter(([name]) => name !== step);
  return Object.fromEntries(inner === undefined ? others : [...others, [step, inner]]);
}

function childOf(value: PropertyValue | undefined, step: Step): PropertyValue | undefined {
  if (Array.isArray(value)) return (value as readonly PropertyValue[])[Number(step)];
  return value !== undefined && isGroup(value) ? value[step] : undefined;
}

function stepsOf(value: PropertyValue | undefined): readonly Step[] {
  if (Array.isArray(value)) return value.map((_, index) => index);
  return value !== undefined && isGroup(value) ? Object.keys(value) : [];
}
