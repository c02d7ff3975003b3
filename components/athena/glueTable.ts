import type { AthenaLake } from "./athenaLake";
import { lakeProjection } from "./athenaTable";
import { contents, locationOf, projectionProperties, tableName } from "./createTable";

/** A table of the AWS Glue Data Catalog, in the form of the provider's inputs. */
interface GlueTable {
  readonly name: string;
  readonly description: string;
  readonly parameters: Record<string, string>;
  readonly partitionKeys: { name: string; type: string; comment: string }[];
  readonly storageDescriptor: {
    readonly location: string;
    readonly inputFormat: string;
    readonly outputFormat: string;
    readonly columns: { name: string; type: string }[];
    readonly serDeInfo: { readonly serializationLibrary: string };
  };
}

/**
 * The table that `athenaTable` creates of converted records.
 *
 * Source: AWS Glue API, TableInput and StorageDescriptor; the classes are those that Athena stores for
 * STORED AS PARQUET and ORC.
 */
export function glueTable(lake: AthenaLake): GlueTable {
  const projection = lakeProjection(lake);
  const format = lake.format ?? "parquet";
  return {
    name: tableName(lake.name),
    description: contents(lake.name, projection),
    parameters: {
      EXTERNAL: "TRUE",
      classification: format,
      ...projectionProperties(lake, projection),
    },
    partitionKeys: projection.columns.map(({ name, type, comment }) => ({ name, type, comment })),
    storageDescriptor: {
      location: locationOf(lake, projection),
      columns: (lake.columns ?? []).map(({ name, type }) => ({ name, type })),
      ...classes[format],
    },
  };
}

const hive = "org.apache.hadoop.hive.ql.io";

const classes = {
  parquet: {
    inputFormat: `${hive}.parquet.MapredParquetInputFormat`,
    outputFormat: `${hive}.parquet.MapredParquetOutputFormat`,
    serDeInfo: { serializationLibrary: `${hive}.parquet.serde.ParquetHiveSerDe` },
  },
  orc: {
    inputFormat: `${hive}.orc.OrcInputFormat`,
    outputFormat: `${hive}.orc.OrcOutputFormat`,
    serDeInfo: { serializationLibrary: `${hive}.orc.OrcSerde` },
  },
} as const;
