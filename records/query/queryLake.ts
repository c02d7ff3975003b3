import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import type { TargetLake } from "../target/target";
import type { LakeClient } from "../verify/lakeClient";
import { loadDuckDb, lockDatabase, openDatabase, sqlError } from "./duckDb";
import { duckDbResult } from "./duckDbResult";
import { KeyColumns } from "./keyColumns";
import { createErrorTable, createLakeTable } from "./lakeTables";
import type { QueryResult } from "./queryValue";
import { dataObjects, type DayRange, errorObjects } from "./rangeObjects";
import { DataLines, ErrorLines, type OtherRecords } from "./recordLines";
import { type DamagedObject, spoolLake, type SpoolOptions, type SpoolProgress } from "./spoolLake";

export interface QueryOptions {
  readonly client: LakeClient;
  readonly lake: Omit<TargetLake, "region">;
  /** In the dialect of DuckDB. */
  readonly sql: string;
  readonly range: DayRange;
  /** The most bytes to read, as stored. */
  readonly maxBytes: number;
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: SpoolProgress) => void;
  /** Called once for each table, when its objects are read. */
  readonly onRead?: (read: ReadTable) => void;
  /** Default: that of the system. */
  readonly temporaryDirectory?: string;
}

/** What a query has read. */
export interface ReadTable extends SpoolProgress {
  readonly table: "lake" | "errors";
  readonly records: number;
  readonly damaged: readonly DamagedObject[];
  /** Records that are not JSON objects; absent if all are. */
  readonly others?: OtherRecords;
  /** The column with the text of those. */
  readonly textColumn?: string;
  /** Whether each field of the records has a column. */
  readonly isComplete: boolean;
}

/**
 * Runs SQL on what was delivered: the table `lake` has a row for each record, the table `errors` one for each
 * record that Firehose could not deliver. Only a table that the SQL mentions is read.
 *
 * @param use reads the result; what it was read from is gone afterwards
 * @throws QueryError for a mistake in the SQL; LakeTooLarge; NothingDelivered; Error if the lake cannot be read
 */
export async function queryLake(
  options: QueryOptions,
  use: (result: QueryResult) => Promise<void>,
): Promise<void> {
  const { sql, signal, temporaryDirectory = tmpdir() } = options;
  const duckDb = await loadDuckDb();
  const directory = mkdtempSync(join(temporaryDirectory, "streamlake-query-"));
  const remove = (): void => {
    rmSync(directory, { recursive: true, force: true });
  };
  // Also if a second signal ends the process at once.
  process.once("exit", remove);
  const { connection, close } = await openDatabase(duckDb, directory);
  const interrupt = (): void => {
    connection.interrupt();
  };
  signal.addEventListener("abort", interrupt);
  try {
    await parse(connection, sql);
    const columns = await createTables(connection, directory, options);
    await lockDatabase(connection, directory);
    await duckDbResult(duckDb, connection, sql)
      .then(use)
      .catch((error: unknown) => {
        signal.throwIfAborted();
        throw sqlError(error, columns);
      });
    signal.throwIfAborted();
  } finally {
    signal.removeEventListener("abort", interrupt);
    close();
    process.removeListener("exit", remove);
    remove();
  }
}

/** Finds a mistake in the syntax before anything is read. */
async function parse(connection: DuckDBConnection, sql: string): Promise<void> {
  await connection.extractStatements(sql).catch((error: unknown) => {
    throw sqlError(error, []);
  });
}

/** @returns the columns of the table `lake`, with their types; none if the SQL does not mention it */
async function createTables(
  connection: DuckDBConnection,
  directory: string,
  options: QueryOptions,
): Promise<readonly string[]> {
  const { client, lake, sql, range, onRead } = options;
  const common = {
    ...options,
    ...{ bucket: lake.bucket, directory },
    keyColumns: new KeyColumns(lake.prefix, lake.timeZone),
  };
  if (mentions(sql, "errors")) {
    const objects = errorObjects({ client, ...lake }, range);
    const spool = await spoolLake({
      ...common,
      ...{ name: "errors", objects, delimiter: "newline", lines: new ErrorLines() },
    });
    await createErrorTable(connection, spool);
    const { progress, records, damaged } = spool;
    onRead?.({ table: "errors", ...progress, records, damaged, isComplete: true });
  }
  if (!mentions(sql, "lake")) return [];
  const read = await createLake(connection, {
    ...common,
    ...{ name: "lake", delimiter: lake.delimiter, lines: new DataLines() },
    objects: dataObjects({ client, ...lake }, range),
  });
  if (read.objects === 0) throw new NothingDelivered();
  onRead?.(read);
  const columns = await connection.runAndReadAll(
    "SELECT column_name, column_type FROM (DESCRIBE lake)",
  );
  return columns.getRows().map(([name, type]) => `${String(name)} ${String(type)}`);
}

async function createLake(
  connection: DuckDBConnection,
  options: SpoolOptions & { readonly lines: DataLines },
): Promise<ReadTable> {
  const { lines, keyColumns } = options;
  const spool = await spoolLake(options);
  const table = await createLakeTable(connection, spool, lines, keyColumns.columns);
  const { damaged, rows, textColumn } = table;
  return {
    ...spool.progress,
    ...{ table: "lake", records: rows, textColumn },
    damaged: [...spool.damaged, ...damaged],
    ...(lines.others && { others: lines.others }),
    isComplete: lines.columns.isComplete,
  };
}

/** Whether SQL can use a table. A string or a comment with its name costs time only. */
function mentions(sql: string, table: string): boolean {
  return new RegExp(String.raw`\b${table}\b`, "i").test(sql);
}

/** There is no object with records. */
export class NothingDelivered extends Error {
  constructor() {
    super("There are no objects with delivered records.");
  }
}
