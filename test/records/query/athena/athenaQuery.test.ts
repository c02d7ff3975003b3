import assert from "node:assert/strict";
import { AthenaClient } from "@aws-sdk/client-athena";
import {
  athenaQuery,
  type AthenaQueried,
  type AthenaQueryOptions,
} from "../../../../records/query/athena/athenaQuery";
import { QueryError } from "../../../../records/query/queryValue";
import { type AthenaBehavior, athenaStandIn } from "./athenaStandIn";

describe("a query on Athena", () => {
  interface Ran {
    readonly queried: AthenaQueried;
    readonly rows: readonly unknown[];
    readonly operations: readonly string[];
    readonly started: Readonly<Record<string, unknown>>;
    readonly waits: readonly number[];
  }

  async function run(
    behavior: AthenaBehavior,
    options: Partial<AthenaQueryOptions> = {},
    onRequests: (operations: () => readonly string[]) => void = () => undefined,
  ): Promise<Ran> {
    const athena = await athenaStandIn(behavior);
    const operations = () => athena.requests.map(([operation]) => operation);
    onRequests(operations);
    const client = new AthenaClient({
      ...{ endpoint: athena.endpoint, region: "eu-central-1" },
      credentials: { accessKeyId: "a", secretAccessKey: "b" },
    });
    const waits: number[] = [];
    try {
      const queried = await athenaQuery({
        ...{ client, sql: "select * from lake", table: { name: "clicks", database: "web" } },
        signal: new AbortController().signal,
        sleep: (milliseconds) => {
          waits.push(milliseconds);
          return Promise.resolve();
        },
        ...options,
      });
      const rows: unknown[] = [];
      for await (const row of queried.result.rows) rows.push(JSON.parse(JSON.stringify(row)));
      const started = athena.requests[0]?.[1] ?? {};
      return { queried, rows, operations: operations(), started, waits };
    } finally {
      client.destroy();
      await athena.close();
    }
  }

  it("is started with the table, followed until it ends, and read in pages", async () => {
    const { queried, rows, operations, started, waits } = await run(
      {
        states: ["QUEUED", "RUNNING", "RUNNING", "SUCCEEDED"],
        columns: [
          ["type", "varchar"],
          ["n", "bigint"],
        ],
        rows: [
          ["click", "3"],
          ["view", "9007199254740993"],
          ["type", "n"],
          [undefined, undefined],
        ],
      },
      { workgroup: "analysts", outputLocation: "s3://results/x/" },
    );
    assert.deepEqual(rows, [
      ["click", 3],
      ["view", "9007199254740993"],
      ["type", "n"],
      [null, null],
    ]);
    assert.deepEqual(operations, [
      "StartQueryExecution",
      ...["QUEUED", "RUNNING", "RUNNING", "SUCCEEDED"].map(() => "GetQueryExecution"),
      ...["GetQueryResults", "GetQueryResults", "GetQueryResults"],
    ]);
    assert.deepEqual(started, {
      ClientRequestToken: started["ClientRequestToken"],
      QueryString: 'WITH lake AS (SELECT * FROM "web"."clicks")\nselect * from lake',
      QueryExecutionContext: { Database: "web" },
      WorkGroup: "analysts",
      ResultConfiguration: { OutputLocation: "s3://results/x/" },
    });
    assert.deepEqual(waits, [250, 375, 562.5]);
    assert.deepEqual(
      [queried.scannedBytes, queried.milliseconds, queried.result.columns],
      [
        5 * 1024 * 1024,
        1500,
        [
          { name: "type", isNumber: false },
          { name: "n", isNumber: true },
        ],
      ],
    );
  });

  it("has values of the types of its columns", async () => {
    const values = [
      ["boolean", "true", true],
      ["tinyint", "1", 1],
      ["decimal", "1.50", 1.5],
      ["decimal", "123456789012345678.90", "123456789012345678.90"],
      ["double", "1.0E10", 1e10],
      ["float", "NaN", "NaN"],
      ["date", "2026-11-22", "2026-11-22"],
      ["timestamp", "2026-11-22 10:00:00.000", "2026-11-22T10:00:00.000"],
      ["timestamp with time zone", "2026-11-22 10:00:00.000 UTC", "2026-11-22T10:00:00.000Z"],
      ["array", "[1, 2]", "[1, 2]"],
      ["json", '{"a":[1]}', { a: [1] }],
      ["varchar", "", ""],
    ] as const;
    const { rows } = await run({
      states: ["SUCCEEDED"],
      columns: values.map(([type], index) => [`c${index}`, type]),
      rows: [values.map(([, text]) => text)],
    });
    assert.deepEqual(rows, [values.map(([, , value]) => value)]);
  });

  it("fails with Athena's reason, with the positions of the statement as it was written", async () => {
    const reason =
      "COLUMN_NOT_FOUND: line 2:8: Column 'nope' cannot be resolved or requester is not authorized to access requested resources";
    await assert.rejects(run({ states: ["RUNNING", "FAILED"], reason }), (error: unknown) => {
      assert.ok(error instanceof QueryError);
      assert.ok(error.message.startsWith(reason.replace("line 2", "line 1")), error.message);
      assert.match(
        error.message,
        /\nThe table of records that are not converted has the column record/,
      );
      return true;
    });
    await assert.rejects(run({ states: ["CANCELLED"] }), {
      message: "The query ended as CANCELLED.",
    });
  });

  it("says what is missing if it cannot be started", async () => {
    const message =
      "No output location provided. An output location is required either through the Workgroup result configuration setting or as an API input.";
    await assert.rejects(run({ states: [], rejects: ["InvalidRequestException", message] }), {
      message: `Athena cannot start the query: InvalidRequestException: ${message} Specify --output-location s3://BUCKET/PREFIX/, outside the data lake, or a --workgroup that has one.`,
    });
    await assert.rejects(
      run({ states: [], rejects: ["AccessDeniedException", "not authorized"] }),
      {
        message: /AccessDeniedException: not authorized A query needs athena:StartQueryExecution,/,
      },
    );
  });

  it("is stopped by the signal", async () => {
    const interrupt = new AbortController();
    let operations: () => readonly string[] = () => [];
    const ended = run(
      { states: ["RUNNING"] },
      {
        signal: interrupt.signal,
        sleep: () => {
          interrupt.abort();
          return Promise.resolve();
        },
      },
      (requests) => (operations = requests),
    );
    await assert.rejects(ended, { name: "AbortError" });
    assert.deepEqual(operations(), [
      "StartQueryExecution",
      "GetQueryExecution",
      "StopQueryExecution",
    ]);
  });
});
