import * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import { parseArn } from "../iam/arn";
import { deliveryAccess, firehoseTrust, sourceAccess } from "../iam/deliveryAccess";
import { type PolicyDocument, policyDocument } from "../iam/policyDocument";
import type { Backup } from "./backup";
import type { LakeBucket } from "./bucket";
import type { ConversionTable } from "./conversion";
import type { ErrorLog } from "./errorLog";
import { safeguarded, type Scope } from "./scope";
import type { SourceStream } from "./stream";

/** The roles that Firehose assumes. */
export interface FirehoseRoles {
  readonly sourceArn: pulumi.Output<string>;
  readonly deliveryArn: pulumi.Output<string>;
  /** The policies that must exist before the delivery stream is created. */
  readonly policies: readonly pulumi.Resource[];
  /** All permissions that the new roles have, or that an existing role needs. */
  readonly required: pulumi.Output<PolicyDocument>;
}

/** Everything that the roles give access to. */
export interface PipelineResources {
  readonly stream: SourceStream;
  readonly bucket: LakeBucket;
  readonly log: ErrorLog;
  /** Undefined if records are not converted. */
  readonly table: ConversionTable | undefined;
  /** Undefined if source records are not backed up. */
  readonly backup: Backup | undefined;
}

/**
 * Two roles, because a change of the source's role replaces the delivery stream, which then loses
 * its position in the source; the role for delivery can change freely.
 */
export function firehoseRoles(scope: Scope, resources: PipelineResources): FirehoseRoles {
  const { stream, bucket, log, table, backup } = resources;
  const noKey = pulumi.output(undefined);
  const source = pulumi
    .all([stream.arn, stream.key?.arn ?? noKey])
    .apply(([streamArn, keyArn]) => sourceAccess({ streamArn, keyArn }));
  const delivery = pulumi
    .output({
      bucketArn: bucket.arn,
      foreignBucket: isForeign(scope.settings.existing.bucketAccountId, stream),
      beginnings: bucket.beginnings,
      logStreamArn: log.streamArn,
      backupLogStreamArn: log.backupStream?.arn,
      keyArn: bucket.key?.arn ?? noKey,
      encryptedLog: log.key && { logGroupArn: log.groupArn, keyArn: log.key.arn },
      functionArn: scope.settings.transform.functionArn,
      tableArn: table?.arn,
      backup: backup && {
        bucketArn: backup.arn,
        foreignBucket: isForeign(scope.settings.backup.bucketAccountId, stream),
        beginnings: backup.beginnings,
        keyArn: backup.key?.arn,
      },
    })
    .apply(deliveryAccess);
  const required = pulumi
    .all([source, delivery])
    .apply(([read, write]) => policyDocument(...read.Statement, ...write.Statement));

  const { existing } = scope.settings;
  if (existing.roleArn !== undefined) {
    const arn = pulumi.output(existing.roleArn);
    return { sourceArn: arn, deliveryArn: arn, policies: [], required };
  }
  const sourceRole = role(scope, "source", stream, source);
  const deliveryRole = role(scope, "delivery", stream, delivery);
  return {
    sourceArn: sourceRole.arn,
    deliveryArn: deliveryRole.arn,
    policies: [sourceRole.policy, deliveryRole.policy],
    required,
  };
}

/** Whether the owner of a bucket, if it is set, is another account. */
function isForeign(
  bucketAccountId: pulumi.Input<string> | undefined,
  { arn }: SourceStream,
): pulumi.Output<boolean> {
  return pulumi
    .all([arn, bucketAccountId])
    .apply(([streamArn, owner]) => owner !== undefined && owner !== parseArn(streamArn).account);
}

function role(
  scope: Scope,
  side: "source" | "delivery",
  stream: SourceStream,
  access: pulumi.Output<PolicyDocument>,
): { arn: pulumi.Output<string>; policy: pulumi.Resource } {
  const { name, settings } = scope;
  const { permissionsBoundaryArn } = settings.roles;
  const options = safeguarded(scope);
  const trust = stream.arn.apply((arn) => firehoseTrust(parseArn(arn).account));
  const { arn, name: roleName } = new iam.Role(
    `${name}-${side}`,
    {
      description: `Firehose ${side === "source" ? "reads the stream" : "writes the lake"} of ${name}`,
      path: settings.roles.path,
      ...(permissionsBoundaryArn !== undefined && { permissionsBoundary: permissionsBoundaryArn }),
      assumeRolePolicy: pulumi.jsonStringify(trust),
      tags: settings.tags,
    },
    options,
  );
  const policy = new iam.RolePolicy(
    `${name}-${side}`,
    { role: roleName, policy: pulumi.jsonStringify(access) },
    options,
  );
  return { arn, policy };
}
