import { isDeepStrictEqual } from "node:util";
import {
  isGroup,
  type Properties,
  type PropertyValue,
  revealed,
  Secret,
  Unknown,
  valuesIn,
} from "../../../engine/graph/resourceGraph";

/** An input with another value than before. */
export interface PropertyChange {
  /** As programs write it, e.g. `rules[0].expiration.days`; items with an identity by that, e.g. `rules[raw]`. */
  readonly path: string;
  /** Undefined if the input is new. */
  readonly before: PropertyValue | undefined;
  /** Undefined if the input is removed. */
  readonly after: PropertyValue | undefined;
}

/** In a state, the names of the inputs of a group that the provider has set by itself. */
const DEFAULTS = "__defaults";

/**
 * The inputs that differ, as deep as possible; JSON documents are compared by their content. An unknown
 * value equals another one. A secret that cannot be read counts as equal.
 */
export function propertyChanges(before: Properties, after: Properties): readonly PropertyChange[] {
  return groupChanges("", before, after);
}

function groupChanges(path: string, before: Properties, after: Properties): PropertyChange[] {
  const defaults = before[DEFAULTS];
  const set = (name: string): boolean =>
    after[name] !== undefined || !Array.isArray(defaults) || !defaults.includes(name);
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names]
    .filter((name) => name !== DEFAULTS && set(name))
    .flatMap((name) => valueChanges(nameIn(path, name), before[name], after[name]));
}

function valueChanges(
  path: string,
  before: PropertyValue | undefined,
  after: PropertyValue | undefined,
): PropertyChange[] {
  if (areEqual(before, after)) return [];
  if (before === undefined || after === undefined) return [{ path, before, after }];
  const [was, is] = [contentOf(before), contentOf(after)];
  if (isGroup(was) && isGroup(is)) return groupChanges(path, was, is);
  if (Array.isArray(was) && Array.isArray(is)) {
    const pairs = pairedItems(was as PropertyValue[], is as PropertyValue[]);
    if (pairs) return pairs.flatMap(({ at, was, is }) => valueChanges(`${path}[${at}]`, was, is));
  }
  // Two secrets, or two unknown values, would look the same here.
  const isKnown = [was, is].every(
    (value) => !(value instanceof Secret || value instanceof Unknown),
  );
  return isKnown && isDeepStrictEqual(was, is) ? [] : [{ path, before, after }];
}

function areEqual(one: PropertyValue | undefined, other: PropertyValue | undefined): boolean {
  if (one instanceof Unknown && other instanceof Unknown) return true;
  if (one instanceof Secret || other instanceof Secret) {
    const [mine, theirs] = [revealed(one ?? null), revealed(other ?? null)];
    const isReadable = [...valuesIn(mine), ...valuesIn(theirs)].every(
      (value) => !(value instanceof Unknown),
    );
    const isAbsent = one === undefined || other === undefined;
    return !isAbsent && (!isReadable || isDeepStrictEqual(mine, theirs));
  }
  // Pulumi drops an input that is null.
  return (one ?? null) === (other ?? null);
}

/** What a JSON document contains; any other value as it is. */
function contentOf(value: PropertyValue): PropertyValue {
  if (typeof value !== "string" || !/^\s*[[{]/.test(value)) return value;
  try {
    return JSON.parse(value) as PropertyValue;
  } catch {
    return value;
  }
}

interface PairedItem {
  /** The identity of an item, or its index. */
  readonly at: string | number;
  readonly was: PropertyValue | undefined;
  readonly is: PropertyValue | undefined;
}

/** Inputs that identify an item of a list: of lifecycle rules, statements, metric queries and processors. */
const IDENTITIES = ["id", "Sid", "parameterName"] as const;

/** The items of two lists of groups, by their identity where they have one; undefined for other lists. */
function pairedItems(
  before: readonly PropertyValue[],
  after: readonly PropertyValue[],
): readonly PairedItem[] | undefined {
  if (![...before, ...after].every(isGroup)) return undefined;
  for (const identity of IDENTITIES) {
    const [was, is] = [byIdentity(before, identity), byIdentity(after, identity)];
    if (was && is)
      return [...new Set([...was.keys(), ...is.keys()])].map((at) => ({
        ...{ at, was: was.get(at), is: is.get(at) },
      }));
  }
  return Array.from({ length: Math.max(before.length, after.length) }, (_, at) => ({
    ...{ at, was: before[at], is: after[at] },
  }));
}

/** Undefined if an item has no identity, or shares it. */
function byIdentity(
  items: readonly PropertyValue[],
  identity: string,
): ReadonlyMap<string, PropertyValue> | undefined {
  const found = new Map<string, PropertyValue>();
  for (const item of items) {
    const id = isGroup(item) ? item[identity] : undefined;
    if (typeof id === "string") found.set(id, item);
  }
  return found.size === items.length && items.length > 0 ? found : undefined;
}

function nameIn(path: string, name: string): string {
  if (!/^[\w$-]+$/.test(name)) return `${path}[${JSON.stringify(name)}]`;
  return path === "" ? name : `${path}.${name}`;
}
