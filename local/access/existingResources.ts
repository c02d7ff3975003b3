import { revealed } from "../../engine/graph/propertyValues";
import { type ResourceGraph, resourcesOfType } from "../../engine/graph/resourceGraph";

/** What pipelines are told of streams and buckets that they use and do not declare. */
export interface ExistingResources {
  /** ARN of a stream -> ARN of the key that it is encrypted with. */
  readonly streamKeys: ReadonlyMap<string, string>;
  /** ARN of a bucket -> id of the account that it belongs to. */
  readonly bucketAccounts: ReadonlyMap<string, string>;
}

/** The settings `existing` of the pipelines in a graph: an ARN alone tells none of this. */
export function existingResources(graph: ResourceGraph): ExistingResources {
  const streamKeys = new Map<string, string>();
  const bucketAccounts = new Map<string, string>();
  for (const { inputs } of resourcesOfType(graph, "streamlake:index:DeliveryPipeline")) {
    const existing = (revealed(inputs["existing"] ?? {}) ?? {}) as Record<string, unknown>;
    const { streamArn, keyArn, bucketArn, bucketAccountId } = existing;
    if (typeof streamArn === "string" && typeof keyArn === "string")
      streamKeys.set(streamArn, keyArn);
    if (typeof bucketArn === "string" && typeof bucketAccountId === "string")
      bucketAccounts.set(bucketArn, bucketAccountId);
  }
  return { streamKeys, bucketAccounts };
}
