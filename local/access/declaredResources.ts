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
  declaredText,
  declaredValue,
  names,
  type Unresolved,
} from "./declaredValue";

/** A bucket, key or stream as a graph declares it. */
export interface DeclaredResource {
  /** Absent if the graph only names it, or looks it up. */
  readonly resource?: GraphResource;
  /** The policy that hangs on it; absent if none is declared. */
  readonly policy?: IamPolicy | Unresolved;
}

/** @param arn of the bucket, not of an object in it */
export function declaredBucket(graph: ResourceGraph, arn: string): DeclaredResource {
  return declaredResource(graph, bucketTypes, arn, "bucket policy", {
    policies: bucketPolicyTypes,
    property: "bucket",
    identifiers: [parseArn(arn).resource, arn],
  });
}

export function declaredKey(graph: ResourceGraph, arn: string): DeclaredResource {
  return declaredResource(graph, keyTypes, arn, "key policy", {
    policies: ["aws:kms/keyPolicy:KeyPolicy"],
    property: "keyId",
    identifiers: [parseArn(arn).resource.replace(/^key\//, ""), arn],
  });
}

export function declaredStream(graph: ResourceGraph, arn: string): DeclaredResource {
  return declaredResource(graph, ["aws:kinesis/stream:Stream"], arn, "resource policy", {
    policies: ["aws:kinesis/resourcePolicy:ResourcePolicy"],
    property: "resourceArn",
    identifiers: [arn],
  });
}

/** Under their present and their former tokens. */
const bucketTypes = ["aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2"];
const bucketPolicyTypes = ["aws:s3/bucketPolicy:BucketPolicy"];
const keyTypes = [
  "aws:kms/key:Key",
  "aws:kms/externalKey:ExternalKey",
  "aws:kms/replicaKey:ReplicaKey",
  "aws:kms/replicaExternalKey:ReplicaExternalKey",
];

/** Resources that hold the policy of another resource, and how they name it. */
interface Companions {
  readonly policies: readonly string[];
  readonly property: string;
  readonly identifiers: readonly string[];
}

function declaredResource(
  graph: ResourceGraph,
  types: readonly string[],
  arn: string,
  kind: string,
  { policies, property, identifiers }: Companions,
): DeclaredResource {
  const resource = ofTypes(graph, types).find(
    (candidate) => !candidate.external && declaredText(candidate, "arn") === arn,
  );
  const named = { ...(resource && { urn: resource.urn }), identifiers };
  // The last one to be put wins.
  const companion = ofTypes(graph, policies)
    .filter((policy) => names(policy, property, named))
    .at(-1);
  const holder = companion ?? resource;
  const value = holder && declaredValue(holder, "policy");
  return {
    ...(resource && { resource }),
    ...(value !== undefined && { policy: declaredPolicy(`${kind} ${holder?.name ?? ""}`, value) }),
  };
}

export function ofTypes(graph: ResourceGraph, types: readonly string[]): readonly GraphResource[] {
  return types.flatMap((type) => resourcesOfType(graph, type));
}

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
