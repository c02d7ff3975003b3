import {
  type QueryColumn,
  type QueryResult,
  type QueryValue,
  valueText,
} from "../../records/query/queryValue";
import { outputDrained, print, printMessage, reportOutput } from "../output";
import { jsonLineText } from "../reports/printable";
import { columnsOf } from "../reports/terminal";
import { resultTable } from "./resultTable";

export interface ResultFormat {
  readonly json?: boolean;
  readonly csv?: boolean;
}

/** More rows are no table that a person reads. */
const tableRows = 100;

/** Prints the rows of a result as they arrive; a table only when it has all of its rows. */
export async function printResult(result: QueryResult, format: ResultFormat): Promise<void> {
  if (result.columns.length === 0) return;
  if (format.json === true) await printLines(result, jsonRow(result.columns));
  else if (format.csv === true) {
    print(csvRow(result.columns.map(({ name }) => name)));
    await printLines(result, csvRow);
  } else await printTable(result);
}

type RowText = (row: readonly QueryValue[]) => string;

/** Printed at once. */
const batch = 1000;

async function printLines({ rows }: QueryResult, text: RowText): Promise<void> {
  let lines: string[] = [];
  for await (const row of rows) {
    lines.push(text(row));
    if (lines.length < batch) continue;
    print(lines.join("\n"));
    lines = [];
    await outputDrained();
  }
  if (lines.length > 0) print(lines.join("\n"));
}

async function printTable({ columns, rows }: QueryResult): Promise<void> {
  const shown: (readonly QueryValue[])[] = [];
  let more = false;
  for await (const row of rows) {
    more = shown.length === tableRows;
    if (more) break;
    shown.push(row);
  }
  const output = reportOutput();
  if (shown.length > 0)
    print(resultTable(columns, shown, { columns: columnsOf(output), colors: output.colors }));
  else printMessage(`No rows; the columns are ${columns.map(({ name }) => name).join(", ")}.`);
  if (more)
    printMessage(`These are the first ${tableRows} rows; --json and --csv print all of them.`);
}

function jsonRow(columns: readonly QueryColumn[]): RowText {
  const members = columns.map(({ name }) => `${JSON.stringify(name)}:`);
  return (row) =>
    jsonLineText(
      `{${members.map((member, index) => member + JSON.stringify(row[index] ?? null)).join(",")}}`,
    );
}

/** As in RFC 4180, with line feeds. NULL is nothing, and an empty string is "". */
function csvRow(row: readonly QueryValue[]): string {
  return row.map((value) => csvValue(valueText(value))).join(",");
}

function csvValue(text: string | undefined): string {
  if (text === undefined) return "";
  return text === "" || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
