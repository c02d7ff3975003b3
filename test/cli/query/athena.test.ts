import assert from "node:assert/strict";
import { type AthenaBehavior, athenaStandIn } from "../../records/query/athena/athenaStandIn";
import { pulumiStandIn } from "../support/pulumiStandIn";
import { streamlakeHere } from "../support/streamlakeHere";

describe("streamlake query --athena", () => {
  const counted: AthenaBehavior = {
    states: ["SUCCEEDED"],
    columns: [
      ["type", "varchar"],
      ["n", "bigint"],
    ],
    rows: [["click", "3"]],
  };

  async function query(behavior: AthenaBehavior, ...args: readonly string[]) {
    const athena = await athenaStandIn(behavior);
    const aws = ["--athena", "--endpoint", athena.endpoint];
    try {
      const ended = await streamlakeHere(["query", "select type from lake", ...aws, ...args]);
      return { ...ended, input: athena.requests[0]?.[1] };
    } finally {
      await athena.close();
    }
  }

  it("prints the result, and how much was scanned", async () => {
    const ended = await query(counted, "--table", "clicks", "--database", "web");
    assert.equal(ended.stdout, "type   n\n-----  -\nclick  3\n");
    assert.match(
      ended.stderr,
      /^Athena scanned 5\.0 MiB in 1\.5 s, and bills what it scans, at least 10 MB a query\.$/m,
    );
    assert.equal(ended.exitCode, 0);
    const json = await query(counted, "--table", "clicks", "--json");
    assert.equal(json.stdout, '{"type":"click","n":3}\n');
    assert.deepEqual(json.input?.["QueryExecutionContext"], { Database: "default" });
  });

  it("reads the table from the outputs of the stack", async () => {
    const outputs = { athenaTableName: "clicks", athenaDatabaseName: "web", region: "eu-west-1" };
    const pulumi = pulumiStandIn(outputs);
    try {
      const { input } = await query(counted, "--stack", "dev");
      assert.match(
        String(input?.["QueryString"]),
        /^WITH lake AS \(SELECT \* FROM "web"\."clicks"\)/,
      );
      const other = await query(counted, "--stack", "dev", "--table", "others");
      assert.match(String(other.input?.["QueryString"]), /FROM "web"\."others"\)/);
    } finally {
      pulumi.remove();
    }
    const older = pulumiStandIn({ region: "eu-west-1" });
    try {
      const { stderr, exitCode } = await query(counted, "--stack", "dev");
      assert.match(stderr, /^The stack has no output athenaTableName.*specify --table NAME/);
      assert.equal(exitCode, 2);
    } finally {
      older.remove();
    }
  });

  it("exits with 2 and Athena's message if the query fails", async () => {
    const reason =
      "TABLE_NOT_FOUND: line 1:31: Table 'awsdatacatalog.default.clicks' does not exist";
    const { stdout, stderr, exitCode } = await query(
      { states: ["FAILED"], reason },
      ...["--table", "clicks"],
    );
    assert.match(stderr, /^TABLE_NOT_FOUND: /m);
    assert.match(stderr, /pulumi stack output athenaTable --show-secrets/);
    assert.deepEqual([stdout, exitCode], ["", 2]);
  });

  for (const [what, args, message] of [
    [
      "no table",
      [],
      /^With --athena, specify one of --stack NAME, --stack-export FILE and --table NAME\.$/m,
    ],
    ["a local run", ["--local"], /^--athena cannot be combined with --local/],
  ] as const)
    it(`exits with 2 for ${what}`, async () => {
      const { stderr, exitCode } = await query(counted, ...args);
      assert.match(stderr, message);
      assert.equal(exitCode, 2);
    });
});
