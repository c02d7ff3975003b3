import type { DeliveryStreamDescription } from "@aws-sdk/client-firehose";

/** One request to IAM of a call that a delivery stream makes. */
export interface RoleRequest {
  readonly caller:
    | { readonly roleArn: string; readonly sessionName: string }
    /** A service that calls as itself, e.g. Firehose to assume a role. */
    | { readonly service: string };
  /** e.g. `s3:PutObject` */
  readonly action: string;
  /** ARN */
  readonly resource: string;
  /** Condition keys that AWS sets. A key without values is absent from the request. */
  readonly context: Readonly<Record<string, string | readonly string[]>>;
}

/** ARNs of the customer's keys; absent if AWS manages the key or nothing is encrypted. */
export interface DescribedEncryption {
  readonly streamKey?: string;
  readonly objectKey?: string;
  readonly logKey?: string;
  readonly bucketKey: "enabled" | "disabled" | "unknown";
}

/** A policy of a resource, as JSON. */
export interface ResourcePolicy {
  /** E.g. `bucket policy`. */
  readonly name: string;
  readonly json: string;
}

/** What is known of IAM without asking AWS. */
export interface AccessModel {
  /**
   * The requests of all calls that a delivery stream makes.
   *
   * @throws Error if they are unknown, e.g. because of a prefix that cannot be evaluated
   */
  requests(
    description: DeliveryStreamDescription,
    encryption: DescribedEncryption,
  ): readonly RoleRequest[];
  /**
   * IAM's decision on a request.
   *
   * @param isAllowedByRole whether the policies of the calling role allow it
   * @param policy of the resource; absent if it has none
   */
  decide(
    request: RoleRequest,
    isAllowedByRole: boolean,
    policy: ResourcePolicy | undefined,
  ): { readonly outcome: "allowed" | "denied" | "undecided"; readonly reason?: string };
}
