import * as z from "zod";
import { type CatalogTable, catalogTable } from "./catalogTable";

/** What `aws glue get-table` prints; anything else in it does not matter. */
const printed = z.object({
  Table: z.object({
    StorageDescriptor: z.object({
      Columns: z.array(z.object({ Name: z.string(), Type: z.string() })),
    }),
  }),
});

/** A list of columns. */
const listed = z.array(z.object({ name: z.string(), type: z.string() }));

const allowed =
  'what "aws glue get-table" prints, or a list of columns: ' +
  '[{"name": "id", "type": "bigint"}, ...]';

/**
 * Reads the columns of a table from a file's content: what `aws glue get-table` prints, or a list of
 * columns with `name` and `type`.
 *
 * @throws Error that follows the name of the file
 */
export function readTableFile(
  content: string,
  databaseName: string,
  tableName: string,
): CatalogTable {
  let json: unknown;
  try {
    json = JSON.parse(content);
  } catch {
    throw new Error(`is not JSON; allowed: ${allowed}`);
  }
  const table = printed.safeParse(json);
  const list = table.success
    ? table.data.Table.StorageDescriptor.Columns.map(({ Name: name, Type: type }) => ({
        name,
        type,
      }))
    : listed.safeParse(json).data;
  if (list === undefined) throw new Error(`has no columns; allowed: ${allowed}`);
  return catalogTable(databaseName, tableName, list);
}
