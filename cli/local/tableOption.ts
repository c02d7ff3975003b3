import { InvalidArgumentError } from "commander";
import type { TableFile } from "./tableFiles";

/** What `--table` is, in the help of the commands that have it. */
export const tableHelp =
  "columns of a Glue table that the program does not declare, as aws glue get-table prints " +
  "them; can be repeated";

/** Adds a table to the earlier ones. */
export function tableFile(
  argument: string,
  earlier: readonly TableFile[] = [],
): readonly TableFile[] {
  const [, databaseName, tableName, file] = /^([^.=]+)\.([^=]+)=(.+)$/u.exec(argument) ?? [];
  if (databaseName === undefined || tableName === undefined || file === undefined)
    throw new InvalidArgumentError(
      "It must be DATABASE.TABLE=FILE, e.g. lake.events=lake.events.json.",
    );
  if (earlier.some((one) => one.databaseName === databaseName && one.tableName === tableName))
    throw new InvalidArgumentError(`The table ${databaseName}.${tableName} is given twice.`);
  return [...earlier, { databaseName, tableName, file }];
}
