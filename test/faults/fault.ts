import type { TestPolicyConfig, TestResource, WireProperties } from "../../policy/testing";

/** A fault in one resource of the component, and the rules that must report it. */
export interface Fault {
  readonly what: string;
  readonly type: string;
  /** Default: `events`. */
  readonly name?: string;
  /** Changes the inputs of the resource. */
  readonly breaks?: (props: WireProperties) => WireProperties;
  /** Replaces the resource, if more than inputs change. With neither, the resource is removed. */
  readonly becomes?: (resource: TestResource) => readonly TestResource[];
  /** Settings that the rules need to report it. */
  readonly config?: Readonly<Record<string, TestPolicyConfig>>;
  readonly caughtBy: readonly string[];
  /**
   * Rules that report it in a preview, if not all: the others are undecided, because they depend on values
   * that only the update knows. Default: `caughtBy`.
   */
  readonly inPreview?: readonly string[];
}

/** The resources with one fault. Fails if there is no such resource. */
export function broken(
  resources: readonly TestResource[],
  { type, name = "events", breaks, becomes }: Fault,
): readonly TestResource[] {
  const victim = resources.find((resource) => resource.type === type && resource.name === name);
  if (!victim) throw new Error(`There is no ${type} "${name}" to break`);
  const replaced =
    becomes?.(victim) ?? (breaks ? [{ ...victim, props: breaks(victim.props) }] : []);
  return resources.flatMap((resource) => (resource === victim ? replaced : [resource]));
}
