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
