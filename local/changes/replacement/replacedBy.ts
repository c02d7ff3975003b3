import type { GraphResource, PropertyValue } from "../../../engine/graph/resourceGraph";
import { propertyChanges } from "../declared/propertyChanges";
import { readPropertyPath, valueAt } from "../declared/propertyPath";
import { type ReplacementFacts, replacementFacts } from "./replacementFacts";

/** A resource before and after a change of its program. */
export interface ResourceVersions {
  readonly before: GraphResource;
  readonly after: GraphResource;
}

/**
 * The inputs whose change forces a replacement, with dots for nested ones. Undefined if that is unknown for
 * the type, and no option of the resource forces one.
 */
export function replacedBy({ before, after }: ResourceVersions): readonly string[] | undefined {
  const facts = replacementFacts.get(after.type);
  const chosen = (after.options.replaceOnChanges ?? []).filter((path) => {
    const steps = readPropertyPath(path);
    return differ(valueAt(before.inputs, steps), valueAt(after.inputs, steps));
  });
  if (facts === undefined) return chosen.length > 0 ? chosen : undefined;
  const paths = [...new Set([...forced(facts, { before, after }), ...chosen])];
  // A group that is new or gone says more than what is in it.
  return paths.filter((path) => !paths.some((other) => path.startsWith(`${other}.`)));
}

function forced(
  { replaces, replacesWhole = [] }: ReplacementFacts,
  { before, after }: ResourceVersions,
): string[] {
  const values = (path: string) => {
    const steps = readPropertyPath(path);
    return [valueAt(before.inputs, steps), valueAt(after.inputs, steps)] as const;
  };
  return [
    ...replacesWhole.filter((path) => {
      const [was, is] = values(path);
      return countOf(was) !== countOf(is);
    }),
    ...Object.entries(replaces).flatMap(([path, fallback]) => {
      const [was, is] = values(path);
      return differ(was ?? fallback, is ?? fallback) ? [path] : [];
    }),
  ];
}

/** A group counts as a list of one. */
function countOf(value: PropertyValue | undefined): number {
  if (Array.isArray(value)) return value.length;
  return (value ?? null) === null ? 0 : 1;
}

function differ(one: PropertyValue | undefined, other: PropertyValue | undefined): boolean {
  const [was, is] = [one ?? null, other ?? null];
  return propertyChanges({ value: was }, { value: is }).length > 0;
}
