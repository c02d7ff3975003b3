import type { AthenaClient, QueryExecution } from "@aws-sdk/client-athena";
import { awsFailure } from "../../awsFailure";
import { sleep as realSleep, type Sleep } from "../../send/sleep";
import { QueryError, type QueryResult } from "../queryValue";
import { athenaResult } from "./athenaResult";
import { type AthenaTable, lakeStatement, originalPositions } from "./lakeStatement";

type Athena = typeof import("@aws-sdk/client-athena");

export interface AthenaQueryOptions {
  readonly client: AthenaClient;
  /** In the dialect of Athena. */
  readonly sql: string;
  /** What the statement calls `lake`. */
  readonly table: AthenaTable;
  /** Default: `primary`. */
  readonly workgroup?: string;
  /** Where Athena writes the result, s3://BUCKET/PREFIX/. Default: that of the work group. */
  readonly outputLocation?: string;
  /** Stops the query. */
  readonly signal: AbortSignal;
  /** Called whenever the state of the query is known. */
  readonly onState?: (state: string, scannedBytes: number) => void;
  /** Waits between requests for the state. Default: real time. */
  readonly sleep?: Sleep;
}

export interface AthenaQueried {
  readonly result: QueryResult;
  /** What Athena bills. */
  readonly scannedBytes: number;
  readonly milliseconds: number;
}

/**
 * Runs a query on Athena and waits for it.
 *
 * @throws QueryError with Athena's message if the query fails; Error if it cannot be started or read; the
 *   reason of the signal, after the query was stopped
 */
export async function athenaQuery(options: AthenaQueryOptions): Promise<AthenaQueried> {
  const { client, signal } = options;
  const athena = await import("@aws-sdk/client-athena");
  const statement = lakeStatement(options.sql, options.table);
  signal.throwIfAborted();
  const id = await start(athena, options, statement.sql);
  const ended = await waitFor(athena, id, options).catch(async (error: unknown) => {
    await client
      .send(new athena.StopQueryExecutionCommand({ QueryExecutionId: id }))
      .catch(() => undefined);
    throw error;
  });
  const { State, StateChangeReason } = ended.Status ?? {};
  if (State !== "SUCCEEDED")
    throw new QueryError(failure(originalPositions(StateChangeReason ?? "", statement), State));
  const { DataScannedInBytes = 0, TotalExecutionTimeInMillis = 0 } = ended.Statistics ?? {};
  return {
    result: await athenaResult(athena, client, id).catch((error: unknown) => {
      throw requestError(error, "read the result");
    }),
    scannedBytes: DataScannedInBytes,
    milliseconds: TotalExecutionTimeInMillis,
  };
}

async function start(
  { StartQueryExecutionCommand }: Athena,
  { client, table, workgroup, outputLocation }: AthenaQueryOptions,
  sql: string,
): Promise<string> {
  const { database } = table;
  const started = await client
    .send(
      new StartQueryExecutionCommand({
        QueryString: sql,
        ...(database !== undefined && { QueryExecutionContext: { Database: database } }),
        ...(workgroup !== undefined && { WorkGroup: workgroup }),
        ...(outputLocation !== undefined && {
          ResultConfiguration: { OutputLocation: outputLocation },
        }),
      }),
    )
    .catch((error: unknown) => {
      throw requestError(error, "start the query");
    });
  return started.QueryExecutionId ?? "";
}

/** Milliseconds between the first requests, and at most. */
const firstWait = 250;
const longestWait = 5000;

async function waitFor(
  { GetQueryExecutionCommand }: Athena,
  id: string,
  { client, signal, onState, sleep = realSleep }: AthenaQueryOptions,
): Promise<QueryExecution> {
  for (let wait = firstWait; ; wait = Math.min(1.5 * wait, longestWait)) {
    const { QueryExecution: execution = {} } = await client
      .send(new GetQueryExecutionCommand({ QueryExecutionId: id }))
      .catch((error: unknown) => {
        throw requestError(error, "follow the query");
      });
    const state = execution.Status?.State ?? "QUEUED";
    onState?.(state, execution.Statistics?.DataScannedInBytes ?? 0);
    if (state !== "QUEUED" && state !== "RUNNING") return execution;
    await sleep(wait, signal);
    signal.throwIfAborted();
  }
}

function failure(reason: string, state = "FAILED"): string {
  if (reason === "") return `The query ended as ${state}.`;
  const hint =
    /^TABLE_NOT_FOUND|^SCHEMA_NOT_FOUND|Table .* does not exist|Schema .* does not exist/.test(
      reason,
    )
      ? "\nFor records that are not converted, create the table with the SQL of the output athenaTable: " +
        "pulumi stack output athenaTable --show-secrets. Specify another table with --database and --table."
      : /^COLUMN_NOT_FOUND/.test(reason)
        ? "\nThe table of records that are not converted has the column record, with one line, and the " +
          "partitions of the prefix: json_extract_scalar(record, '$.type')."
        : "";
  return reason + hint;
}

function requestError(error: unknown, action: string): Error {
  const { code, message } = awsFailure(error);
  const hint = message.startsWith("No output location provided")
    ? " Specify --output-location s3://BUCKET/PREFIX/, outside the data lake, or a --workgroup that has one."
    : code === "AccessDeniedException"
      ? " A query needs athena:StartQueryExecution, GetQueryExecution, GetQueryResults and StopQueryExecution, " +
        "glue:GetTable and GetDatabase, and access to the objects and to the location of results."
      : "";
  return new Error(`Athena cannot ${action}: ${code}: ${message}${hint}`, { cause: error });
}
