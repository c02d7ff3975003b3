import type { PolicyResource } from "@pulumi/policy";
import type { Value } from "../reading/value";
import { appendTo, type Kind, type Link, type Referrers, type UnknownLink } from "./link";
import { Linker } from "./linker";

/** All resources of a stack and the references between them. Results are cached. */
export class Stack {
  readonly #byType = new Map<string, PolicyResource[]>();
  readonly #linkers = new Map<Kind, Linker>();
  readonly #referrers = new Map<string, ReferrerIndex>();

  readonly #looksAt: (types: readonly string[]) => void;

  /** @param looksAt receives the types of resources that a rule asks for */
  constructor(
    resources: readonly PolicyResource[],
    looksAt: (types: readonly string[]) => void = () => undefined,
  ) {
    this.#looksAt = looksAt;
    for (const resource of resources) appendTo(this.#byType, resource.type, resource);
  }

  get resources(): readonly PolicyResource[] {
    return [...this.#byType.values()].flat();
  }

  ofTypes(types: readonly string[]): readonly PolicyResource[] {
    this.#looksAt(types);
    return types.flatMap((type) => this.#byType.get(type) ?? []);
  }

  /**
   * What a property refers to: by a known name or ARN, otherwise by the resource that the value
   * comes from, which is known even in a preview. Empty if the property is absent.
   *
   * @param path the property, or a path inside it; a list on the way yields a link per element
   */
  links(resource: PolicyResource, path: string, kind: Kind): readonly Link[] {
    return this.#linker(kind).links(resource, path);
  }

  /**
   * What a value refers to that a rule has read itself.
   *
   * @param origins the resources that the property comes from that contains it
   */
  linksOf(value: Value, origins: readonly PolicyResource[], kind: Kind): readonly Link[] {
    return [this.#linker(kind).linkOf(value, origins)];
  }

  #linker(kind: Kind): Linker {
    const linker = this.#linkers.get(kind) ?? new Linker(kind, this.ofTypes(kind.types));
    this.#linkers.set(kind, linker);
    return linker;
  }

  /**
   * The resources of some types whose property at `path` refers to a target.
   *
   * @param target a resource of the kind, or what another property refers to
   */
  referrers(
    target: PolicyResource | Link,
    kind: Kind,
    types: readonly string[],
    path: string,
  ): Referrers {
    const key = [path, ...kind.types, ...types].join(" ");
    const index = this.#referrers.get(key) ?? this.#indexed(kind, types, path);
    this.#referrers.set(key, index);
    return index.referrers(target);
  }

  #indexed(kind: Kind, types: readonly string[], path: string): ReferrerIndex {
    const index = new ReferrerIndex();
    for (const resource of this.ofTypes(types)) {
      for (const link of this.links(resource, path, kind)) index.add(resource, link);
    }
    return index;
  }
}

const stacks = new WeakMap<readonly PolicyResource[], Stack>();

/**
 * The stack of some resources. Rules that get the same list share it, with all that it has found.
 *
 * @param looksAt as in the constructor; of the first rule that asks, because it is the same for all of a run
 */
export function stackOf(
  resources: readonly PolicyResource[],
  looksAt?: (types: readonly string[]) => void,
): Stack {
  const stack = stacks.get(resources) ?? new Stack(resources, looksAt);
  stacks.set(resources, stack);
  return stack;
}

/** Finds something in a stack once, however many resources a rule evaluates. */
export function oncePerStack<T>(find: (stack: Stack) => T): (stack: Stack) => T {
  const found = new WeakMap<Stack, { readonly value: T }>();
  return (stack) => {
    const known = found.get(stack) ?? { value: find(stack) };
    found.set(stack, known);
    return known.value;
  };
}

/** The referrers of each target, by one property. */
class ReferrerIndex {
  readonly #byTarget = new Map<PolicyResource | string, PolicyResource[]>();
  readonly #unknown: UnknownLink[] = [];

  add(referrer: PolicyResource, link: Link): void {
    if (link.kind === "unknown") this.#unknown.push(link);
    else appendTo(this.#byTarget, keyOf(link), referrer);
  }

  referrers(target: PolicyResource | Link): Referrers {
    const link = "kind" in target ? target : { kind: "declared" as const, resource: target };
    if (link.kind === "unknown") {
      return { certain: [], mayGrow: this.#byTarget.size + this.#unknown.length > 0 };
    }
    const mayGrow = this.#unknown.some(
      ({ couldBe }) => link.kind === "elsewhere" || couldBe(link.resource),
    );
    return { certain: this.#byTarget.get(keyOf(link)) ?? [], mayGrow };
  }
}

function keyOf(link: Exclude<Link, UnknownLink>): PolicyResource | string {
  return link.kind === "declared" ? link.resource : link.name;
}
