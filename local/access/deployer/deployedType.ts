/** The calls of a deployment for one type of resource. */
export interface DeployedType {
  /** Where the calls come from, e.g. the file of the Terraform provider that @pulumi/aws contains. */
  readonly source: string;
  readonly calls: readonly Calls[];
  /** The service that gets the roles in the resource's inputs, e.g. `firehose.amazonaws.com`. */
  readonly passesRolesTo?: string;
}

/** Calls on the same resources, as IAM actions, e.g. `s3:PutBucketPolicy`. */
export interface Calls {
  readonly on: Target | readonly Target[];
  readonly create?: readonly string[];
  /** To refresh the state, and after each change. */
  readonly read?: readonly string[];
  readonly update?: readonly string[];
  readonly delete?: readonly string[];
  /** An input that the resource must set to something other than false; with dots, a nested one. */
  readonly when?: string;
  /** The calls pass the tags of the resource, so that a condition can require these. */
  readonly withTags?: true;
  /** Operator -> condition key -> value, with placeholders as in a target. */
  readonly condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/**
 * What calls apply to:
 *
 * - An ARN with placeholders: `{partition}`, `{region}` and `{account}`, and properties of the resource
 *   (`{name}`). A property that is unknown becomes `*`.
 * - `*`, for actions that support no resources.
 * - The key, or the role, that a property refers to by its ARN, id or name. A key that the program creates has no
 *   id before: then all keys of the region are meant, limited by the tags of this one.
 */
export type Target = string | { readonly key: string } | { readonly role: string };

/** Resource type token -> its calls. */
export type DeployedTypes = Readonly<Record<string, DeployedType>>;

/** The kinds of calls, in the order in which they happen. */
export const PHASES = ["create", "read", "update", "delete"] as const;

/** A file of the Terraform provider that @pulumi/aws is generated from. */
export function providerFile(path: string): string {
  return `hashicorp/terraform-provider-aws, internal/service/${path}`;
}

/** Calls that read and replace a part of another resource, such as the policy of a bucket. */
export function partOf(
  on: Target | readonly Target[],
  calls: { readonly read: readonly string[]; readonly put: readonly string[] } & {
    readonly remove?: readonly string[];
  },
): readonly Calls[] {
  const { read, put, remove = put } = calls;
  return [{ on, create: put, read, update: put, delete: remove }];
}
