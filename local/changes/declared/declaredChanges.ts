import { withoutMadeUp } from "../../../engine/graph/madeUp";
import {
  type GraphOptions,
  type GraphResource,
  mapValues,
  type PropertyValue,
  Unknown,
  valuesIn,
} from "../../../engine/graph/resourceGraph";
import { nameInputOf } from "../../../engine/provider/physicalName";
import { replacedBy, type ResourceVersions } from "../replacement/replacedBy";
import { replacementFacts } from "../replacement/replacementFacts";
import { carriedName, carriedTexts, withReplacedText } from "./carriedTexts";
import { formerResources } from "./formerResources";

import { type PropertyChange, propertyChanges } from "./propertyChanges";
import { readPropertyPath, withValueOf } from "./propertyPath";

/** What an update would do to one resource, as far as the versions of its program show it. */
export interface DeclaredChange {
  readonly kind: "added" | "changed" | "replaced" | "removed";
  /** Of a resource that is removed, the one that it had. */
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** Its URN before, if an alias connects the two. */
  readonly formerUrn?: string;
  readonly properties: readonly PropertyChange[];
  /** Options that decide what an update may delete. */
  readonly options: readonly PropertyChange[];
  /** The inputs that force a replacement. */
  readonly replacedBy: readonly string[];
  /** Replaced, and deleted before the new one exists. */
  readonly deletedFirst: boolean;
  /** Whether it is known which changes replace this type. */
  readonly isReplacementKnown: boolean;
  /** Added, but it exists already: the program imports it. */
  readonly isImported: boolean;
  /** Replaced or removed, which `protect` prevents: the update fails. */
  readonly isProtected: boolean;
  readonly before?: GraphResource;
  readonly after?: GraphResource;
}

/** One version of what a program declares. */
export interface DeclaredVersion {
  /** In the order of registration. */
  readonly resources: readonly GraphResource[];
  /** Of the resources that do not set one. */
  readonly region: string;
}

/**
 * What an update from one version of a program to another would do: a model of what Pulumi's engine plans,
 * with the replacements that `replacementFacts` knows. Where it depends on outputs of a resource that is
 * replaced, it takes the worst case: each of them changes.
 *
 * @returns changes in the order of the new version; then what is removed, in the order of the old one
 */
export function declaredChanges(
  before: DeclaredVersion,
  after: DeclaredVersion,
): readonly DeclaredChange[] {
  const former = formerResources(before.resources, after.resources);
  const history: History = { replaced: new Map(), carried: new Map() };
  const changes = after.resources.filter(isManaged).flatMap((resource) => {
    const old = former.get(resource.urn);
    if (old === undefined || !isManaged(old)) return [added(resource)];
    const versions = { before: old, after: resource };
    const change = changed(versions, [before, after], history);
    if (change?.kind === "replaced")
      history.replaced.set(resource.urn, { ...change, texts: renewedTexts(versions) });
    else for (const [text, former] of carriedTexts(versions)) history.carried.set(text, former);
    return change ?? [];
  });
  const kept = new Set([...former.values()].map(({ urn }) => urn));
  const removed = before.resources
    .filter((resource) => isManaged(resource) && !kept.has(resource.urn))
    .map((resource) => ({
      ...unchanged(resource),
      kind: "removed" as const,
      isProtected: resource.options.protect === true,
      before: resource,
    }));
  return [...changes, ...removed];
}

/** What the resources so far mean for the ones that depend on them. */
interface History {
  /** By URN. */
  readonly replaced: Map<string, Replaced>;
  readonly carried: Map<string, string>;
}

interface Replaced {
  readonly deletedFirst: boolean;
  /** Strings that the new resource does not share with the old one, e.g. its ARN. */
  readonly texts: readonly string[];
}

function isManaged({ custom, external }: GraphResource): boolean {
  return custom && !external;
}

function unchanged({ urn, type, name }: GraphResource): Omit<DeclaredChange, "kind"> {
  return {
    ...{ urn, type, name, properties: [], options: [], replacedBy: [] },
    ...{ deletedFirst: false, isImported: false, isProtected: false },
    isReplacementKnown: replacementFacts.has(type),
  };
}

function added(after: GraphResource): DeclaredChange {
  const isImported = after.options.import !== undefined;
  return { ...unchanged(after), kind: "added", isImported, after };
}

function changed(
  versions: ResourceVersions,
  [was, is]: readonly [DeclaredVersion, DeclaredVersion],
  history: History,
): DeclaredChange | undefined {
  const before = inRegion(versions.before, was.region);
  const causes = causesOf(versions.after, history.replaced);
  const after = inRegion(updated({ ...versions, before }, causes, history), is.region);
  const properties = propertyChanges(before.inputs, after.inputs);
  const options = optionChanges(before.options, after.options);
  const unknown = [...causes.keys()].filter((property) => isUnknown(after.inputs[property]));
  const forcing = replacedBy({ before, after });
  const forced = [...new Set([...(forcing ?? []), ...forcedBy(after.type, unknown)])];
  if (properties.length + options.length + forced.length === 0) return undefined;
  const isReplaced = forced.length > 0;
  return {
    ...unchanged(after),
    ...(before.urn !== after.urn && { formerUrn: before.urn }),
    kind: isReplaced ? "replaced" : "changed",
    ...{ properties, options, replacedBy: forced },
    deletedFirst:
      isReplaced &&
      (after.options.deleteBeforeReplace === true ||
        isNamed(versions) ||
        forced.some((path) =>
          causes.get(path.split(".")[0] ?? "")?.some(({ deletedFirst }) => deletedFirst),
        )),
    isProtected: isReplaced && before.options.protect === true && after.options.protect === true,
    ...{ before, after },
  };
}

/** With the stack's region, if the resource is in that and can change it. */
function inRegion(resource: GraphResource, region: string): GraphResource {
  const { type, inputs, options } = resource;
  const hasRegion = "region" in (replacementFacts.get(type)?.replaces ?? {});
  const provider = options.provider?.split("::").at(-1) ?? "default";
  if (!hasRegion || !provider.startsWith("default")) return resource;
  return { ...resource, inputs: { region, ...inputs } };
}

/** Input -> the replaced resources whose outputs it is made of. */
function causesOf(
  { propertyDependencies }: GraphResource,
  replaced: ReadonlyMap<string, Replaced>,
): ReadonlyMap<string, readonly Replaced[]> {
  return new Map(
    Object.entries(propertyDependencies)
      .map(([name, urns]) => [name, urns.flatMap((urn) => replaced.get(urn) ?? [])] as const)
      .filter(([, causes]) => causes.length > 0),
  );
}

/** The new version as the engine compares it: without ignored changes, and with what is unknown until then. */
function updated(
  { before, after }: ResourceVersions,
  causes: ReadonlyMap<string, readonly Replaced[]>,
  { carried }: History,
): GraphResource {
  const renewed = mapValues(after.inputs, (value, name) =>
    withoutMadeUp(
      value,
      (causes.get(name) ?? []).flatMap(({ texts }) => texts),
    ),
  );
  const own = carriedName({ before, after });
  let inputs = withReplacedText(renewed, new Map([...carried, ...own]));
  for (const path of after.options.ignoreChanges ?? [])
    inputs = withValueOf(inputs, before.inputs, readPropertyPath(path));
  return { ...after, inputs };
}

function isUnknown(value: PropertyValue | undefined): boolean {
  return value !== undefined && [...valuesIn(value)].some((part) => part instanceof Unknown);
}

/** Of inputs that are unknown before and after, those that a replaced resource changes for certain. */
function forcedBy(type: string, inputs: readonly string[]): string[] {
  const { replaces = {} } = replacementFacts.get(type) ?? {};
  return inputs.filter((name) => name in replaces);
}

/** Ids, ARNs and generated names: shorter strings occur in others by chance. */
const SHORTEST = 3;

function renewedTexts({ before, after }: ResourceVersions): readonly string[] {
  const generated = isNamed({ before, after }) ? undefined : nameInputOf(after)?.property;
  const computed = Object.entries(after.outputs)
    .filter(([name]) => !(name in after.inputs) || name === generated)
    .map(([, value]) => value);
  return [after.id, ...computed].filter(
    (value): value is string => typeof value === "string" && value.length >= SHORTEST,
  );
}

/**
 * Whether the program sets the name. Then the provider deletes the old resource first, because both cannot
 * have it: `nameRequiresDeleteBeforeReplace` in pkg/tfbridge/schema.go of pulumi/pulumi-terraform-bridge.
 */
function isNamed({ before, after }: ResourceVersions): boolean {
  const input = nameInputOf(after);
  const name = input && after.inputs[input.property];
  if (input === undefined || name === undefined || input.isGenerated) return false;
  // In a state, the name that the provider has generated is one of its defaults.
  const { [input.property]: former, __defaults: defaults } = before.inputs;
  return !(former === name && Array.isArray(defaults) && defaults.includes(input.property));
}

/** The options without which an update may delete or replace a resource. */
const WATCHED = ["protect", "retainOnDelete"] as const;

function optionChanges(before: GraphOptions, after: GraphOptions): PropertyChange[] {
  return WATCHED.flatMap((path) => {
    const [was, is] = [before[path] ?? false, after[path] ?? false];
    return was === is ? [] : [{ path, before: was, after: is }];
  });
}
