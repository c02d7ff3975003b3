import assert from "node:assert/strict";
import fc from "fast-check";
import { DeliveryPipeline } from "../../../components/index";
import { settingsProblems } from "../../../components/settings/settingsProblems";
import { Unknown } from "../../../engine/graph/resourceGraph";
import { record } from "../../support/record";
import { columns, functionArn, modelOf, tableArn } from "../support/features";

/** A record with any of its fields. */
const some = <T>(fields: { [K in keyof T]: fc.Arbitrary<T[K]> }) =>
  fc.record(fields, { requiredKeys: [], noNullPrototype: true });
const around = (...limits: number[]) =>
  fc.constantFrom(...limits.flatMap((limit) => [limit - 1, limit, limit + 1]));
const often = <T>(value: T) => fc.option(fc.constant(value), { freq: 3, nil: undefined });

/** Settings of features on both sides of what AWS accepts, alone and together. */
const anyFeatures = some({
  partitioning: some({
    keys: fc.constantFrom({ a: ".a" }, { a: ".a", b: ".b | tostring" }, { a: "nope" }, {}),
    retrySeconds: around(0, 7200),
    splitRecords: fc.constantFrom("json", "|", "####"),
  }),
  transform: some({
    functionArn: often(functionArn),
    bufferSizeMiB: fc.constantFrom(0.1, 0.2, 1, 3, 3.1),
    bufferIntervalSeconds: around(0, 60, 900),
    retries: around(0, 3, 300),
    partitionKeys: fc.subarray(["a", "c"]),
  }),
  conversion: some({
    tableArn: often(tableArn),
    catalog: fc.constantFrom({ columns }, {}),
    from: fc.constantFrom("openx", "hive"),
    to: fc.constantFrom("parquet", "orc"),
    parquet: some({ blockSizeMiB: around(64), pageSizeKiB: around(64) }),
    orc: some({ stripeSizeMiB: around(8), paddingTolerance: fc.constantFrom(-0.1, 0, 1, 1.1) }),
  }),
  backup: some({
    enabled: fc.boolean(),
    bucketArn: often("arn:aws:s3:::my-backup-bucket"),
    bufferIntervalSeconds: around(60, 900),
    compression: fc.constantFrom("GZIP", "UNCOMPRESSED"),
    prefix: fc.constantFrom("all/", "all/!{timestamp:yyyy}/", "!{partitionKeyFromQuery:a}/"),
  }),
  delivery: some({
    bufferSizeMiB: around(64),
    bufferIntervalSeconds: around(0, 60),
    compression: fc.constantFrom("GZIP", "UNCOMPRESSED"),
    delimiter: fc.constantFrom("newline", "none"),
    prefix: fc.constantFrom("raw/", "raw/!{partitionKeyFromQuery:a}/"),
    cloudWatchLogs: fc.constantFrom("none", "decompress", "messages"),
  }),
}).map((args) => {
  const { transform, conversion = {}, backup, ...rest } = args;
  const { parquet, orc, ...table } = conversion;
  const isBackedUp = backup?.enabled === true || backup?.bucketArn !== undefined;
  const isConverted = table.tableArn !== undefined || table.catalog?.columns !== undefined;
  // Undefined settings count as absent, and most settings have no effect without what they belong to.
  return JSON.parse(
    JSON.stringify({
      ...rest,
      ...(transform?.functionArn !== undefined && { transform }),
      ...(isBackedUp && { backup }),
      ...(isConverted && {
        conversion: { ...table, ...(table.to === "orc" ? { orc } : { parquet }) },
      }),
    }),
  ) as object;
});

const isAccepted = (args: object) => settingsProblems("events", args).length === 0;

describe("settings of features that the checks accept", () => {
  it("become a delivery stream that AWS accepts", async () => {
    const [accepted, ...others] = fc
      .sample(anyFeatures, { numRuns: 3000, seed: 18 })
      .filter(isAccepted);
    const varied = [accepted, ...others].slice(0, 20);
    assert.ok(varied.length >= 16, `only ${varied.length}`);
    const seen = new Set<string>();
    for (const args of varied) {
      const recording = await record(() => new DeliveryPipeline("events", args));
      const { refusals, s3 } = modelOf(recording);
      assert.deepEqual(refusals, [], JSON.stringify(args));
      if (s3?.dynamicPartitioning) seen.add("partitioning");
      if (s3?.formatConversion) seen.add("conversion");
      if (s3?.sourceBackup) seen.add("backup");
      const processors = s3?.processors;
      if (processors !== undefined && !(processors instanceof Unknown))
        for (const { type } of processors) seen.add(type);
    }
    assert.deepEqual([...seen].sort(), [
      ...["AppendDelimiterToRecord", "CloudWatchLogProcessing", "Decompression", "Lambda"],
      ...["MetadataExtraction", "RecordDeAggregation", "backup", "conversion", "partitioning"],
    ]);
  });
});
