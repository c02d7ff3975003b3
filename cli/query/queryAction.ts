import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { addAbortSignal } from "node:stream";
import { fixedHead } from "../../components/prefix/fixedHead";
import { maxColumns } from "../../records/query/recordColumns";
import { NothingDelivered, queryLake, type ReadTable } from "../../records/query/queryLake";
import type { DayRange } from "../../records/query/rangeObjects";
import { LakeTooLarge } from "../../records/query/spoolLake";
import type { TargetLake } from "../../records/target/target";
import { interruptible } from "../interruptible";
import { printMessage } from "../output";
import { progressBar } from "../progressBar";
import { byteSize, counted, grouped } from "../../records/amounts";
import { printable } from "../reports/printable";
import { listed } from "../reports/reportLines";
import { s3Client } from "../serviceClients";
import { type OpenLake, openLake } from "../verify/dataLake";
import { targetArguments } from "../target/targetOptions";
import { athenaAction } from "./athenaAction";
import { printResult } from "./printResult";
import type { QueryCommandOptions } from "./queryOptions";

/**
 * Runs SQL on the records of a data lake and prints its result.
 *
 * @returns the exit code
 * @throws Error for a mistake in the SQL or in the options, or if the lake cannot be read
 */
export async function query(
  argument: string | undefined,
  given: QueryCommandOptions,
): Promise<number> {
  const { sql: words, options } = separated(argument, given);
  rejectOptions(options);
  return interruptible(async (signal) => {
    const sql = await readSql(words, options.file, signal);
    if (options.athena === true) return athenaAction(sql, options, signal);
    const open = await openLake(options);
    return queryOpen(open, sql, options, signal).finally(open.close);
  });
}

/** In `query --local "select 1"`, the statement looks like the optional directory of --local. */
function separated(
  argument: string | undefined,
  options: QueryCommandOptions,
): { readonly sql: string | undefined; readonly options: QueryCommandOptions } {
  const { local, file } = options;
  const isStatement =
    argument === undefined && file === undefined && typeof local === "string" && !existsSync(local);
  return isStatement
    ? { sql: local, options: { ...options, local: true } }
    : { sql: argument, options };
}

const ofAthena = ["database", "table", "workgroup", "outputLocation"] as const;
const ofDays = ["date", "from", "to"] as const;
const ofBucket = ["bucket", "prefix", "errorPrefix", "timeZone", "delimiter"] as const;

function rejectOptions(options: QueryCommandOptions): void {
  if (options.athena !== true && ofAthena.some((option) => options[option] !== undefined))
    throw new Error(
      "--database, --table, --workgroup and --output-location are for --athena: add it.",
    );
  if (options.athena === true && ofDays.some((option) => options[option] !== undefined))
    throw new Error(
      "--date, --from and --to choose the objects that are read on this machine. With --athena, " +
        "compare the partitions of the table in WHERE.",
    );
  if (options.athena === true && ofBucket.some((option) => options[option] !== undefined))
    throw new Error(
      "--athena cannot be combined with --bucket, --prefix, --error-prefix, --time-zone or --delimiter: " +
        "the table determines them. Specify it with --table.",
    );
}

const howToSpecify =
  'Specify one statement, e.g. query "select count(*) from lake", or --file FILE with it, or --file - ' +
  "for standard input.";

async function readSql(
  argument: string | undefined,
  file: string | undefined,
  signal: AbortSignal,
): Promise<string> {
  if ((argument === undefined) === (file === undefined)) throw new Error(howToSpecify);
  const sql = argument ?? (await readStatement(file ?? "", signal));
  if (sql.trim() === "") throw new Error(`There is no statement. ${howToSpecify}`);
  return sql;
}

async function readStatement(file: string, signal: AbortSignal): Promise<string> {
  if (file === "-") return text(addAbortSignal(signal, process.stdin));
  return readFile(file, { encoding: "utf8", signal }).catch((error: unknown) => {
    throw new Error(`--file "${file}" cannot be read: ${(error as Error).message}`);
  });
}

async function queryOpen(
  { lake: { region, ...lake }, aws }: OpenLake,
  sql: string,
  options: QueryCommandOptions,
  signal: AbortSignal,
): Promise<number> {
  const client = s3Client(await aws("s3", region));
  const bar = progressBar(30, (_options, _progress, { text = "" }: { text?: string }) => text);
  const result = { isWhole: true };
  try {
    await queryLake(
      {
        ...{ client, lake, sql, signal },
        range: rangeOf(options),
        maxBytes: options.maxSize,
        onProgress: ({ objects, storedBytes }) => {
          if (!bar.isActive) bar.start(0, 0);
          const text = `Reading: ${counted(objects, "object")}, ${byteSize(storedBytes)}`;
          bar.update(objects, { text });
        },
        onRead: (read) => {
          bar.stop();
          result.isWhole &&= read.damaged.length === 0;
          printMessage(readNotes(read, lake.bucket).join("\n"));
        },
      },
      (rows) => printResult(rows, options),
    );
    return result.isWhole ? 0 : 1;
  } catch (error) {
    if (error instanceof LakeTooLarge) throw new Error(tooLarge(error), { cause: error });
    if (!(error instanceof NothingDelivered)) throw error;
    bar.stop();
    printMessage(nothing(lake, options));
    return 1;
  } finally {
    bar.stop();
    client.destroy();
  }
}

function rangeOf({ date, from = date, to = date }: QueryCommandOptions): DayRange {
  return { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
}

function readNotes(read: ReadTable, bucket: string): readonly string[] {
  const { table, objects, records, storedBytes, others, damaged, isComplete } = read;
  const from = `${counted(objects, "object")} (${byteSize(storedBytes)})`;
  return [
    `Read ${counted(records, table === "lake" ? "record" : "failed record")} from ${from}.`,
    ...(others === undefined
      ? []
      : [
          `${counted(others.count, "record")} of them ${others.count === 1 ? "is not a JSON object" : "are not JSON objects"}: ` +
            `the text is in the column ${read.textColumn ?? "_record"}. The first is in`,
          `  s3://${printable(bucket)}/${printable(others.key)}`,
        ]),
    ...(isComplete ? [] : [`Only the first ${grouped(maxColumns)} fields have a column.`]),
    ...listed(
      `${counted(damaged.length, "object")} cannot be read to the end; what precedes the damage is in the table`,
      damaged.map(({ key, reason }) => `${key}: ${reason}`),
    ).slice(1),
  ];
}

function tooLarge({ maxBytes }: LakeTooLarge): string {
  return (
    `The objects are larger than ${byteSize(maxBytes)}, the limit for what is read on this machine. ` +
    "Choose days with --date, or with --from and --to, or allow more with --max-size, e.g. --max-size " +
    "20GiB. Their records take several times as much space in temporary files. Or use --athena."
  );
}

function nothing({ bucket, prefix }: TargetLake, options: QueryCommandOptions): string {
  const days = Object.keys(rangeOf(options)).length === 0 ? "" : " of these days";
  const target = targetArguments(options);
  return [
    `There are no objects with records${days} under s3://${printable(bucket)}/${printable(fixedHead(prefix))}`,
    "Firehose delivers records when its buffer is full or its interval ends.",
    ...(target === undefined
      ? []
      : [
          "To see objects when they arrive, and to find out why none does:",
          `  npx streamlake tail${target} --objects`,
          `  npx streamlake diagnose${target}`,
        ]),
  ].join("\n");
}
