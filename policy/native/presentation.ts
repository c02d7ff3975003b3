import type { PolicyResource } from "@pulumi/policy";
import { type Properties, UNKNOWN } from "../reading/value";
import { at, nativePath, presented, topOf, type Twin } from "./fields";
import { twins } from "./twins";

/** A resource of Cloud Control as one of the AWS provider. */
export interface Part {
  readonly twin: Twin;
  readonly props: Record<string, unknown>;
  /** Properties that refer to the first part of the same resource. */
  readonly references: readonly string[];
}

/** The types of Cloud Control that correspond to one of some types. */
export function nativeTypes(types: readonly string[]): readonly string[] {
  return Object.entries(twins)
    .filter(([, found]) => found.some(({ type }) => types.includes(type)))
    .map(([type]) => type);
}

/** What a resource of Cloud Control corresponds to. Empty for any other resource. */
export function partsOf({ type, props }: { readonly type: string; readonly props: Properties }) {
  return (twins[type] ?? [])
    .filter(
      ({ block, unless }) =>
        (block === undefined || isSet(props, block)) &&
        (unless === undefined || !isSet(props, unless)),
    )
    .map((twin): Part => {
      const own = presented(props, twin.fields);
      // A bucket may be named by Cloud Control: its parts refer to it by their origin.
      const references = (twin.refersToParent ?? []).filter((name) => own[name] === undefined);
      return {
        twin,
        references,
        props: { ...own, ...Object.fromEntries(references.map((name) => [name, UNKNOWN])) },
      };
    });
}

function isSet(props: Properties, block: string): boolean {
  return (at(props, block) ?? undefined) !== undefined;
}

/** Replaces every resource of Cloud Control, and the references to it. */
export function presentedStack(resources: readonly PolicyResource[]): readonly PolicyResource[] {
  const replaced = new Map(resources.map((resource) => [resource, copiesOf(resource)]));
  const translated = (origins: readonly PolicyResource[]) =>
    origins.flatMap((origin) => (replaced.get(origin) ?? []).map(({ copy }) => copy));
  return [...replaced].flatMap(([resource, copies]) =>
    copies.map(({ copy, twin, references }) => {
      copy.dependencies = translated(resource.dependencies);
      copy.propertyDependencies = Object.fromEntries(
        originsOf(resource, twin).map(([name, origins]) => [name, translated(origins)]),
      );
      const [main] = copies;
      for (const name of references) copy.propertyDependencies[name] = main ? [main.copy] : [];
      return copy;
    }),
  );
}

interface Copy {
  readonly copy: PolicyResource;
  readonly twin: Twin | undefined;
  readonly references: readonly string[];
}

function copiesOf(resource: PolicyResource): readonly Copy[] {
  const parts = partsOf(resource);
  if (parts.length === 0) return [{ copy: { ...resource }, twin: undefined, references: [] }];
  return parts.map(({ twin, props, references }) => ({
    copy: { ...resource, type: twin.type, props },
    ...{ twin, references },
  }));
}

/** Property -> the resources that its value comes from. */
function originsOf(
  { propertyDependencies }: PolicyResource,
  twin: Twin | undefined,
): readonly (readonly [string, readonly PolicyResource[]])[] {
  if (twin === undefined) return Object.entries(propertyDependencies);
  return Object.entries(twin.fields).map(([name, field]) => [
    name,
    propertyDependencies[topOf(field)] ?? [],
  ]);
}

/** Words of the AWS provider in a message: `rules[0].status`, `add an aws.s3.BucketLogging`. */
const words =
  /\b(?:add an? )?aws\.(?<service>[a-z0-9]+)\.(?<name>[A-Z]\w*)|(?:^|\bset )?\b[a-z]\w*(?:\[\d+\])*(?:\.\w+(?:\[\d+\])*)*/g;

/**
 * A message with the names that properties and resources have in Cloud Control.
 *
 * @param found what the resource corresponds to. Default: what one of its type can.
 */
export function inNativeNames(
  message: string,
  type: string,
  found: readonly Twin[] = twins[type] ?? [],
): string {
  const replaced = [...message.matchAll(words)].map(({ 0: word, index, groups }) => {
    const { service, name } = groups ?? {};
    const native =
      service === undefined || name === undefined
        ? propertyFor(word, index === 0, found)
        : (blockFor(name, found) ?? resourceFor(word, service, name));
    return { index, word, native: native ?? word };
  });
  return replaced.reduceRight(
    (text, { index, word, native }) =>
      text.slice(0, index) + native + text.slice(index + word.length),
    message,
  );
}

function propertyFor(words: string, isFirst: boolean, found: readonly Twin[]): string | undefined {
  const verb = words.startsWith("set ") ? "set " : "";
  const word = words.slice(verb.length);
  // A single word in the middle of a sentence is English: "the policy of the bucket".
  if (!isFirst && verb === "" && !/[A-Z.[]/.test(word)) return undefined;
  const path = found.map(({ fields }) => nativePath(word, fields)).find((one) => one);
  return path === undefined ? undefined : `${verb}${path}`;
}

/** The block that replaces a resource of its own. */
function blockFor(name: string, found: readonly Twin[]): string | undefined {
  const twin = found.find(({ type, block }) => block && type.endsWith(`:${name}`));
  return twin?.block === undefined ? undefined : `set ${twin.block}`;
}

function resourceFor(word: string, service: string, name: string): string | undefined {
  const type = `aws-native:${service}:${name}`;
  return Object.hasOwn(twins, type) ? word.replace("aws.", "aws-native.") : undefined;
}
