/**
 * The cost of a conversion to Parquet: records of 32 MiB become one SNAPPY file, compared with parsing the
 * same records with JSON.parse, which every reader of JSON pays. Also prints how much memory it adds.
 *
 *   node -r ts-node/register/transpile-only bench/parquet-conversion.ts
 */
import { type Conversion, convertRecords } from "../aws/firehose/conversion/convertRecords";
import { catalogTable } from "../aws/glue/catalogTable";

const bytes = 32 * 1024 * 1024;
const rounds = 3;

const columns = [
  { name: "id", type: "bigint" },
  { name: "user", type: "string" },
  { name: "price", type: "decimal(10,2)" },
  { name: "at", type: "timestamp" },
  { name: "ok", type: "boolean" },
  { name: "score", type: "double" },
  { name: "tags", type: "array<string>" },
];

const conversion: Conversion = {
  from: {
    type: "OpenXJson",
    caseInsensitive: true,
    convertDotsInJsonKeysToUnderscores: false,
    columnToJsonKeyMappings: {},
  },
  to: {
    ...{ type: "Parquet", compression: "SNAPPY", writerVersion: "V1" },
    ...{ enableDictionaryCompression: false, blockSizeBytes: 256 * 1024 * 1024 },
    ...{ pageSizeBytes: 1024 * 1024, maxPaddingBytes: 0 },
  },
  table: catalogTable("lake", "events", columns),
  catalog: {
    ...{ catalogId: "123456789012", region: "us-east-1", versionId: "LATEST" },
    catalogArn: "arn:aws:glue:us-east-1:123456789012:catalog",
  },
};

function makeRecords(): readonly Buffer[] {
  const records: Buffer[] = [];
  for (let made = 0; made < bytes; made += records.at(-1)?.length ?? 0) {
    const id = records.length;
    const tags = ["a", `t${id % 9}`];
    const [user, price, at] = [`user-${id % 1000}`, id / 7, 1_700_000_000_000 + id];
    const event = { id, user, price, at, ok: id % 2 === 0, score: Math.sin(id), tags };
    records.push(Buffer.from(JSON.stringify(event)));
  }
  return records;
}

async function timed(work: () => unknown): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

function median(times: readonly number[]): number {
  return [...times].sort((one, other) => one - other)[Math.floor(times.length / 2)] ?? NaN;
}

/** Peak memory of this process so far, in MiB. */
function peakMemory(): number {
  return process.resourceUsage().maxRSS / 1024;
}

async function main(): Promise<void> {
  const data = makeRecords();
  const records = data.map((one, number) => ({
    record: { data: one, arrival: 0, sequenceNumber: String(number) },
    data: one,
  }));
  const before = peakMemory();
  const times = { conversion: [] as number[], parse: [] as number[] };
  for (let round = 0; round < rounds; round += 1) {
    times.conversion.push(await timed(() => convertRecords(records, conversion, 0)));
    times.parse.push(
      await timed(() => {
        for (const one of data) JSON.parse(one.toString());
      }),
    );
  }
  const [ours, parse] = [median(times.conversion), median(times.parse)];
  console.log(`${data.length} records of 32 MiB in all, median of ${rounds} rounds`);
  console.log(`  JSON.parse alone:      ${parse.toFixed(0)} ms`);
  console.log(`  conversion to Parquet: ${ours.toFixed(0)} ms`);
  console.log(`  conversion / parse:    ${(ours / parse).toFixed(1)} times as long`);
  console.log(`  peak memory added:     ${(peakMemory() - before).toFixed(0)} MiB`);
}

void main();
