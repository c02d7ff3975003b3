import * as glue from "@pulumi/aws/glue";
import type * as aws from "@pulumi/aws/types/input";
import * as pulumi from "@pulumi/pulumi";
import { glueTable } from "../athena/glueTable";
import { parseArn } from "../iam/arn";
import { tableArnNextTo } from "../iam/featureAccess";
import { featuresOf } from "../settings/features";
import { lakeInAthena } from "./athenaStatement";
import type { LakeBucket } from "./bucket";
import { inputFormat, outputFormat } from "./conversionFormats";
import { safeguarded, type Scope } from "./scope";
import type { SourceStream } from "./stream";

/** The table of AWS Glue whose columns records are converted to. */
export interface ConversionTable {
  readonly databaseName: pulumi.Output<string>;
  readonly tableName: pulumi.Output<string>;
  readonly arn: pulumi.Output<string>;
  /** Region and catalog of an existing table; undefined for those of the pipeline. */
  readonly catalog:
    { readonly id: pulumi.Output<string>; readonly region: pulumi.Output<string> } | undefined;
}

/** @returns undefined if records are not converted */
export function conversionTable(
  scope: Scope,
  bucket: LakeBucket,
  stream: SourceStream,
): ConversionTable | undefined {
  const { settings } = scope;
  if (featuresOf(settings).format === undefined) return undefined;
  const { tableArn } = settings.conversion;
  return tableArn === undefined ? newTable(scope, bucket, stream) : existingTable(tableArn);
}

function existingTable(tableArn: pulumi.Input<string>): ConversionTable {
  const arn = pulumi.output(tableArn);
  const part = (index: number) =>
    arn.apply((text) => parseArn(text).resource.split("/")[index] ?? "");
  return {
    databaseName: part(1),
    tableName: part(2),
    arn,
    catalog: {
      id: arn.apply((text) => parseArn(text).account),
      region: arn.apply((text) => parseArn(text).region),
    },
  };
}

/** A table that Athena reads at once, because its partitions are computed. */
function newTable(scope: Scope, bucket: LakeBucket, stream: SourceStream): ConversionTable {
  const { name, settings } = scope;
  const options = safeguarded(scope);
  const lake = lakeInAthena(scope, bucket);
  const table = lake.apply(glueTable);
  const { databaseName } = settings.conversion.catalog;
  const database =
    databaseName ??
    new glue.CatalogDatabase(
      name,
      {
        name: lake.apply(({ database = "" }) => database),
        description: `Data lake of the pipeline ${name}`,
        tags: settings.tags,
      },
      options,
    ).name;
  const { databaseName: ofTable, name: tableName } = new glue.CatalogTable(
    name,
    {
      databaseName: database,
      name: table.name,
      description: table.description,
      tableType: "EXTERNAL_TABLE",
      parameters: table.parameters,
      partitionKeys: table.partitionKeys,
      storageDescriptor: table.storageDescriptor,
    },
    options,
  );
  const arn = pulumi
    .all([stream.arn, ofTable, tableName])
    .apply(([sibling, db, own]) => tableArnNextTo(sibling, { databaseName: db, tableName: own }));
  return { databaseName: ofTable, tableName, arn, catalog: undefined };
}

/** The input of a delivery stream for its conversion; none without one. */
export function conversionInputs(
  { settings }: Scope,
  table: ConversionTable | undefined,
  roleArn: pulumi.Output<string>,
): Pick<
  aws.kinesis.FirehoseDeliveryStreamExtendedS3Configuration,
  "dataFormatConversionConfiguration"
> {
  if (table === undefined) return {};
  const { databaseName, tableName, catalog } = table;
  return {
    dataFormatConversionConfiguration: {
      enabled: true,
      inputFormatConfiguration: inputFormat(settings.conversion),
      outputFormatConfiguration: outputFormat(settings.conversion),
      schemaConfiguration: {
        databaseName,
        tableName,
        roleArn,
        ...(catalog && { catalogId: catalog.id, region: catalog.region }),
      },
    },
  };
}
