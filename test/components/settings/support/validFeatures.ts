import fc from "fast-check";
import { arns } from "../rules/rule";
import { numbers, some } from "./arbitraries";

/** What Firehose does with the records of valid args, and what the other settings follow from. */
export interface ValidFeatures {
  readonly groups: {
    readonly partitioning?: object;
    readonly transform?: object;
    readonly conversion?: object;
    readonly backup?: object;
  };
  readonly cloudWatchLogs: "none" | "decompress" | "messages" | undefined;
  /** Expressions of the partition keys, by name: each must be in the prefix. */
  readonly keys: Readonly<Record<string, string>>;
  readonly format: "parquet" | "orc" | undefined;
  /** Whether Firehose reads what is in the records, so that they cannot stay compressed. */
  readonly reads: boolean;
  /** The processors without the one that appends a delimiter. */
  readonly processors: number;
}

const keyName = fc.constantFrom("customer", "Region", "_day1", "k".repeat(60), "a", "B2");
const functionArn = fc.constantFrom(
  ...["", ":live", ":$LATEST", ":7"].map(
    (version) => `arn:aws:lambda:us-east-1:123456789012:function:redact${version}`,
  ),
);
/** Expressions that jq 1.6 compiles; some need quotes in a shell, in YAML or in jq. */
const expression = fc.constantFrom(
  ...[".customer", ".a.b", '.a // "none"', "if .a then .a else .b end", ".time[0:4]", ".a # note"],
  ...['.["a b"]', ".a | ascii_downcase", ".tags[0].name", '"\\(.a)-$x"'],
);

const partitioned = fc
  .uniqueArray(keyName, { maxLength: 4, selector: (name) => name.toLowerCase() })
  .chain((names) =>
    fc.record({
      queryKeys: fc.nat({ max: names.length }).map((count) => names.slice(0, count)),
      names: fc.constant(names),
      expressions: fc.array(expression, { minLength: 4, maxLength: 4 }),
      others: some({
        retrySeconds: numbers(0, 7200),
        splitRecords: fc.constantFrom("json", "|", "\n", "'"),
      }),
    }),
  );

const transformed = some({
  bufferSizeMiB: fc.constantFrom(0.2, 1.5, 3),
  bufferIntervalSeconds: numbers(0, 900),
  retries: numbers(0, 300),
});

const block = numbers(64, 2047);
const share = fc.constantFrom(0, 0.25, 1);
const columnNames = ["customer", "amount", "_at"] as const;
const columnType = fc.constantFrom("string", "decimal(38,9)", "map<string,array<date>>");
const column = fc.constantFrom(...columnNames);

const inputs = fc.oneof(
  fc.constant({}),
  some({
    from: fc.constant("openx"),
    openX: some({
      caseInsensitive: fc.boolean(),
      dotsToUnderscores: fc.boolean(),
      columnKeys: fc.dictionary(column, fc.constantFrom("Customer", "a b", "x.y"), {
        noNullPrototype: true,
      }),
    }),
  }),
  fc.record({
    from: fc.constant("hive"),
    hive: some({ timestampFormats: fc.subarray(["millis", "yyyy-MM-dd'T'HH:mm:ss'Z'"]) }),
  }),
);
const outputs = fc.oneof(
  fc.constant({}),
  some({
    to: fc.constant("parquet"),
    parquet: some({
      compression: fc.constantFrom("SNAPPY", "GZIP", "UNCOMPRESSED"),
      dictionaryCompression: fc.boolean(),
      blockSizeMiB: block,
      pageSizeKiB: numbers(64, 1_048_576),
      maxPaddingBytes: numbers(0, 2_147_483_647),
      writerVersion: fc.constantFrom("V1", "V2"),
    }),
  }),
  fc.record({
    to: fc.constant("orc"),
    orc: some({
      compression: fc.constantFrom("SNAPPY", "ZLIB", "NONE"),
      blockSizeMiB: block,
      stripeSizeMiB: numbers(8, 2047),
      rowIndexStride: numbers(1000, 2_147_483_647),
      padding: fc.boolean(),
      paddingTolerance: share,
      bloomFilterColumns: fc.subarray([...columnNames]),
      bloomFilterFalsePositives: share,
      dictionaryThreshold: share,
      formatVersion: fc.constantFrom("V0_12", "V0_11"),
    }),
  }),
);
const table = fc.oneof(
  fc.constantFrom("lake/clicks", "my-lake/t_1").map((name) => ({
    tableArn: `arn:aws:glue:us-east-1:123456789012:table/${name}`,
  })),
  fc
    .record({
      columns: fc
        .array(columnType, { minLength: columnNames.length, maxLength: columnNames.length })
        .map((types) => columnNames.map((name, index) => ({ name, type: types[index] }))),
      named: fc.constantFrom({}, { databaseName: "lake" }),
    })
    .map(({ columns, named }) => ({ catalog: { columns, ...named } })),
);
const conversion = fc
  .tuple(table, inputs, outputs)
  .map((parts) => Object.assign({}, ...parts) as object);

const backup = fc
  .tuple(
    some({
      keyArn: fc.constant(arns.bucketKeyArn),
      prefix: fc.constantFrom("source/", "2026/all/!{timestamp:yyyy/MM}/"),
      errorPrefix: fc.constantFrom("bad/!{firehose:error-output-type}/", "bad-source/"),
      bufferSizeMiB: numbers(1, 128),
      bufferIntervalSeconds: numbers(60, 900),
      compression: fc.constantFrom("GZIP", "UNCOMPRESSED", "ZIP", "Snappy", "HADOOP_SNAPPY"),
    }),
    fc.oneof(
      fc.constantFrom({ enabled: true }, { enabled: true, expiryDays: 36_500 }),
      some({ enabled: fc.constant(true), bucketAccountId: fc.constant("012345678901") }).map(
        (owner) => ({ bucketArn: "arn:aws:s3:::source-records", ...owner }),
      ),
    ),
  )
  .map(([simple, place]) => ({ ...simple, ...place }));

const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });

/** Every combination of what Firehose can do to a record. */
export const validFeatures: fc.Arbitrary<ValidFeatures> = fc
  .record({
    cloudWatchLogs: fc.constantFrom(undefined, "none", "decompress", "messages"),
    partitioned: maybe(partitioned),
    transform: maybe(fc.tuple(functionArn, transformed)),
    conversion: maybe(conversion),
    backup: fc.oneof(fc.constantFrom(undefined, { enabled: false }), backup),
  })
  .map(({ cloudWatchLogs, partitioned, transform, conversion, backup }) => {
    const names = partitioned?.names ?? [];
    const queryKeys = transform === undefined ? names : (partitioned?.queryKeys ?? []);
    const functionKeys = names.slice(queryKeys.length);
    const partitions = names.length > 0;
    const splits = partitions && partitioned?.others.splitRecords !== undefined;
    const queries = queryKeys.map((key, index) => [key, partitioned?.expressions[index]]);
    const to = (conversion as { to?: string } | undefined)?.to;
    const inPrefix = (keys: readonly string[], namespace: string) =>
      keys.map((key) => [key, `!{${namespace}:${key}}`] as const);
    const isOn = [
      ...[cloudWatchLogs === "decompress" || cloudWatchLogs === "messages"],
      ...[cloudWatchLogs === "messages", splits, transform !== undefined, queryKeys.length > 0],
    ];
    return {
      groups: {
        ...(partitions && {
          partitioning: {
            ...partitioned?.others,
            ...(queryKeys.length > 0 && { keys: Object.fromEntries(queries) as object }),
          },
        }),
        ...(transform && {
          transform: {
            ...{ functionArn: transform[0], ...transform[1] },
            ...(functionKeys.length > 0 && { partitionKeys: functionKeys }),
          },
        }),
        ...(conversion && { conversion }),
        ...(backup && { backup }),
      },
      cloudWatchLogs,
      keys: Object.fromEntries([
        ...inPrefix(queryKeys, "partitionKeyFromQuery"),
        ...inPrefix(functionKeys, "partitionKeyFromLambda"),
      ]),
      format: conversion && (to === "orc" ? "orc" : "parquet"),
      reads: queryKeys.length > 0 || splits || conversion !== undefined || isOn[0] === true,
      processors: isOn.filter(Boolean).length,
    };
  });
