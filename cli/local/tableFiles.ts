import { readFileSync } from "node:fs";
import path from "node:path";
import type { CatalogTable, TableLookup } from "../../aws/glue/catalogTable";
import { readTableFile } from "../../aws/glue/tableFile";

/** A table of the data catalog that a program does not declare, and the file with its columns. */
export interface TableFile {
  readonly databaseName: string;
  readonly tableName: string;
  readonly file: string;
}

/**
 * Reads the files of `--table`.
 *
 * @param cwd the directory that relative files are in
 * @throws Error that names the file, what is wrong and what is allowed
 */
export function readTableFiles(files: readonly TableFile[], cwd: string): TableLookup {
  const tables = files.map(({ databaseName, tableName, file }): CatalogTable => {
    try {
      const content = readFileSync(path.resolve(cwd, file), "utf8");
      return readTableFile(content, databaseName, tableName);
    } catch (error) {
      const { message } = error as Error;
      const reason = "code" in (error as Error) ? `cannot be read: ${message}` : message;
      throw new Error(`The file ${file} of --table ${reason}.`, { cause: error });
    }
  });
  return (databaseName, tableName) =>
    tables.find((table) => table.databaseName === databaseName && table.tableName === tableName);
}
