import type { PolicyResource } from "@pulumi/policy";
import type { Kind } from "./kinds";
import { appendTo, type Link, type Referrers } from "./link";
import { Linker } from "./linker";

/** All resources of a stack, and who refers to whom. What it finds out once, it keeps. */
export class Stack {
  readonly #byType = new Map<string, PolicyResource[]>();
  readonly #linkers = new Map<Kind, Linker>();
  readonly #referrers = new Map<string, ReferrerIndex>();

  constructor(resources: readonly PolicyResource[]) {
    for (const resource of resources) appendTo(this.#byType, resource.type, resource);
  }

  ofTypes(types: readonly string[]): readonly PolicyResource[] {
    return types.flatMap((type) => this.#byType.get(type) ?? []);
  }

  /**
   * What a property refers to. Linked by a known name or ARN, else by the resource that the value
   * comes from, which is known in a preview, too. None when the property is absent.
   *
   * @param path the property, or a place inside it; a list on the way gives a link for each element
   */
  links(resource: PolicyResource, path: string, kind: Kind): readonly Link[] {
    const linker = this.#linkers.get(kind) ?? new Linker(kind, this.ofTypes(kind.types));
    this.#linkers.set(kind, linker);
    return linker.links(resource, path);
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

/** Who refers to what by one property. */
class ReferrerIndex {
  readonly #byTarget = new Map<PolicyResource | string, PolicyResource[]>();
  readonly #open: Extract<Link, { kind: "unknown" }>[] = [];

  add(referrer: PolicyResource, link: Link): void {
    if (link.kind === "unknown") this.#open.push(link);
    else appendTo(this.#byTarget, keyOf(link), referrer);
  }

  referrers(target: PolicyResource | Link): Referrers {
    const link = "kind" in target ? target : { kind: "declared" as const, resource: target };
    if (link.kind === "unknown") {
      return { certain: [], mayGrow: this.#byTarget.size + this.#open.length > 0 };
    }
    const open = this.#open.some(
      ({ couldBe }) => link.kind === "elsewhere" || couldBe(link.resource),
    );
    return { certain: this.#byTarget.get(keyOf(link)) ?? [], mayGrow: open };
  }
}

function keyOf(link: Exclude<Link, { kind: "unknown" }>): PolicyResource | string {
  return link.kind === "declared" ? link.resource : link.name;
}
