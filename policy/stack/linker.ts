import type { PolicyResource } from "@pulumi/policy";
import { readEach, readValue, type Value } from "../reading/value";
import { appendTo, type Kind, type Link } from "./link";

/** Finds the resource of one kind that a property refers to. */
export class Linker {
  readonly #types: readonly string[];
  readonly #byName = new Map<string, PolicyResource[]>();
  /** Resources whose name, or ARN, is unknown until the update. */
  readonly #unnamed = new Set<PolicyResource>();
  readonly #withoutArn = new Set<PolicyResource>();

  constructor({ types, namedBy }: Kind, targets: readonly PolicyResource[]) {
    this.#types = types;
    for (const target of targets) {
      const names = namedBy
        .map((property) => readValue(target.props, property))
        .filter((name) => typeof name === "string");
      for (const name of names) appendTo(this.#byName, name, target);
      if (names.every(isArn)) this.#unnamed.add(target);
      if (!names.some(isArn)) this.#withoutArn.add(target);
    }
  }

  /** One link for each value at the path; a list on the way has several values. */
  links(resource: PolicyResource, path: string): readonly Link[] {
    const [property = path] = path.split(".");
    const origins = (resource.propertyDependencies[property] ?? []).filter(({ type }) =>
      this.#types.includes(type),
    );
    return readEach(resource.props, path).map((value) => this.#link(value, origins));
  }

  /** What a value refers to that comes from some resources. */
  linkOf(value: Value, origins: readonly PolicyResource[]): Link {
    const possible = origins.filter(({ type }) => this.#types.includes(type));
    return this.#link(value, possible);
  }

  /** By name if the name is known, otherwise by the value's origin, which is always known. */
  #link(value: Value, origins: readonly PolicyResource[]): Link {
    if (typeof value !== "string") return declared(origins) ?? unknown(new Set(origins));
    const named = this.#byName.get(value);
    const possible = named ? new Set(named) : isArn(value) ? this.#withoutArn : this.#unnamed;
    const link =
      declared(named ?? []) ?? declared(origins.filter((origin) => possible.has(origin)));
    if (link !== undefined) return link;
    return possible.size > 0 ? unknown(possible) : { kind: "elsewhere", name: value };
  }
}

function declared(resources: readonly PolicyResource[]): Link | undefined {
  const [resource, ...others] = resources;
  return resource && others.length === 0 ? { kind: "declared", resource } : undefined;
}

/** @param candidates the possible targets; if empty, any resource is possible */
function unknown(candidates: ReadonlySet<PolicyResource>): Link {
  return {
    kind: "unknown",
    couldBe: (resource) => candidates.size === 0 || candidates.has(resource),
  };
}

function isArn(name: string): boolean {
  return name.startsWith("arn:");
}
