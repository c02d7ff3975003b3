import type { PolicyResource } from "@pulumi/policy";
import { bucketTypes } from "./resourceTypes";
import { readValue } from "./value";
import type { Value } from "./value";

/** The bucket that a property of another resource points at. */
export type BucketLink =
  | { readonly kind: "declared"; readonly urn: string }
  /** A bucket that this stack does not declare. */
  | { readonly kind: "elsewhere"; readonly name: string }
  | { readonly kind: "unknown" };

/** The buckets that a stack declares, and who points at which of them. */
export class StackBuckets {
  readonly all: readonly PolicyResource[];
  readonly #urnByName = new Map<string, string>();

  constructor(resources: readonly PolicyResource[]) {
    this.all = resources.filter(isBucket);
    for (const bucket of this.all) {
      const name = readValue(bucket.props, "bucket");
      if (typeof name === "string") this.#urnByName.set(name, bucket.urn);
    }
  }

  /**
   * @param property the input that holds the bucket's name, or the block that it is in
   * @param name the bucket's name in it
   */
  linkOf(resource: PolicyResource, property: string, name: Value | undefined): BucketLink {
    const named = typeof name === "string" ? this.#urnByName.get(name) : undefined;
    if (named !== undefined) return { kind: "declared", urn: named };
    // A new bucket's name may be unknown until the update; where it comes from is always known.
    const [origin, ...others] = (resource.propertyDependencies[property] ?? []).filter(isBucket);
    if (origin !== undefined && others.length === 0) return { kind: "declared", urn: origin.urn };
    return typeof name === "string" ? { kind: "elsewhere", name } : { kind: "unknown" };
  }
}

/**
 * The resources of some types that complete a bucket: its encryption, its policy and its access
 * settings are resources of their own, which name it in `bucket`.
 */
export class Companions {
  readonly #byBucket = new Map<string, PolicyResource[]>();
  /** Those that no bucket of the stack could be found for, with what is known of theirs. */
  readonly unattached: readonly (readonly [PolicyResource, BucketLink])[];
  /** Whether a bucket without a companion may turn out to have one during the update. */
  readonly mayAttachLater: boolean;

  constructor(
    buckets: StackBuckets,
    resources: readonly PolicyResource[],
    types: readonly string[],
  ) {
    const unattached: (readonly [PolicyResource, BucketLink])[] = [];
    for (const resource of resources.filter(({ type }) => types.includes(type))) {
      const link = buckets.linkOf(resource, "bucket", readValue(resource.props, "bucket"));
      if (link.kind === "declared") {
        const attached = this.#byBucket.get(link.urn) ?? [];
        this.#byBucket.set(link.urn, [...attached, resource]);
      } else {
        unattached.push([resource, link]);
      }
    }
    this.unattached = unattached;
    this.mayAttachLater = unattached.some(([, link]) => link.kind === "unknown");
  }

  of(bucket: PolicyResource): readonly PolicyResource[] {
    return this.#byBucket.get(bucket.urn) ?? [];
  }
}

function isBucket({ type }: PolicyResource): boolean {
  return bucketTypes.some((bucketType) => bucketType === type);
}
