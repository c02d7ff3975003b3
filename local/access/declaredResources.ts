import { parseArn } from "../../components/iam/arn";
import {
  type GraphResource,
  type ResourceGraph,
  resourcesOfType,
} from "../../engine/graph/resourceGraph";
import { declaredPolicy, declaredText, declaredValue, names } from "./declaredValue";
import type { IamPolicy } from "../../aws/iam/language/iamPolicy";
import type { Unclear } from "./unresolved";

/** A bucket, key or stream as a graph declares it. */
export interface DeclaredResource {
  /** Absent if the graph only names it, or looks it up. */
  readonly resource?: GraphResource;
  /** The policy that hangs on it; absent if none is declared. */
  readonly policy?: IamPolicy | Unclear;
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
