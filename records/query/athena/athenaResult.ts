import type { AthenaClient, ColumnInfo, GetQueryResultsOutput, Row } from "@aws-sdk/client-athena";
import { distinctNames, ExactNumber, type QueryResult, type QueryValue } from "../queryValue";

type Athena = typeof import("@aws-sdk/client-athena");

/** Reads the rows of a query that has succeeded, a page at a time. */
export async function athenaResult(
  { GetQueryResultsCommand }: Athena,
  client: AthenaClient,
  id: string,
): Promise<QueryResult> {
  const page = (token?: string): Promise<GetQueryResultsOutput> =>
    client.send(
      new GetQueryResultsCommand({
        QueryExecutionId: id,
        ...(token !== undefined && { NextToken: token }),
      }),
    );
  const first = await page();
  const columns = first.ResultSet?.ResultSetMetadata?.ColumnInfo ?? [];
  const names = columns.map(({ Name = "" }) => Name);
  return {
    columns: distinctNames(names).map((name, index) => ({
      name,
      isNumber: numberTypes.has(columns[index]?.Type ?? ""),
    })),
    rows: rowsOf(first, columns, page),
  };
}

async function* rowsOf(
  first: GetQueryResultsOutput,
  columns: readonly ColumnInfo[],
  page: (token: string) => Promise<GetQueryResultsOutput>,
): AsyncGenerator<readonly QueryValue[]> {
  let current = first;
  let rows = withoutHeader(first.ResultSet?.Rows ?? [], columns);
  for (;;) {
    for (const row of rows)
      yield columns.map(({ Type = "" }, index) =>
        queryValue(row.Data?.[index]?.VarCharValue, Type),
      );
    const { NextToken: token } = current;
    if (token === undefined) return;
    current = await page(token);
    rows = current.ResultSet?.Rows ?? [];
  }
}

/** The first row of a SELECT contains the names of the columns; that of other statements does not. */
function withoutHeader(rows: readonly Row[], columns: readonly ColumnInfo[]): readonly Row[] {
  const [header] = rows;
  const isHeader = columns.every(({ Name }, index) => header?.Data?.[index]?.VarCharValue === Name);
  return isHeader ? rows.slice(1) : rows;
}

const exactTypes = new Set(["tinyint", "smallint", "integer", "int", "bigint", "decimal"]);
const binaryTypes = new Set(["float", "real", "double"]);
const numberTypes = new Set([...exactTypes, ...binaryTypes]);

/**
 * Athena returns all values as strings. Arrays, maps and rows have a form that cannot be read back, and stay
 * strings: CAST(x AS JSON) makes them JSON.
 */
function queryValue(text: string | undefined, type: string): QueryValue {
  if (text === undefined) return null;
  if (exactTypes.has(type)) return new ExactNumber(text);
  if (binaryTypes.has(type)) return Number.isFinite(Number(text)) ? Number(text) : text;
  if (type === "boolean") return text === "true";
  if (type.startsWith("timestamp")) return text.replace(" ", "T").replace(/ UTC$/, "Z");
  return type === "json" ? jsonValue(text) : text;
}

function jsonValue(text: string): QueryValue {
  try {
    return JSON.parse(text) as QueryValue;
  } catch {
    return text;
  }
}
