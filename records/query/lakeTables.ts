import type { DuckDBConnection } from "@duckdb/node-api";
import type { KeyColumn } from "./keyColumns";
import { type DataLines, errorColumns, objectField, textField } from "./recordLines";
import type { DamagedObject, ParquetCopy, Spool } from "./spoolLake";
import { sqlName, sqlString, unusedName } from "./sqlText";

export interface LakeTable {
  readonly rows: number;
  /** The column with the text of records that are not JSON objects. */
  readonly textColumn: string;
  readonly damaged: readonly DamagedObject[];
}

/**
 * Creates the table `lake`: the fields of the records, the partitions of their objects, and `_object` and
 * `_arrived`.
 *
 * @returns Parquet files that DuckDB cannot read, and the number of rows of the table
 */
export async function createLakeTable(
  connection: DuckDBConnection,
  spool: Spool,
  lines: DataLines,
  keyColumns: readonly KeyColumn[],
): Promise<LakeTable> {
  const parquet = await readableParquet(connection, spool.parquet);
  const parts: string[] = [];
  const names: string[] = [];
  let textColumn = "_record";
  if (spool.records > 0 || parquet.files.length === 0) {
    const columns = lines.columns.columns;
    const hasText = lines.others !== undefined;
    names.push(...columns.map(({ name }) => name));
    textColumn = unusedName(textColumn, lowercase(names));
    if (hasText) names.push(textColumn);
    const selected = [
      sqlName(objectField),
      ...columns.map(({ name }) => sqlName(name)),
      ...(hasText ? [`${sqlName(textField)} AS ${sqlName(textColumn)}`] : []),
    ];
    const read = readLines(spool, [
      [objectField, "BIGINT"],
      ...columns.map(({ name, type }) => [name, type] as const),
      ...(hasText ? [[textField, "VARCHAR"] as const] : []),
    ]);
    parts.push(`SELECT ${selected.join(", ")} FROM ${read}`);
  }
  if (parquet.files.length > 0) {
    const read = `read_parquet([${parquet.files.map(sqlString).join(", ")}], union_by_name = true, hive_partitioning = false`;
    names.push(...(await columnsOf(connection, `SELECT * FROM ${read})`)));
    // The number of the object is in the name of the file.
    const number = `CAST(regexp_extract(${fileField}, '-(\\d+)\\.parquet$', 1) AS BIGINT)`;
    parts.push(
      `SELECT ${number} AS ${sqlName(objectField)}, * EXCLUDE (${fileField}) ` +
        `FROM ${read}, filename = ${sqlString(fileField)})`,
    );
  }
  await createObjects(connection, "lake_objects", spool, keyColumns, names);
  await createView(connection, "lake", parts.join(" UNION ALL BY NAME "));
  return { rows: spool.records + parquet.rows, textColumn, damaged: parquet.damaged };
}

/** Creates the table `errors`: the records that Firehose could not deliver, one in a row. */
export async function createErrorTable(connection: DuckDBConnection, spool: Spool): Promise<void> {
  const names = errorColumns.map(([name]) => name);
  await createObjects(connection, "errors_objects", spool, [], names);
  const read = readLines(spool, [[objectField, "BIGINT"], ...errorColumns]);
  await createView(connection, "errors", `SELECT * FROM ${read}`);
}

const fileField = `file_${objectField}`;

function readLines(
  { lines, longestLine }: Spool,
  columns: readonly (readonly [name: string, type: string])[],
): string {
  const types = columns.map(([name, type]) => `${sqlString(name)}: ${sqlString(type)}`);
  // DuckDB's default, if no record needs more: it allocates this for each of its threads.
  const size = Math.max(16 * 1024 * 1024, longestLine + 1024);
  return (
    `read_json([${lines.map(sqlString).join(", ")}], columns = {${types.join(", ")}}, ` +
    `format = 'newline_delimited', auto_detect = false, hive_partitioning = false, maximum_object_size = ${size})`
  );
}

/** One row for each object, with the columns that its key determines. */
async function createObjects(
  connection: DuckDBConnection,
  table: string,
  { objects }: Spool,
  keyColumns: readonly KeyColumn[],
  recordColumns: readonly string[],
): Promise<void> {
  const taken = new Set(lowercase(recordColumns));
  const named = (wanted: string): string => {
    const name = unusedName(wanted, taken);
    taken.add(name.toLowerCase());
    return sqlName(name);
  };
  const partitions = keyColumns.map(
    ({ name, type }) =>
      `CAST("values" ->> ${sqlString(jsonPointer(name))} AS ${type}) AS ${named(name)}`,
  );
  const columns = [
    `number AS ${sqlName(objectField)}`,
    ...partitions,
    `"key" AS ${named("_object")}`,
    `arrival AS ${named("_arrived")}`,
  ];
  await connection.run(
    `CREATE TABLE ${table} AS SELECT ${columns.join(", ")} FROM read_json(` +
      `[${objects.map(sqlString).join(", ")}], format = 'newline_delimited', auto_detect = false, ` +
      "columns = {'number': 'BIGINT', 'key': 'VARCHAR', 'arrival': 'TIMESTAMPTZ', 'values': 'JSON'})",
  );
}

function jsonPointer(name: string): string {
  return `/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
}

async function createView(connection: DuckDBConnection, name: string, rows: string): Promise<void> {
  const object = sqlName(objectField);
  await connection.run(
    `CREATE VIEW ${name} AS SELECT * EXCLUDE (${object}) FROM (${rows}) JOIN ${name}_objects USING (${object})`,
  );
}

async function readableParquet(
  connection: DuckDBConnection,
  copies: readonly ParquetCopy[],
): Promise<{
  readonly files: readonly string[];
  readonly damaged: readonly DamagedObject[];
  readonly rows: number;
}> {
  const files: string[] = [];
  const damaged: DamagedObject[] = [];
  let rows = 0;
  for (const { key, file } of copies)
    try {
      const read = `SELECT num_rows FROM parquet_file_metadata(${sqlString(file)})`;
      const [row] = (await connection.runAndReadAll(read)).getRows();
      rows += Number(row?.[0]);
      files.push(file);
    } catch (error) {
      // The file is a temporary one, whose name explains nothing.
      const [first = ""] = (error as Error).message.split("\n");
      damaged.push({ key, reason: first.replaceAll(file, key) });
    }
  return { files, damaged, rows };
}

async function columnsOf(connection: DuckDBConnection, query: string): Promise<readonly string[]> {
  const result = await connection.run(`${query} LIMIT 0`);
  return result.columnNames();
}

function lowercase(names: readonly string[]): ReadonlySet<string> {
  return new Set(names.map((name) => name.toLowerCase()));
}
