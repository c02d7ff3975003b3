import { athenaQuery } from "../../records/query/athena/athenaQuery";
import type { AthenaTable } from "../../records/query/athena/lakeStatement";
import type { TargetTable } from "../../records/target/target";
import { printMessage } from "../output";
import { progressBar } from "../progressBar";
import { byteSize, timeText } from "../../records/amounts";
import { athenaClient } from "../serviceClients";
import { openAws, type OpenTarget, openTarget } from "../target/openTarget";
import { printResult } from "./printResult";
import type { QueryCommandOptions } from "./queryOptions";

/**
 * Runs a statement on Athena and prints its result.
 *
 * @returns the exit code
 * @throws Error if the query fails, or if it is unknown which table it should read
 */
export async function athenaAction(
  sql: string,
  options: QueryCommandOptions,
  signal: AbortSignal,
): Promise<number> {
  const { known, aws, close } = await openCatalog(options);
  const client = await athenaClient(await aws("athena", known.region));
  const bar = progressBar(30, (_options, _progress, { text = "" }: { text?: string }) => text);
  bar.start(0, 0);
  try {
    const { result, scannedBytes, milliseconds } = await athenaQuery({
      ...{ client, sql, signal, table: tableOf(known, options) },
      ...(options.workgroup !== undefined && { workgroup: options.workgroup }),
      ...(options.outputLocation !== undefined && { outputLocation: options.outputLocation }),
      onState: (state, bytes) => {
        bar.update(0, { text: `Athena: ${state.toLowerCase()}, ${byteSize(bytes)} scanned` });
      },
    });
    bar.stop();
    await printResult(result, options);
    printMessage(
      `Athena scanned ${byteSize(scannedBytes)} in ${timeText(milliseconds)}, and bills what it scans, ` +
        "at least 10 MB a query.",
    );
    return 0;
  } finally {
    bar.stop();
    client.destroy();
    await close();
  }
}

interface OpenCatalog extends Pick<OpenTarget, "aws" | "close"> {
  /** What the pipeline says about its table. */
  readonly known: TargetTable;
}

async function openCatalog(options: QueryCommandOptions): Promise<OpenCatalog> {
  if (options.local !== undefined)
    throw new Error(
      "--athena cannot be combined with --local: a local run has no Athena. Leave out --athena.",
    );
  const open = await openTarget(options, "--table NAME and --region REGION");
  if (open !== undefined)
    return { known: open.target.table?.() ?? {}, aws: open.aws, close: open.close };
  if (options.table === undefined)
    throw new Error(
      "With --athena, specify one of --stack NAME, --stack-export FILE and --table NAME.",
    );
  return { known: {}, ...openAws(options) };
}

function tableOf(known: TargetTable, { table, database }: QueryCommandOptions): AthenaTable {
  const name = table ?? known.name;
  const used = database ?? known.database ?? "default";
  if (name === undefined)
    throw new Error(
      "The stack has no output athenaTableName, so the table is unknown: specify --table NAME, and " +
        "--database NAME unless it is in the database default.",
    );
  return { name, database: used };
}
