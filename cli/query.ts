import { Command, Option } from "commander";
import { addExitCodes } from "./exitCodes";
import { lazyImport } from "./lazyImport";
import { exitOnUsageError } from "./options";
import { lakeSize, type QueryCommandOptions } from "./query/queryOptions";
import { addLakeOptions, addTargetOptions } from "./target/targetOptions";

const HELP = `
Tables
  lake    a row for each delivered record: its fields, the partitions of the
          prefix, and _object and _arrived, key and arrival of its object;
          _record is the text of a record that is not a JSON object
  errors  a row for each record below the error prefix: code, message, arrived,
          attempts, record, _object, _arrived

The SQL is that of DuckDB, an optional dependency, and reads only the lake. With
--athena it is that of Athena, and there is only the table lake.

Examples
  streamlake query --local "select type, count(*) from lake group by type"
  streamlake query --stack dev --date 2026-11-22 --csv --file daily.sql
  streamlake query --stack prod --athena "select count(*) from lake"`;

const exitCodes = {
  0: "the query ran",
  1: "there is nothing to read, or an object is damaged",
  2: "the SQL or an option is wrong, or the lake cannot be read",
  130: "interrupted",
};

const DEFAULT_SIZE = "1GiB";

/** `streamlake query`: SQL on the delivered records. */
export function queryCommand(): Command {
  const command = new Command("query")
    .description("Run SQL on the records that were delivered")
    .argument("[sql]", 'statement, e.g. "select count(*) from lake"')
    .option("--file <file>", "file with the statement; - for standard input")
    .addOption(
      new Option(
        "--date <yyyy-MM-dd>",
        "only this day of arrival, in the pipeline's time zone",
      ).conflicts(["from", "to"]),
    )
    .option("--from <yyyy-MM-dd>", "first day of arrival (default: the first one)")
    .option("--to <yyyy-MM-dd>", "last day of arrival (default: today)")
    .addOption(
      new Option("--max-size <size>", "most bytes of objects to read, as stored")
        .argParser(lakeSize)
        .default(lakeSize(DEFAULT_SIZE), DEFAULT_SIZE),
    )
    .option("--json", "print one JSON object for each row")
    .addOption(new Option("--csv", "print CSV with a header").conflicts("json"));
  addLakeOptions(command)
    .option("--athena", "run the statement on Amazon Athena, which scans the bucket at a price")
    .option("--database <name>", "with --athena: database of the table (default: the stack's)")
    .option("--table <name>", "with --athena: table that lake is (default: the stack's)")
    .option("--workgroup <name>", "with --athena: work group (default: primary)")
    .option(
      "--output-location <uri>",
      "with --athena: s3:// location of results (default: that of the work group)",
    );
  addExitCodes(addTargetOptions(command).addHelpText("after", HELP), exitCodes);
  return exitOnUsageError(command).action(
    async (sql: string | undefined, options: QueryCommandOptions) => {
      type Action = typeof import("./query/queryAction");
      const { query } = await lazyImport<Action>(module, "./query/queryAction");
      process.exitCode = await query(sql, options);
    },
  );
}
