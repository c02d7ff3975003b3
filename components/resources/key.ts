import * as kms from "@pulumi/aws/kms";
import * as pulumi from "@pulumi/pulumi";
import { logGroupArn } from "../iam/arn";
import { keyPolicy } from "../iam/keyPolicies";
import { featuresOf } from "../settings/features";
import { errorLogName, neverDeleted, type Scope } from "./scope";

/** A customer-managed key that the pipeline uses. */
export interface PipelineKey {
  readonly arn: pulumi.Output<string>;
  /** What must exist before the key can be used through the pipeline's roles. */
  readonly grants: readonly pulumi.Resource[];
}

/** The customer-managed keys of stream and bucket: one key, unless the settings specify two. */
export interface PipelineKeys {
  /** Undefined if AWS manages the key, or if an existing stream may have a key that is unknown. */
  readonly stream: PipelineKey | undefined;
  /** Of the error log too, if that is encrypted. Undefined if the bucket's own encryption applies. */
  readonly bucket: PipelineKey | undefined;
  /** Of the backup. Undefined without one, or if the encryption of an existing bucket applies. */
  readonly backup: PipelineKey | undefined;
}

export function pipelineKeys(scope: Scope): PipelineKeys {
  const { existing, encryption, backup } = scope.settings;
  const streamKey = existingKey(existing.streamKeyArn ?? existing.keyArn);
  const bucketKey = existingKey(existing.bucketKeyArn ?? existing.keyArn);
  const streamNeedsKey = existing.streamArn === undefined && streamKey === undefined;
  const bucketNeedsKey =
    (existing.bucketArn === undefined || encryption.errorLog) && bucketKey === undefined;
  const backupKey = existingKey(backup.keyArn);
  const backsUpIntoNew = featuresOf(scope.settings).backsUp && backup.bucketArn === undefined;
  const backupNeedsKey = backsUpIntoNew && (backupKey ?? bucketKey) === undefined;
  const needsKey = streamNeedsKey || bucketNeedsKey;
  const isNew = encryption.mode === "customer-managed" && (needsKey || backupNeedsKey);
  const own = isNew ? newKey(scope) : undefined;
  return {
    stream: streamKey ?? (streamNeedsKey ? own : undefined),
    bucket: bucketKey ?? (needsKey ? own : undefined),
    backup: backupKey ?? (backsUpIntoNew ? (bucketKey ?? own) : undefined),
  };
}

function existingKey(arn: pulumi.Input<string> | undefined): PipelineKey | undefined {
  return arn === undefined ? undefined : { arn: pulumi.output(arn), grants: [] };
}

function newKey(scope: Scope): PipelineKey {
  const { name, settings } = scope;
  const { encryption } = settings;
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
