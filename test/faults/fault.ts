import type { TestPolicyConfig, TestResource, WireProperties } from "../../policy/testing";

/** What is broken in which resource of the component, and which rules must see it. */
export interface Fault {
  readonly what: string;
  readonly type: string;
  /** Default: `events`. */
  readonly name?: string;
  /** The broken inputs. */
  readonly breaks?: (props: WireProperties) => WireProperties;
  /** What stands in its place, when more than inputs is broken. With neither, it is taken away. */
  readonly becomes?: (resource: TestResource) => readonly TestResource[];
  /** Settings without which the rules allow it. */
  readonly config?: Readonly<Record<string, TestPolicyConfig>>;
  readonly caughtBy: readonly string[];
  /** For what a preview does not show. Default: it is caught by the same rules there. */
  readonly inPreview?: "undecided";
}

/** The resources with one fault. Fails when there is nothing to break. */
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
