import { serve, type StandIn } from "../../../cli/support/awsStandIns";

/** A column of a result with its type in Athena. */
type Column = readonly [name: string, type: string];

export interface AthenaBehavior {
  /** The states that GetQueryExecution returns one after another; the last one stays. */
  readonly states: readonly string[];
  /** StateChangeReason of the last state. */
  readonly reason?: string;
  readonly columns?: readonly Column[];
  /** Undefined for NULL. */
  readonly rows?: readonly (readonly (string | undefined)[])[];
  /** Code and message of the error that StartQueryExecution returns. */
  readonly rejects?: readonly [code: string, message: string];
}

interface AthenaStandIn extends StandIn {
  /** Operation and input of each request. */
  readonly requests: readonly (readonly [operation: string, input: Record<string, unknown>])[];
}

const id = "5c0b8e4b-4b3f-4a6e-9d53-1f0a3c7a7c11";
const rowsPerPage = 2;

/**
 * Answers the requests of a query as Athena does. Shapes: Amazon Athena API Reference, StartQueryExecution,
 * GetQueryExecution, GetQueryResults and StopQueryExecution. The first row of the first page has the names.
 */
export async function athenaStandIn(behavior: AthenaBehavior): Promise<AthenaStandIn> {
  const requests: [string, Record<string, unknown>][] = [];
  let asked = 0;
  const standIn = await serve((request, body, response) => {
    const operation = String(request.headers["x-amz-target"]).replace("AmazonAthena.", "");
    const input = JSON.parse(body.toString()) as Record<string, unknown>;
    requests.push([operation, input]);
    response.setHeader("content-type", "application/x-amz-json-1.1");
    if (operation === "StartQueryExecution" && behavior.rejects) {
      const [code, message] = behavior.rejects;
      response.statusCode = 400;
      response.end(
        JSON.stringify({ __type: code, AthenaErrorCode: "INVALID_INPUT", Message: message }),
      );
      return;
    }
    const answers: Readonly<Record<string, () => object>> = {
      StartQueryExecution: () => ({ QueryExecutionId: id }),
      GetQueryExecution: () => executionOf(behavior, asked++),
      GetQueryResults: () => pageOf(behavior, Number(input["NextToken"] ?? 0)),
      StopQueryExecution: () => ({}),
    };
    response.end(JSON.stringify(answers[operation]?.()));
  });
  return { ...standIn, requests };
}

function executionOf({ states, reason }: AthenaBehavior, asked: number): object {
  const state = states[Math.min(asked, states.length - 1)];
  const hasEnded = state !== "QUEUED" && state !== "RUNNING";
  return {
    QueryExecution: {
      QueryExecutionId: id,
      StatementType: "DML",
      Status: {
        State: state,
        SubmissionDateTime: 1.763806e9,
        ...(hasEnded && { CompletionDateTime: 1.763806002e9 }),
        ...(hasEnded && reason !== undefined && { StateChangeReason: reason }),
      },
      Statistics: hasEnded
        ? { DataScannedInBytes: 5 * 1024 * 1024, TotalExecutionTimeInMillis: 1500 }
        : {},
      WorkGroup: "primary",
    },
  };
}

function pageOf({ columns = [], rows = [] }: AthenaBehavior, start: number): object {
  const all = [columns.map(([name]) => name), ...rows];
  const end = start + rowsPerPage;
  return {
    UpdateCount: 0,
    ResultSet: {
      Rows: all.slice(start, end).map((row) => ({
        Data: row.map((value) => (value === undefined ? {} : { VarCharValue: value })),
      })),
      ResultSetMetadata: {
        ColumnInfo: columns.map(([Name, Type]) => ({
          ...{ CatalogName: "hive", SchemaName: "", TableName: "", Name, Label: Name, Type },
          ...{ Precision: 2147483647, Scale: 0, Nullable: "UNKNOWN", CaseSensitive: true },
        })),
      },
    },
    ...(end < all.length && { NextToken: String(end) }),
  };
}
