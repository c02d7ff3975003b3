import type { PolicyResource } from "@pulumi/policy";
import type { BucketLink, StackBuckets } from "../../companions";
import type { Decision } from "../../decision";
import { bucketLoggingTypes, bucketType, bucketV2Type } from "../../resourceTypes";
import { UNKNOWN, readEach } from "../../value";

const targetPaths: Readonly<Record<string, readonly [string, ...string[]]>> = {
  [bucketLoggingTypes[0]]: ["targetBucket"],
  [bucketLoggingTypes[1]]: ["targetBucket"],
  [bucketType]: ["logging", "targetBucket"],
  [bucketV2Type]: ["loggings", "targetBucket"],
};

/** The buckets that receive the server access logs of another bucket of the stack. */
export class AccessLogTargets {
  readonly #declared = new Set<string>();
  readonly #elsewhere = new Set<string>();
  #unknown = false;

  constructor(buckets: StackBuckets, resources: readonly PolicyResource[]) {
    for (const resource of resources) {
      const path = targetPaths[resource.type];
      if (path === undefined) continue;
      for (const name of readEach(resource.props, path)) {
        const link = buckets.linkOf(resource, path[0], name);
        if (link.kind === "declared") this.#declared.add(link.urn);
        else if (link.kind === "elsewhere") this.#elsewhere.add(link.name);
        else this.#unknown = true;
      }
    }
  }

  include(bucket: BucketLink): Decision {
    if (bucket.kind === "declared" && this.#declared.has(bucket.urn)) return true;
    if (bucket.kind === "elsewhere" && this.#elsewhere.has(bucket.name)) return true;
    if (bucket.kind === "unknown" && this.#declared.size + this.#elsewhere.size > 0) return UNKNOWN;
    return this.#unknown ? UNKNOWN : false;
  }
}
