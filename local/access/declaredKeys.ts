import type { FirehoseIdentity } from "../../aws/firehose/requests/firehoseIdentity";
import { InputReader } from "../../engine/graph/inputReader";
import { type GraphResource, type ResourceGraph } from "../../engine/graph/resourceGraph";
import { resourcesOfTypes } from "./declaredResources";
import { declaredString } from "./declaredValue";
import { readEncryptionAndOwnership } from "./encryptionAndOwnership";

/** A key that a delivery stream uses, as a program declares it. */
export interface DeclaredKey {
  readonly arn: string;
  /** E.g. `the objects`. */
  readonly encrypts: string;
  /** As DescribeKey would report it once it is deployed. */
  readonly state: "Enabled" | "Disabled" | "PendingImport";
}

/**
 * The declared keys of a delivery stream. Keys that exist already are not among them: what state they are in
 * only AWS knows.
 *
 * @throws Error if an encryption is unknown
 */
export function declaredKeys(
  graph: ResourceGraph,
  identity: FirehoseIdentity,
): readonly DeclaredKey[] {
  const { streamKey, objectKey, logKey } = readEncryptionAndOwnership(graph, identity);
  const uses = new Map<string, string>();
  for (const [arn, encrypts] of [
    [objectKey, "the objects"],
    [streamKey, "the stream"],
    [logKey, "the error log"],
  ] as const)
    if (arn !== undefined && !uses.has(arn)) uses.set(arn, encrypts);
  return resourcesOfTypes(graph, Object.keys(states)).flatMap((resource) => {
    const arn = declaredString(resource, "arn");
    const encrypts = arn === undefined ? undefined : uses.get(arn);
    if (resource.external || arn === undefined || encrypts === undefined) return [];
    return { arn, encrypts, state: states[resource.type]?.(resource) ?? "Enabled" };
  });
}

/** Source: the provider's aws.kms.Key (isEnabled) and aws.kms.ExternalKey (enabled, keyMaterialBase64). */
const states: Readonly<Record<string, (key: GraphResource) => DeclaredKey["state"]>> = {
  "aws:kms/key:Key": ({ inputs }) => stateOf(new InputReader(inputs).flag("isEnabled")),
  "aws:kms/replicaKey:ReplicaKey": ({ inputs }) => stateOf(new InputReader(inputs).flag("enabled")),
  "aws:kms/externalKey:ExternalKey": ({ inputs }) =>
    "keyMaterialBase64" in inputs
      ? stateOf(new InputReader(inputs).flag("enabled"))
      : "PendingImport",
};

function stateOf(enabled: boolean | undefined): DeclaredKey["state"] {
  return enabled === false ? "Disabled" : "Enabled";
}
