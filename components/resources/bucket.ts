import * as s3 from "@pulumi/aws/s3";
import * as pulumi from "@pulumi/pulumi";
import { nameInArn } from "../iam/arn";
import { tlsOnly } from "../iam/bucketPolicies";
import { fixedHead } from "../prefix/fixedHead";
import { accessLogs, type LoggedBucket } from "./accessLogs";
import { bucketSafeguards } from "./bucketSafeguards";
import type { PipelineKey } from "./key";
import { lifecycleRules } from "./lifecycleRules";
import { type Scope, safeguarded } from "./scope";
import type { SourceStream } from "./stream";

/** The bucket of the data lake, new or existing. */
export interface LakeBucket {
  readonly arn: pulumi.Output<string>;
  readonly name: pulumi.Output<string>;
  /** The customer-managed key that Firehose encrypts objects with; undefined for the bucket's default. */
  readonly key: PipelineKey | undefined;
  /** Beginnings of the keys of all objects; of an existing bucket, which others use too. */
  readonly beginnings: pulumi.Output<readonly string[]> | undefined;
  /** What must exist before the first object is written. */
  readonly safeguards: readonly pulumi.Resource[];
}

/** @param backup a new bucket whose access is logged together with that of a new lake */
export function lakeBucket(
  scope: Scope,
  stream: SourceStream,
  key: PipelineKey | undefined,
  backup: LoggedBucket | undefined,
): LakeBucket {
  const { name, settings } = scope;
  if (settings.existing.bucketArn !== undefined) {
    const arn = pulumi.output(settings.existing.bucketArn);
    const { prefix, errorPrefix } = settings.delivery;
    // Without an error prefix, failed records are under the prefix.
    const beginnings = pulumi
      .all([prefix, errorPrefix])
      .apply(([data, errors]) => [fixedHead(data), fixedHead(errors === "" ? data : errors)]);
    return { arn, name: arn.apply(nameInArn), key, beginnings, safeguards: [] };
  }
  const bucket = new s3.Bucket(
    name,
    { forceDestroy: settings.bucket.forceDestroy, tags: settings.tags },
    safeguarded(scope),
  );
  const safeguards = bucketSafeguards(scope, name, bucket, {
    policy: bucket.arn.apply(tlsOnly),
    encryption: { sseAlgorithm: "aws:kms", ...(key && { kmsMasterKeyId: key.arn }) },
    versioning: settings.bucket.versioning,
    lifecycle: lifecycleRules(settings),
  });
  accessLogs(scope, [{ name, bucket }, ...(backup === undefined ? [] : [backup])], stream);
  return { arn: bucket.arn, name: bucket.bucket, key, beginnings: undefined, safeguards };
}
