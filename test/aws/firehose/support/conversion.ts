import { type CatalogTable, catalogTable } from "../../../../aws/glue/catalogTable";
import type {
  Conversion,
  ConvertedRecords,
} from "../../../../aws/firehose/conversion/convertRecords";
import { convertRecords } from "../../../../aws/firehose/conversion/convertRecords";
import { deliverable, record } from "../../../local/support/records";

export const at = 1_700_000_005_000;

/** Name -> type. */
export type Columns = Readonly<Record<string, string>>;

export const openX: Extract<Conversion["from"], { readonly type: "OpenXJson" }> = {
  type: "OpenXJson",
  caseInsensitive: true,
  convertDotsInJsonKeysToUnderscores: false,
  columnToJsonKeyMappings: {},
};

export const hive: Extract<Conversion["from"], { readonly type: "HiveJson" }> = {
  type: "HiveJson",
  timestampFormats: [],
};

/** The defaults of the API. */
export const parquet: Conversion["to"] = {
  type: "Parquet",
  compression: "SNAPPY",
  writerVersion: "V1",
  enableDictionaryCompression: false,
  blockSizeBytes: 256 * 1024 * 1024,
  pageSizeBytes: 1024 * 1024,
  maxPaddingBytes: 0,
};

export function tableOf(columns: Columns): CatalogTable {
  const list = Object.entries(columns).map(([name, type]) => ({ name, type }));
  return catalogTable("lake", "events", list);
}

/** A conversion of records to a table with these columns, with the defaults of the API. */
export function conversionTo(columns: Columns, changes: Partial<Conversion> = {}): Conversion {
  return {
    from: openX,
    to: parquet,
    table: tableOf(columns),
    catalog: {
      catalogId: "123456789012",
      region: "eu-central-1",
      versionId: "LATEST",
      catalogArn: "arn:aws:glue:eu-central-1:123456789012:catalog",
    },
    ...changes,
  };
}

export function convert(
  conversion: Conversion,
  ...records: readonly string[]
): Promise<ConvertedRecords> {
  const all = records.map((data, index) => deliverable(record(data, 1000 + index, index)));
  return convertRecords(all, conversion, at);
}
