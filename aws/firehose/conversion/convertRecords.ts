import { setImmediate } from "node:timers/promises";
import type { CatalogTable } from "../../glue/catalogTable";
import type { Deserializer, Parquet } from "../features/conversionFormats";
import type { Known } from "../model/declaredInputs";
import type { ObjectBody } from "../packing/objectBody";
import type { DeliverableRecord, FailedRecord } from "../processing/processedRecord";
import { type ColumnValue, readOrNull, type ValueReader } from "./columnValue";
import { ConversionFailure } from "./conversionFailure";
import { FieldKeys } from "./fieldKeys";
import { hiveKeys, hiveReader } from "./hiveJson";
import { type JsonObject, jsonDocuments } from "./jsonDocuments";
import { openXKeys, openXReader } from "./openXJson";
import { ParquetFile } from "./parquetFile";

/** A conversion of JSON records to Parquet that can run on this machine. */
export interface Conversion {
  readonly from: Known<Deserializer>;
  readonly to: Known<Parquet>;
  readonly table: CatalogTable;
  /** What error objects say of the table, in addition to its name. */
  readonly catalog: CatalogOfTable;
}

interface CatalogOfTable {
  readonly catalogId: string;
  readonly region: string;
  readonly versionId: string;
  readonly catalogArn: string;
}

/** Records as one Parquet file, without those that could not be converted. */
export interface ConvertedRecords extends ObjectBody {
  readonly records: readonly DeliverableRecord[];
  readonly failures: readonly FailedRecord[];
}

/**
 * Converts the records of an object. A record that cannot be converted does not hold up the others. After
 * each MiB, and after each column that is written, other work of the process gets its turn.
 *
 * @param at the time of the attempt, in milliseconds since 1970
 */
export async function convertRecords(
  records: readonly DeliverableRecord[],
  conversion: Conversion,
  at: number,
): Promise<ConvertedRecords> {
  const { table, to } = conversion;
  const rowOf = rowReader(conversion);
  const file = await ParquetFile.create(table.columns, to);
  const converted: DeliverableRecord[] = [];
  const failures: FailedRecord[] = [];
  let bytes = 0;
  for (const one of records) {
    const { data, record } = one;
    try {
      const rows = jsonDocuments(data).map(rowOf);
      for (const row of rows) {
        const writing = file.add(row, data.length / rows.length);
        if (writing !== undefined) await writing;
      }
      converted.push(one);
    } catch (error) {
      if (!(error instanceof ConversionFailure)) throw error;
      failures.push({ record, failure: failureOf(error, conversion, at) });
    }
    bytes += data.length;
    if (bytes < bytesAtOnce) continue;
    bytes = 0;
    await setImmediate();
  }
  return {
    records: converted,
    failures,
    body: await file.finish(),
    // Observed in AWS, although the object is a Parquet file; of other compressions nothing is known.
    ...(to.compression === "SNAPPY" && { contentEncoding: "hadoop-snappy" }),
  };
}

const bytesAtOnce = 1024 * 1024;

/** Reads the values of the columns of a table from a JSON object. */
function rowReader({ from, table }: Conversion): (document: JsonObject) => readonly ColumnValue[] {
  const keys = from.type === "OpenXJson" ? openXKeys(from) : hiveKeys;
  const fieldKeys = new FieldKeys(table.columns, keys);
  const readers = table.columns.map(({ type }): ValueReader =>
    from.type === "OpenXJson" ? openXReader(type, keys) : hiveReader(type, from.timestampFormats),
  );
  return (document) => {
    const values = fieldKeys.valuesIn(document);
    return readers.map((read, index) => readOrNull(read, values[index] ?? null));
  };
}

/**
 * A failure with AWS's envelope. Names and order: Firehose Developer Guide, "Handling errors for data
 * format conversion".
 */
function failureOf(
  { code, message }: ConversionFailure,
  { table, catalog }: Conversion,
  at: number,
): FailedRecord["failure"] {
  const { databaseName, tableName } = table;
  const { catalogId, region, versionId, catalogArn } = catalog;
  return {
    errorOutputType: "format-conversion-failed",
    errorCode: code,
    errorMessage: message,
    attemptsMade: 1,
    attemptEndingTimestamp: at,
    envelope: ({ record, failure }) => ({
      attemptsMade: failure.attemptsMade,
      arrivalTimestamp: record.arrival,
      lastErrorCode: failure.errorCode,
      lastErrorMessage: failure.errorMessage,
      attemptEndingTimestamp: failure.attemptEndingTimestamp,
      rawData: Buffer.from(record.original ?? record.data).toString("base64"),
      sequenceNumber: record.sequenceNumber,
      subSequenceNumber: record.subSequenceNumber ?? 0,
      dataCatalogTable: { catalogId, databaseName, tableName, region, versionId, catalogArn },
    }),
  };
}
