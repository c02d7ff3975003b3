// Runs revenue.sql on the objects of the latest local run: node examples/parquet/query.cjs
const { readdirSync, readFileSync, statSync } = require("node:fs");
const { join } = require("node:path");
const { DuckDBInstance } = require("@duckdb/node-api");

const runs = join(__dirname, ".streamlake/dev");
const startedAt = (run) => statSync(join(runs, run)).birthtimeMs;
const [latest] = readdirSync(runs).sort((one, other) => startedAt(other) - startedAt(one));

async function main() {
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  const objects = join(runs, latest, "*/raw/orders/**/*.parquet");
  await connection.run(`CREATE VIEW orders AS SELECT * FROM read_parquet('${objects}')`);
  const query = readFileSync(join(__dirname, "revenue.sql"), "utf8");
  console.table((await connection.runAndReadAll(query)).getRowObjectsJson());
}

void main();
