import * as pulumi from "@pulumi/pulumi";
import { nameInArn } from "../iam/arn";
import { fixedHeads } from "../prefix/fixedHead";
import { accessLogs, type LoggedBucket } from "./accessLogs";
import { newBucket } from "./bucketSafeguards";
import type { PipelineKey } from "./key";
import { lifecycleRules } from "./lifecycleRules";
import type { Scope } from "./scope";
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
    const beginnings = pulumi
      .all([prefix, errorPrefix])
      .apply(([data, errors]) => fixedHeads(data, errors));
    return { arn, name: arn.apply(nameInArn), key, beginnings, safeguards: [] };
  }
  const { bucket, safeguards } = newBucket(scope, name, key, lifecycleRules(settings));
  accessLogs(scope, [{ name, bucket }, ...(backup === undefined ? [] : [backup])], stream);
  return { arn: bucket.arn, name: bucket.bucket, key, beginnings: undefined, safeguards };
}
