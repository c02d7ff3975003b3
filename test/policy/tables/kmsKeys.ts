import { resource } from "../../../policy/testing";
import type { TestResource, WireProperties } from "../../../policy/testing";

export const keyArn = "arn:aws:kms:eu-central-1:123456789012:key/1234abcd";

export function key(props: WireProperties): readonly TestResource[] {
  return [resource("aws:kms/key:Key", "key", props)];
}

/** Imported keys and replicas, which share most properties with keys. */
export function otherKeys(props: WireProperties): readonly TestResource[] {
  return ["externalKey:ExternalKey", "replicaKey:ReplicaKey"].map((type) =>
    resource(`aws:kms/${type}`, type, props),
  );
}

export function keyPolicy(props: WireProperties): TestResource {
  return resource("aws:kms/keyPolicy:KeyPolicy", "policy", props);
}

/** The statement in the default key policy of AWS. */
export const accountDecides = {
  Sid: "Enable IAM User Permissions",
  Effect: "Allow",
  Principal: { AWS: "arn:aws:iam::123456789012:root" },
  Action: "kms:*",
  Resource: "*",
};

export function documentOf(...statements: readonly unknown[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}
