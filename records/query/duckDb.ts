import { createRequire } from "node:module";
import { totalmem } from "node:os";
import { join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { QueryError } from "./queryValue";
import { sqlString } from "./sqlText";

type DuckDb = typeof import("@duckdb/node-api");

/** The version that is tested. */
export const duckDbVersion = "1.5.6-r.1";

/**
 * Loads DuckDB, which is installed only where it is used: next to this package, or in the project.
 *
 * @throws Error with the command that installs it
 */
export async function loadDuckDb(from = [__filename, join(process.cwd(), "x")]): Promise<DuckDb> {
  for (const file of from) {
    if (!finds(file)) continue;
    try {
      // By its name where that finds it, so that tools see what this package needs.
      return file === __filename
        ? await import("@duckdb/node-api")
        : (createRequire(file)("@duckdb/node-api") as DuckDb);
    } catch (error) {
      throw new Error(`DuckDB does not start on this machine: ${(error as Error).message}`);
    }
  }
  throw new Error(
    "query needs DuckDB, which is not installed with this command because of its size (70 MB). " +
      `Install it in your project:\n\n  npm install --save-dev @duckdb/node-api@${duckDbVersion}\n\n` +
      "Or run the query on Athena with --athena.",
  );
}

function finds(from: string): boolean {
  try {
    createRequire(from).resolve("@duckdb/node-api");
    return true;
  } catch {
    return false;
  }
}

/** More is kept in temporary files. */
const memoryBytes = Math.min(2 * 1024 ** 3, totalmem() / 2);

/** A database in memory, and in temporary files in a directory. */
export async function openDatabase(
  { DuckDBInstance }: DuckDb,
  directory: string,
): Promise<{ readonly connection: DuckDBConnection; readonly close: () => void }> {
  const instance = await DuckDBInstance.create(":memory:", {
    memory_limit: `${Math.floor(memoryBytes / 1024)}KiB`,
    temp_directory: join(directory, "spilled"),
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
    allow_community_extensions: "false",
  });
  const connection = await instance.connect();
  // Times of a lake are in UTC, not in the time zone of this machine.
  await connection.run("SET TimeZone = 'UTC'");
  return {
    connection,
    close: () => {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

/**
 * Ends access to files and networks for all statements from then on, apart from the temporary files: a query
 * that someone pasted reads the lake and nothing else. It cannot be undone.
 */
export async function lockDatabase(connection: DuckDBConnection, directory: string): Promise<void> {
  await connection.run(`SET allowed_directories = [${sqlString(directory)}]`);
  await connection.run("SET enable_external_access = false");
  await connection.run("SET lock_configuration = true");
}

/**
 * DuckDB's error, with the tables or columns that there are if it is about a name.
 *
 * @param columns of the table `lake`, with their types
 */
export function sqlError(error: unknown, columns: readonly string[]): unknown {
  if (!(error instanceof Error) || !isOfDuckDb(error.message)) return error;
  const message = error.message.replace(/^Failed to extract statements: /, "").trimEnd();
  if (message.startsWith("Catalog Error: Table with name "))
    return new QueryError(`${withoutForeignTable(message)}\n\n${tables}`, { cause: error });
  const isAboutName = /^(Binder|Catalog) Error/.test(message) && columns.length > 0;
  const hint = message.startsWith("Permission Error")
    ? `\n\nA query reads the lake only. ${tables} Write files with --csv or --json.`
    : isAboutName
      ? `\n\nThe columns of lake are ${columns.map(short).join(", ")}.`
      : "";
  return new QueryError(message + hint, { cause: error });
}

const tables = "The tables are lake and errors.";

/** DuckDB suggests its own system tables. */
function withoutForeignTable(message: string): string {
  return message.replace(/\nDid you mean "(?!lake"|errors").*"\?$/m, "");
}

/** All errors of DuckDB are of class Error; each message begins with its kind. */
function isOfDuckDb(message: string): boolean {
  return /^(Failed to extract statements: )?[A-Z][A-Za-z ]* Error: /.test(message);
}

/** Without the members of a STRUCT, of which there can be many. */
function short(column: string): string {
  return column
    .replace(/ (STRUCT|UNION)\(.*\)/, " $1")
    .replace("TIMESTAMP WITH TIME ZONE", "TIMESTAMPTZ");
}
