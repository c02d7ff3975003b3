import type { PolicyResource } from "@pulumi/policy";
import type { Kind } from "./kinds";
import type { Link, Referrers } from "./link";
import { appendTo } from "./lists";
import { Linker } from "./linker";
import { ReferrerIndex } from "./referrerIndex";

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
