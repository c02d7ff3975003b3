import type { PolicyResource } from "@pulumi/policy";
import type { Link, Referrers } from "./link";
import { appendTo } from "./lists";

/** Who refers to what by one property. */
export class ReferrerIndex {
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
