import * as pulumi from "@pulumi/pulumi";
import type { AthenaLake } from "../athena/athenaLake";
import { athenaTable, nameOfTable, type TableName } from "../athena/athenaTable";
import { featuresOf } from "../settings/features";
import type { LakeBucket } from "./bucket";
import { nameInStack, type Scope } from "./scope";

/** SQL that creates an Athena table of the delivered data. */
export function athenaStatement(scope: Scope, bucket: LakeBucket): pulumi.Output<string> {
  return lakeInAthena(scope, bucket).apply(athenaTable);
}

/** The name of that table. */
export function athenaTableName(scope: Scope, bucket: LakeBucket): pulumi.Output<TableName> {
  return lakeInAthena(scope, bucket).apply(nameOfTable);
}

/** The delivered data, as Athena and AWS Glue describe it. */
export function lakeInAthena(scope: Scope, bucket: LakeBucket): pulumi.Output<AthenaLake> {
  const { name, settings } = scope;
  const { prefix, timeZone, compression } = settings.delivery;
  const { tableArn, catalog } = settings.conversion;
  const { expiryDays } = settings.bucket;
  const { format } = featuresOf(settings);
  const isNewTable = format !== undefined && tableArn === undefined;
  return pulumi.output({
    name,
    bucketName: bucket.name,
    prefix,
    timeZone,
    compression,
    ...(expiryDays !== undefined && { expiryDays }),
    ...(format !== undefined && { format }),
    ...(tableArn !== undefined && { existingTableArn: tableArn }),
    ...(isNewTable && {
      database: catalog.databaseName ?? databaseNameOf(scope),
      columns: catalog.columns,
    }),
  });
}

/** Names of databases have lowercase letters, digits and underscores. */
function databaseNameOf(scope: Scope): string {
  return nameInStack(scope)
    .toLowerCase()
    .replace(/[^a-z0-9]/g, "_");
}
