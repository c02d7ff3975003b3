import type { WireProperties } from "./markers";

/** A resource as a policy receives it. */
export interface TestResource {
  readonly type: string;
  readonly name: string;
  /** Plain data, with the markers of `markers.ts`. */
  readonly props: WireProperties;
  /** Default: the URN of a resource without a parent in stack `test`. */
  readonly urn?: string;
  /** URNs of the resources that it depends on. */
  readonly dependencies?: readonly string[];
  /** Property name -> URNs of the resources that its value comes from. */
  readonly propertyDependencies?: Readonly<Record<string, readonly string[]>>;
  /** URN of the parent. */
  readonly parent?: string;
  /** The option of the same name. Default: false. */
  readonly protect?: boolean;
  /** The inputs of an explicit provider, if there is one. */
  readonly providerInputs?: WireProperties;
}

/**
 * Creates a resource.
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
