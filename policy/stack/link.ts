import type { PolicyResource } from "@pulumi/policy";

/** What one property of a resource refers to. */
export type Link =
  | { readonly kind: "declared"; readonly resource: PolicyResource }
  /** Something that this stack does not declare. */
  | { readonly kind: "elsewhere"; readonly name: string }
  /** It depends on values that are not known yet. */
  | { readonly kind: "unknown"; readonly couldBe: (resource: PolicyResource) => boolean };

/** The resources of a stack that refer to one of them by some property. */
export interface Referrers {
  readonly certain: readonly PolicyResource[];
  /** Whether the update may show that there are more. */
  readonly mayGrow: boolean;
}

/** Adds a value to the list of a key. */
export function appendTo<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}
