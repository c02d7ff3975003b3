import type { WireProperties } from "./markers";

/** A resource as a policy is to see it. */
export interface TestResource {
  readonly type: string;
  readonly name: string;
  /** Plain data, with the marks of `markers.ts`. */
  readonly props: WireProperties;
  /** Default: that of a resource at the top of stack `test`. */
  readonly urn?: string;
  /** URNs of the resources that it waits for. */
  readonly dependencies?: readonly string[];
  /** Name of a property -> URNs of the resources that its value comes from. */
  readonly propertyDependencies?: Readonly<Record<string, readonly string[]>>;
  /** URN of its parent. */
  readonly parent?: string;
  /** The inputs of its provider, if it has one of its own. */
  readonly providerInputs?: WireProperties;
}

/**
 * Makes a resource.
 *
 * @param links the resources that the value of a property comes from: `{ bucket: lake }`
 */
export function resource(
  type: string,
  name: string,
  props: WireProperties,
  links: Readonly<Record<string, TestResource | readonly TestResource[]>> = {},
): TestResource {
  const propertyDependencies = Object.fromEntries(
    Object.entries(links).map(([property, origins]) => [property, [origins].flat().map(urnOf)]),
  );
  const dependencies = [...new Set(Object.values(propertyDependencies).flat())];
  return { type, name, props, dependencies, propertyDependencies };
}

export function urnOf({ urn, type, name }: Pick<TestResource, "urn" | "type" | "name">): string {
  return urn ?? `urn:pulumi:test::test::${type}::${name}`;
}
