import type { Caller } from "../../aws/iam/accessRequest";
import type { IamPolicy } from "../../aws/iam/language/iamPolicy";
import { parseArn } from "../../components/iam/arn";
import { type ResourceGraph, resourcesOfType } from "../../engine/graph/resourceGraph";
import {
  declaredBucket,
  declaredKey,
  type DeclaredResource,
  declaredStream,
  type ExistingResources,
  existingResources,
} from "./declaredResources";
import { declaredPolicy, Unresolved } from "./declaredValue";
import { declaredFunction } from "./functionPolicies";

/** The account that owns a resource, and the resource-based policy. */
export interface ResourceAccess {
  /** Account ID. */
  readonly account: string;
  /** Absent if the resource has none. */
  readonly policy?: IamPolicy;
  /** What was assumed because the graph does not contain it, as a sentence. */
  readonly assumption?: string;
}

/** The policies of the buckets, keys, streams, functions and Data Catalogs that a graph declares or names. */
export class ResourcePolicies {
  readonly #graph: ResourceGraph;
  readonly #existing: ExistingResources;
  readonly #declared = new Map<string, DeclaredResource>();

  constructor(graph: ResourceGraph) {
    this.#graph = graph;
    this.#existing = existingResources(graph);
  }

  /**
   * @param arn ARN of the resource of a request; for roles, see `DeclaredRole`
   * @param stackAccount account of the stack, which owns everything that the stack declares
   */
  accessTo(arn: string, caller: Caller, stackAccount: string): ResourceAccess | Unresolved {
    const { partition, service, account, resource } = parseArn(arn);
    switch (service) {
      case "s3":
        return this.#accessToBucket(
          `arn:${partition}:s3:::${resource.split("/")[0] ?? ""}`,
          stackAccount,
        );
      case "kms":
        return this.#accessToKey(arn, caller, stackAccount);
      case "kinesis":
        return this.#accessToStream(arn, stackAccount);
      case "lambda":
        return this.#accessToFunction(arn, stackAccount);
      case "glue":
        return this.#accessToCatalog(arn, stackAccount);
      default:
        return { account };
    }
  }

  #accessToBucket(arn: string, stackAccount: string): ResourceAccess | Unresolved {
    const { resource, policy } = this.#read(arn, declaredBucket);
    const account = (resource ? undefined : this.#existing.bucketAccounts.get(arn)) ?? stackAccount;
    if (policy !== undefined) return withPolicy(policy, account);
    if (resource) return { account };
    if (account !== stackAccount)
      return new Unresolved(
        `the policy of the bucket ${arn}, of account ${account}, is not declared here`,
      );
    const assumption = `The bucket ${arn} is not declared here: assumed to belong to this account and to have no policy.`;
    return { account, assumption };
  }

  #accessToKey(arn: string, caller: Caller, stackAccount: string): ResourceAccess | Unresolved {
    const { account, resource: name } = parseArn(arn);
    if (!name.startsWith("key/"))
      return new Unresolved(`the key of the alias ${arn} is not declared here`);
    const { resource, policy } = this.#read(arn, declaredKey);
    if (policy !== undefined) return withPolicy(policy, account);
    const delegated = { account, policy: defaultKeyPolicy(arn) };
    if (resource) return delegated;
    if (account !== stackAccount)
      return new Unresolved(
        `the policy of the key ${arn}, of another account, is not declared here`,
      );
    if ("service" in caller)
      return new Unresolved(
        `the policy of the key ${arn}, which must allow ${caller.service}, is not declared here`,
      );
    const assumption = `The key ${arn} is not declared here: its policy is assumed to delegate access to IAM policies.`;
    return { ...delegated, assumption };
  }

  #accessToStream(arn: string, stackAccount: string): ResourceAccess | Unresolved {
    const { account } = parseArn(arn);
    const { resource, policy } = this.#read(arn, declaredStream);
    if (policy !== undefined) return withPolicy(policy, account);
    if (resource) return { account };
    if (account !== stackAccount)
      return new Unresolved(
        `the policy of the stream ${arn}, of another account, is not declared here`,
      );
    const assumption = `The stream ${arn} is not declared here: assumed to have no policy.`;
    return { account, assumption };
  }

  #accessToFunction(arn: string, stackAccount: string): ResourceAccess | Unresolved {
    const { account } = parseArn(arn);
    const { resource, policy } = this.#read(arn, declaredFunction);
    if (policy !== undefined) return withPolicy(policy, account);
    if (resource) return { account };
    if (account !== stackAccount)
      return new Unresolved(
        `the policy of the function ${arn}, of another account, is not declared here`,
      );
    const assumption = `The function ${arn} is not declared here: assumed to have no policy.`;
    return { account, assumption };
  }

  /** A catalog exists in every account and region, and has at most one policy. */
  #accessToCatalog(arn: string, stackAccount: string): ResourceAccess | Unresolved {
    const { account } = parseArn(arn);
    if (account !== stackAccount)
      return new Unresolved(
        `the policy of the Data Catalog of account ${account} is not declared here`,
      );
    const [declared] = resourcesOfType(this.#graph, "aws:glue/resourcePolicy:ResourcePolicy");
    if (declared === undefined) return { account };
    const policy = declared.inputs["policy"] ?? null;
    return withPolicy(declaredPolicy("policy of the Data Catalog", policy), account);
  }

  /** Reads each resource once: calls are many, and resources few. */
  #read(
    arn: string,
    read: (graph: ResourceGraph, arn: string) => DeclaredResource,
  ): DeclaredResource {
    const declared = this.#declared.get(arn) ?? read(this.#graph, arn);
    this.#declared.set(arn, declared);
    return declared;
  }
}

function withPolicy(policy: IamPolicy | Unresolved, account: string): ResourceAccess | Unresolved {
  return policy instanceof Unresolved ? policy : { account, policy };
}

/**
 * The policy of a key that is created without one: it delegates access to the IAM policies of the
 * key's account.
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
