import { InputReader } from "../../engine/graph/inputReader";
import { type ResourceGraph, resourcesOfType } from "../../engine/graph/resourceGraph";
import { type Column, parseColumnType } from "./columnType";

/** A table of the AWS Glue Data Catalog. */
export interface CatalogTable {
  readonly databaseName: string;
  readonly tableName: string;
  /** Those of its files: without partition keys, whose values are in the keys of objects. */
  readonly columns: readonly Column[];
}

/**
 * Looks up a table.
 *
 * @returns undefined if there is none of that name
 * @throws Error if its columns are unknown or invalid; the message follows the name of the table
 */
export type TableLookup = (databaseName: string, tableName: string) => CatalogTable | undefined;

export const noTables: TableLookup = () => undefined;

const tableType = "aws:glue/catalogTable:CatalogTable";

/** Looks up the tables that a program declares. Of one that it only reads, no columns are known. */
export function declaredTables(graph: ResourceGraph): TableLookup {
  const declared = resourcesOfType(graph, tableType).filter(({ external }) => !external);
  return (databaseName, tableName) => {
    const found = declared.find(({ inputs, outputs }) => {
      const named = new InputReader({ ...inputs, ...outputs });
      return named.text("databaseName") === databaseName && named.text("name") === tableName;
    });
    if (found === undefined) return undefined;
    const inputs = new InputReader(found.inputs);
    const columns = inputs
      .group("storageDescriptor")
      .groups("columns")
      .map((column) => ({ name: column.text("name") ?? "", type: column.text("type") ?? "" }));
    if (inputs.problems.size > 0) throw new Error([...inputs.problems].join("; "));
    return catalogTable(databaseName, tableName, columns);
  };
}

/**
 * A table with these columns.
 *
 * @throws Error that lists all columns whose names or types are invalid
 */
export function catalogTable(
  databaseName: string,
  tableName: string,
  columns: readonly { readonly name: string; readonly type: string }[],
): CatalogTable {
  const problems: string[] = [];
  const names = new Set<string>();
  const parsed = columns.flatMap(({ name, type }, index): readonly Column[] => {
    const shown = name === "" ? `the column ${index + 1}` : `the column ${name}`;
    if (name === "") problems.push(`${shown} has no name`);
    // Hive compares names in any case.
    if (names.has(name.toLowerCase())) problems.push(`${shown} is declared twice`);
    names.add(name.toLowerCase());
    try {
      return [{ name, type: parseColumnType(type) }];
    } catch (error) {
      problems.push(`${shown} ${(error as Error).message}`);
      return [];
    }
  });
  if (columns.length === 0) problems.push("it has no columns");
  if (problems.length > 0) throw new Error(problems.join("; "));
  return { databaseName, tableName, columns: parsed };
}
