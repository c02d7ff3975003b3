import * as pulumi from "@pulumi/pulumi";
import { existingBucketPolicy } from "../iam/bucketPolicies";
import { producerAccess, readerAccess } from "../iam/clientAccess";
import { existingKeyPolicy } from "../iam/keyPolicies";
import { fixedHead } from "../prefix/fixedHead";
import type { FirehoseRoles, PipelineResources } from "./roles";
import type { Scope } from "./scope";

/** Policy documents (JSON) for identities and resources that the pipeline does not manage. */
export interface PoliciesForOthers {
  /** For producers of the stream. */
  readonly producer: pulumi.Output<string>;
  /** For readers of the delivered data. */
  readonly reader: pulumi.Output<string>;
  /** For the owner of an existing bucket of another account; empty without one. */
  readonly requiredOfBucket: pulumi.Output<string>;
  /** For the owner of an existing key; empty without one. */
  readonly requiredOfKey: pulumi.Output<string>;
}

export function policiesForOthers(
  { settings }: Scope,
  { stream, bucket, log, key }: PipelineResources,
  roles: FirehoseRoles,
): PoliciesForOthers {
  const { existing, delivery } = settings;
  const { sourceArn: sourceRoleArn, deliveryArn: deliveryRoleArn } = roles;
  const parts = {
    producer: pulumi.output({ streamArn: stream.arn, keyArn: stream.key?.arn }),
    reader: pulumi.output({
      bucketArn: bucket.arn,
      prefix: pulumi.output(delivery.prefix).apply(fixedHead),
      keyArn: key?.arn,
    }),
    bucket: pulumi.output({ bucketArn: bucket.arn, deliveryRoleArn }),
    key: pulumi.output({
      keyArn: existing.keyArn ?? "",
      stream: stream.key && { streamArn: stream.arn, sourceRoleArn },
      bucket: { bucketArn: bucket.arn, deliveryRoleArn },
      log: log.key && { logGroupArn: log.groupArn, deliveryRoleArn },
    }),
  };
  const none = pulumi.output("");
  return {
    producer: pulumi.jsonStringify(parts.producer.apply(producerAccess)),
    reader: pulumi.jsonStringify(parts.reader.apply(readerAccess)),
    requiredOfBucket:
      existing.bucketAccountId === undefined
        ? none
        : pulumi.jsonStringify(parts.bucket.apply(existingBucketPolicy)),
    requiredOfKey:
      existing.keyArn === undefined
        ? none
        : pulumi.jsonStringify(parts.key.apply(existingKeyPolicy)),
  };
}
