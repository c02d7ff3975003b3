import assert from "node:assert/strict";
import {
  type GraphResource,
  isGroup,
  type PropertyValue,
  type ResourceGraph,
  Secret,
  Unknown,
} from "../../../engine/graph/resourceGraph";

/**
 * Compares every value of every resource, and the outputs of the stack.
 *
 * @returns how many values are equal
 * @throws AssertionError that lists the values that differ
 */
export function assertAgree(offline: ResourceGraph, real: ResourceGraph): number {
  const [ours, theirs] = [valuesOf(offline), valuesOf(real)];
  const paths = [...new Set([...ours.keys(), ...theirs.keys()])];
  const differences = paths
    .filter((path) => ours.get(path) !== theirs.get(path))
    .map(
      (path) => `${path}\n  offline ${shown(ours.get(path))}\n  Pulumi  ${shown(theirs.get(path))}`,
    );
  assert.equal(differences.join("\n"), "");
  return paths.length;
}

function shown(value: string | undefined): string {
  return value?.slice(0, 200) ?? "absent";
}

function valuesOf(graph: ResourceGraph): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const resource of graph.resources.filter(({ urn }) => !isDefaultProvider(urn)))
    for (const [path, value] of leaves(comparable(resource), resource.urn)) values.set(path, value);
  return values;
}

/** Pulumi adds a provider for resources without one, and notes it in each of them. */
function isDefaultProvider(urn: string): boolean {
  return /^urn:pulumi:[^:]+::[^:]+::pulumi:providers:[^:]+::default/.test(urn);
}

/** Options that a state has in another form, or not at all. The provider is compared apart from them. */
const NOT_IN_STATE = new Set(["aliases", "deleteBeforeReplace", "errorHooks", "hooks", "provider"]);

/** What both engines record of a resource. A place in an installed package is of no use to anybody. */
function comparable(resource: GraphResource) {
  const { dependencies, propertyDependencies, options, position, id, ...rest } = resource;
  const { provider } = options;
  const kept = Object.entries(options).filter(([name]) => !NOT_IN_STATE.has(name));
  return {
    ...rest,
    // Pulumi chooses the ids of providers.
    ...(id !== undefined && !resource.type.startsWith("pulumi:providers:") && { id }),
    ...(position && !position.file.includes("node_modules/") && { position }),
    dependencies: [...dependencies].sort(),
    propertyDependencies: Object.fromEntries(
      Object.entries(propertyDependencies).map(([key, urns]) => [key, [...urns].sort()]),
    ),
    options: {
      ...Object.fromEntries(kept),
      ...(provider !== undefined && !isDefaultProvider(provider) && { provider }),
    },
  } as unknown as PropertyValue;
}

function* leaves(value: PropertyValue, path: string): Generator<readonly [string, string]> {
  if (value instanceof Secret) yield* leaves(value.reveal(), `${path} (secret)`);
  else if (Array.isArray(value) || isGroup(value)) {
    const entries = Object.entries(value);
    if (entries.length === 0) yield [path, Array.isArray(value) ? "[]" : "{}"];
    // Pulumi keeps such properties for itself.
    for (const [key, child] of entries.filter(([name]) => !name.startsWith("__")))
      yield* leaves(child as PropertyValue, `${path} ${key}`);
  } else yield [path, value instanceof Unknown ? "unknown" : JSON.stringify(value)];
}
