import type { IamPolicy } from "../../aws/iam/language/iamPolicy";
import { parseArn } from "../../components/iam/arn";
import {
  type GraphResource,
  type ResourceGraph,
  resourcesOfType,
  revealed,
} from "../../engine/graph/resourceGraph";
import {
  declaredPolicy,
  declaredString,
  declaredValue,
  refersTo,
  type Unresolved,
} from "./declaredValue";

/** A bucket, key or stream, and its resource-based policy, as a graph declares them. */
export interface DeclaredResource {
  /** Absent if the graph only names the resource, or looks it up. */
  readonly resource?: GraphResource;
  /** Absent if no policy is declared. */
  readonly policy?: IamPolicy | Unresolved;
}

/** @param arn ARN of the bucket, not of an object in it */
export function declaredBucket(graph: ResourceGraph, arn: string): DeclaredResource {
  return declaredResource(graph, bucketTypes, arn, "bucket policy", {
    types: ["aws:s3/bucketPolicy:BucketPolicy"],
    property: "bucket",
    identifiers: [parseArn(arn).resource, arn],
  });
}

export function declaredKey(graph: ResourceGraph, arn: string): DeclaredResource {
  return declaredResource(graph, keyTypes, arn, "key policy", {
    types: ["aws:kms/keyPolicy:KeyPolicy"],
    property: "keyId",
    identifiers: [parseArn(arn).resource.replace(/^key\//, ""), arn],
  });
}

export function declaredStream(graph: ResourceGraph, arn: string): DeclaredResource {
  return declaredResource(graph, ["aws:kinesis/stream:Stream"], arn, "resource policy", {
    types: ["aws:kinesis/resourcePolicy:ResourcePolicy"],
    property: "resourceArn",
    identifiers: [arn],
  });
}

/** The current type token and the former one. */
const bucketTypes = ["aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2"];
const keyTypes = [
  "aws:kms/key:Key",
  "aws:kms/externalKey:ExternalKey",
  "aws:kms/replicaKey:ReplicaKey",
  "aws:kms/replicaExternalKey:ReplicaExternalKey",
];

/** Separate resources that contain the policy of another resource. */
interface PolicyResources {
  readonly types: readonly string[];
  /** Their property that refers to the other resource, with one of the identifiers. */
  readonly property: string;
  readonly identifiers: readonly string[];
}

/** @param kind kind of the policy, e.g. "bucket policy" */
function declaredResource(
  graph: ResourceGraph,
  types: readonly string[],
  arn: string,
  kind: string,
  policies: PolicyResources,
): DeclaredResource {
  const resource = resourcesOfTypes(graph, types).find(
    (candidate) => !candidate.external && declaredString(candidate, "arn") === arn,
  );
  const target = { ...(resource && { urn: resource.urn }), identifiers: policies.identifiers };
  // Each policy replaces the one before it, so the last one is in effect.
  const policyResource = resourcesOfTypes(graph, policies.types)
    .filter((candidate) => refersTo(candidate, policies.property, target))
    .at(-1);
  const holder = policyResource ?? resource;
  const value = holder && declaredValue(holder, "policy");
  return {
    ...(resource && { resource }),
    ...(value !== undefined && { policy: declaredPolicy(`${kind} ${holder?.name ?? ""}`, value) }),
  };
}

export function resourcesOfTypes(
  graph: ResourceGraph,
  types: readonly string[],
): readonly GraphResource[] {
  return types.flatMap((type) => resourcesOfType(graph, type));
}

/** What pipelines specify about streams and buckets that they use and do not declare. */
export interface ExistingResources {
  /** ARN of a stream -> ARN of the key that encrypts it. */
  readonly streamKeys: ReadonlyMap<string, string>;
  /** ARN of a bucket -> ID of the account that owns it. */
  readonly bucketAccounts: ReadonlyMap<string, string>;
}

/** Reads the settings `existing` of the pipelines in a graph. */
export function existingResources(graph: ResourceGraph): ExistingResources {
  const streamKeys = new Map<string, string>();
  const bucketAccounts = new Map<string, string>();
  for (const { inputs } of resourcesOfType(graph, "streamlake:index:DeliveryPipeline")) {
    const existing = (revealed(inputs["existing"] ?? {}) ?? {}) as Record<string, unknown>;
    const { streamArn, streamKeyArn, keyArn, bucketArn, bucketAccountId } = existing;
    const streamKey = streamKeyArn ?? keyArn;
    if (typeof streamArn === "string" && typeof streamKey === "string")
      streamKeys.set(streamArn, streamKey);
    if (typeof bucketArn === "string" && typeof bucketAccountId === "string")
      bucketAccounts.set(bucketArn, bucketAccountId);
  }
  return { streamKeys, bucketAccounts };
}
