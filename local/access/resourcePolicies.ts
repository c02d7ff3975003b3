import type { Caller } from "../../aws/iam/accessRequest";
import type { IamPolicy } from "../../aws/iam/language/iamPolicy";
import { parseArn } from "../../components/iam/arn";
import type { ResourceGraph } from "../../engine/graph/resourceGraph";
import {
  declaredBucket,
  declaredKey,
  type DeclaredResource,
  declaredStream,
  type ExistingResources,
  existingResources,
} from "./declaredResources";
import { Unresolved } from "./declaredValue";

/** Whose a resource is and what its own policy says. */
export interface ResourceSide {
  readonly account: string;
  /** Absent if the resource has none. */
  readonly policy?: IamPolicy;
  /** What was taken to be so, since the graph does not tell, as a sentence. */
  readonly assumption?: string;
}

/** The policies of the buckets, keys and streams that a graph declares or names. */
export class ResourcePolicies {
  readonly #graph: ResourceGraph;
  readonly #existing: ExistingResources;
  readonly #declared = new Map<string, DeclaredResource>();

  constructor(graph: ResourceGraph) {
    this.#graph = graph;
    this.#existing = existingResources(graph);
  }

  /**
   * @param arn of what a call is made to; the role to assume has its own way (see `DeclaredRole`)
   * @param stackAccount account of the stack, and so of all that it declares
   */
  of(arn: string, caller: Caller, stackAccount: string): ResourceSide | Unresolved {
    const { partition, service, account, resource } = parseArn(arn);
    switch (service) {
      case "s3":
        return this.#ofBucket(
          `arn:${partition}:s3:::${resource.split("/")[0] ?? ""}`,
          stackAccount,
        );
      case "kms":
        return this.#ofKey(arn, caller, stackAccount);
      case "kinesis":
        return this.#ofStream(arn, stackAccount);
      default:
        return { account };
    }
  }

  #ofBucket(arn: string, stackAccount: string): ResourceSide | Unresolved {
    const { resource, policy } = this.#read(arn, declaredBucket);
    const account = (resource ? undefined : this.#existing.bucketAccounts.get(arn)) ?? stackAccount;
    if (policy !== undefined) return known(policy, { account });
    if (resource) return { account };
    if (account !== stackAccount)
      return new Unresolved(
        `the policy of the bucket ${arn}, of account ${account}, is not declared here`,
      );
    const assumption = `The bucket ${arn} is not declared here: taken to be this account's, without a policy of its own.`;
    return { account, assumption };
  }

  #ofKey(arn: string, caller: Caller, stackAccount: string): ResourceSide | Unresolved {
    const { account, resource: name } = parseArn(arn);
    if (!name.startsWith("key/"))
      return new Unresolved(`the key behind ${arn} is not declared here`);
    const { resource, policy } = this.#read(arn, declaredKey);
    if (policy !== undefined) return known(policy, { account });
    const leftToIam = { account, policy: defaultKeyPolicy(arn) };
    if (resource) return leftToIam;
    if (account !== stackAccount)
      return new Unresolved(
        `the policy of the key ${arn}, of another account, is not declared here`,
      );
    if ("service" in caller)
      return new Unresolved(
        `the policy of the key ${arn}, which has to let ${caller.service} in, is not declared here`,
      );
    const assumption = `The key ${arn} is not declared here: its policy is taken to leave access to IAM.`;
    return { ...leftToIam, assumption };
  }

  #ofStream(arn: string, stackAccount: string): ResourceSide | Unresolved {
    const { account } = parseArn(arn);
    const { resource, policy } = this.#read(arn, declaredStream);
    if (policy !== undefined) return known(policy, { account });
    if (resource) return { account };
    if (account !== stackAccount)
      return new Unresolved(
        `the policy of the stream ${arn}, of another account, is not declared here`,
      );
    const assumption = `The stream ${arn} is not declared here: taken to have no policy of its own.`;
    return { account, assumption };
  }

  /** Once for each: calls are many, and resources few. */
  #read(
    arn: string,
    read: (graph: ResourceGraph, arn: string) => DeclaredResource,
  ): DeclaredResource {
    const declared = this.#declared.get(arn) ?? read(this.#graph, arn);
    this.#declared.set(arn, declared);
    return declared;
  }
}

function known(
  policy: IamPolicy | Unresolved,
  side: Pick<ResourceSide, "account">,
): ResourceSide | Unresolved {
  return policy instanceof Unresolved ? policy : { ...side, policy };
}

/**
 * The policy of a key that was created without one: it leaves access to the IAM policies of its
 * account.
 *
 * Source: AWS KMS Developer Guide, "Default key policy".
 */
export function defaultKeyPolicy(keyArn: string): IamPolicy {
  const { partition, account } = parseArn(keyArn);
  return {
    name: "default key policy",
    version: "2012-10-17",
    statements: [
      {
        sid: "Enable IAM User Permissions",
        effect: "Allow",
        principals: [{ type: "AWS", value: `arn:${partition}:iam::${account}:root` }],
        actions: ["kms:*"],
        resources: ["*"],
        conditions: [],
      },
    ],
  };
}
