import * as kms from "@pulumi/aws/kms";
import * as pulumi from "@pulumi/pulumi";
import { logGroupArn } from "../iam/arn";
import { keyPolicy } from "../iam/keyPolicies";
import { errorLogName, neverDeleted, type Scope } from "./scope";

/** The customer-managed key of stream and bucket. */
export interface PipelineKey {
  readonly arn: pulumi.Output<string>;
  /** What must exist before the key can be used through the pipeline's roles. */
  readonly grants: readonly pulumi.Resource[];
}

/** A new key or the existing one; undefined if AWS manages the keys. */
export function pipelineKey(scope: Scope): PipelineKey | undefined {
  const { name, settings } = scope;
  const { existing, encryption } = settings;
  if (existing.keyArn !== undefined) return { arn: pulumi.output(existing.keyArn), grants: [] };
  const nothingToEncrypt =
    existing.streamArn !== undefined && existing.bucketArn !== undefined && !encryption.errorLog;
  if (encryption.mode === "aws-managed" || nothingToEncrypt) return undefined;

  const options = neverDeleted(scope);
  const key = new kms.Key(
    name,
    {
      description: `Data at rest of the pipeline ${name}: stream and bucket`,
      enableKeyRotation: true,
      deletionWindowInDays: 30,
      tags: settings.tags,
    },
    options,
  );
  new kms.Alias(name, { targetKeyId: key.keyId }, options);
  const document = key.arn.apply((arn) =>
    keyPolicy(
      arn,
      encryption.errorLog ? { logGroupArn: logGroupArn(arn, errorLogName(scope)) } : {},
    ),
  );
  // A separate resource, because the policy contains the account, which the key's ARN provides.
  const policy = new kms.KeyPolicy(
    name,
    { keyId: key.keyId, policy: pulumi.jsonStringify(document) },
    options,
  );
  return { arn: key.arn, grants: [policy] };
}
