import type { DuckDBConnection, DuckDBResult, DuckDBType, DuckDBValue } from "@duckdb/node-api";
import { distinctNames, ExactNumber, type QueryResult, type QueryValue } from "./queryValue";

type DuckDb = typeof import("@duckdb/node-api");

/**
 * Runs statements and reads the rows of the last one while DuckDB makes them.
 *
 * @throws DuckDB's error
 */
export async function duckDbResult(
  duckDb: DuckDb,
  connection: DuckDBConnection,
  sql: string,
): Promise<QueryResult> {
  const result = await connection.stream(sql);
  const types = result.columnTypes();
  const numbers = numberTypes(duckDb);
  return {
    columns: distinctNames(result.columnNames()).map((name, index) => ({
      name,
      isNumber: numbers.has(types[index]?.typeId),
    })),
    rows: rowsOf(new ValueReader(duckDb), result, types),
  };
}

async function* rowsOf(
  reader: ValueReader,
  result: DuckDBResult,
  types: readonly DuckDBType[],
): AsyncGenerator<readonly QueryValue[]> {
  for await (const chunk of result)
    for (const row of chunk.getRows())
      yield types.map((type, column) => reader.read(row[column] ?? null, type));
}

function numberTypes({ DuckDBTypeId: id }: DuckDb): ReadonlySet<number | undefined> {
  return new Set([
    ...[id.TINYINT, id.SMALLINT, id.INTEGER, id.BIGINT, id.HUGEINT],
    ...[id.UTINYINT, id.USMALLINT, id.UINTEGER, id.UBIGINT, id.UHUGEINT],
    ...[id.FLOAT, id.DOUBLE, id.DECIMAL],
  ]);
}

class ValueReader {
  readonly #duckDb: DuckDb;

  constructor(duckDb: DuckDb) {
    this.#duckDb = duckDb;
  }

  read(value: DuckDBValue, type: DuckDBType): QueryValue {
    if (value === null || typeof value === "boolean") return value;
    if (typeof value === "bigint") return new ExactNumber(String(value));
    // JSON has no NaN and no infinity.
    if (typeof value === "number") return Number.isFinite(value) ? value : String(value);
    if (typeof value === "string") return type.alias === "JSON" ? jsonValue(value) : value;
    return this.#readObject(value, type);
  }

  #readObject(value: DuckDBValue & object, type: DuckDBType): QueryValue {
    const duck = this.#duckDb;
    if (value instanceof duck.DuckDBDecimalValue) return new ExactNumber(String(value));
    if (value instanceof duck.DuckDBBlobValue) return Buffer.from(value.bytes).toString("base64");
    // Its own text is in the time zone of this machine.
    if (value instanceof duck.DuckDBTimestampTZValue) {
      const text = isoTime(String(new duck.DuckDBTimestampValue(value.micros)));
      return /\d$/.test(text) ? `${text}Z` : text;
    }
    if (type.typeId === duck.DuckDBTypeId.TIMESTAMP || /^TIMESTAMP_/.test(String(type)))
      return isoTime(String(value));
    return this.#readNested(value, type);
  }

  #readNested(value: DuckDBValue & object, type: DuckDBType): QueryValue {
    const duck = this.#duckDb;
    if (value instanceof duck.DuckDBListValue || value instanceof duck.DuckDBArrayValue) {
      const { valueType } = type as InstanceType<DuckDb["DuckDBListType"]>;
      return value.items.map((item) => this.read(item, valueType));
    }
    if (value instanceof duck.DuckDBStructValue) {
      const { entryNames, entryTypes } = type as InstanceType<DuckDb["DuckDBStructType"]>;
      const members = entryNames.map((name, index): [string, QueryValue] => [
        name,
        this.read(value.entries[name] ?? null, entryTypes[index] ?? type),
      ]);
      return Object.fromEntries(members);
    }
    if (value instanceof duck.DuckDBMapValue) {
      const { keyType, valueType } = type as InstanceType<DuckDb["DuckDBMapType"]>;
      const members = value.entries.map((entry): [string, QueryValue] => [
        mapKey(this.read(entry.key, keyType)),
        this.read(entry.value, valueType),
      ]);
      return Object.fromEntries(members);
    }
    if (value instanceof duck.DuckDBUnionValue) {
      const { memberTags, memberTypes } = type as InstanceType<DuckDb["DuckDBUnionType"]>;
      return this.read(value.value, memberTypes[memberTags.indexOf(value.tag)] ?? type);
    }
    return String(value);
  }
}

function isoTime(text: string): string {
  return text.replace(" ", "T");
}

function mapKey(key: QueryValue): string {
  return typeof key === "string" ? key : JSON.stringify(key);
}

function jsonValue(text: string): QueryValue {
  try {
    return JSON.parse(text) as QueryValue;
  } catch {
    return text;
  }
}
