import assert from "node:assert/strict";
import { readDeliveryStream } from "../../../../aws/firehose/model/deliveryStream";
import { type Properties, Secret } from "../../../../engine/graph/resourceGraph";
import { deliveryStreamResource } from "../../../local/support/graph";
import {
  conversion,
  extraction,
  functionArn,
  lambda,
  partitioned,
  processing,
  processor,
} from "../support/inputs";

function problemsOf(destination: Properties, more: Properties = {}) {
  const { refusals, unsupported } = readDeliveryStream(
    deliveryStreamResource("events", {
      destination: "extended_s3",
      kinesisSourceConfiguration: {
        kinesisStreamArn: "arn:aws:kinesis:eu-central-1:123456789012:stream/events",
        roleArn: "arn:aws:iam::123456789012:role/source",
      },
      extendedS3Configuration: {
        ...{ bucketArn: "arn:aws:s3:::my-lake", roleArn: "arn:aws:iam::123456789012:role/r" },
        ...destination,
      },
      ...more,
    }),
  );
  const sentences = (problems: typeof refusals) =>
    problems.map(({ input, reason }) => `${input} ${reason}`);
  return { refusals: sentences(refusals), unsupported: sentences(unsupported) };
}

const withErrors = (prefix: string): Properties => ({
  prefix,
  errorOutputPrefix: "errors/!{firehose:error-output-type}/",
});
const converted = (changes: Properties): Properties => ({
  ...{ bufferingSize: 64, dataFormatConversionConfiguration: { ...conversion, ...changes } },
});
const parquet = (parquetSerDe: Properties): Properties =>
  converted({ outputFormatConfiguration: { serializer: { parquetSerDe } } });
const orc = (orcSerDe: Properties): Properties =>
  converted({ outputFormatConfiguration: { serializer: { orcSerDe } } });
const deAggregated = (parameters: Readonly<Record<string, string>>): Properties => ({
  ...partitioned,
  ...processing(extraction(), processor("RecordDeAggregation", parameters)),
});
const backedUp = (changes: Properties): Properties => ({
  s3BackupMode: "Enabled",
  s3BackupConfiguration: {
    ...{ bucketArn: "arn:aws:s3:::raw", roleArn: "arn:aws:iam::123456789012:role/r" },
    ...changes,
  },
});
const gzipFormat = { parameterName: "CompressionFormat", parameterValue: "GZIP" };
const delimiter = processor("AppendDelimiterToRecord");

/** What AWS accepts, so the local run does too. */
const accepted: readonly (readonly [what: string, destination: Properties, more?: Properties])[] = [
  ["a literal prefix without an error prefix", { prefix: "events/" }],
  ["a literal prefix of 499 characters", { prefix: "x".repeat(499) }],
  ["a literal prefix of 512 characters", { prefix: "x".repeat(512) }],
  ["an error prefix below the prefix", { prefix: "raw/", errorOutputPrefix: "raw/errors/" }],
  [
    "a static error prefix of a prefix with expressions",
    { ...withErrors("!{timestamp:yyyy}/"), errorOutputPrefix: "errors/" },
  ],
  ["a week-based year", withErrors("raw/!{timestamp:YYYY}/")],
  ["dynamic partitioning with a buffer of 64 MiB and 60 s", partitioned],
  [
    "de-aggregation by a delimiter",
    deAggregated({ SubRecordType: "DELIMITED", Delimiter: "IyM=" }),
  ],
  ["an hour of the 12-hour clock", withErrors("raw/!{timestamp:yyyy/MM/dd/hh}/")],
  ["minutes in place of months", withErrors("raw/!{timestamp:yyyy/mm/dd}/")],
  ["a week with a calendar year", withErrors("raw/!{timestamp:yyyy/ww}/")],
  ["one processor", processing(delimiter)],
  ["five processors", processing(...Array.from({ length: 5 }, () => delimiter))],
  [
    "processing that is not enabled, without processors",
    { processingConfiguration: { processors: [] } },
  ],
  ["a file extension of every allowed character", { fileExtension: ".09az!-_.*'()" }],
  ["a file extension of 128 characters", { fileExtension: `.${"x".repeat(127)}` }],
  ["an empty file extension", { fileExtension: "" }],
  ["a name of 64 characters", {}, { name: "Az09_.-x".repeat(8) }],
  ["a buffer of 1 MiB and 0 seconds", { bufferingSize: 1, bufferingInterval: 0 }],
  ["an empty time zone", { customTimeZone: "" }],
];

/** What AWS rejects, with the message of the local run. */
const rejected: readonly (readonly [what: string, message: RegExp, Properties, Properties?])[] = [
  ["a literal prefix of 513 characters", /\.prefix has at least 513/, { prefix: "x".repeat(513) }],
  [
    "a prefix with expressions without an error prefix",
    /errorOutputPrefix is not set/,
    { prefix: "!{timestamp:yyyy}/" },
  ],
  [
    "an error prefix with expressions but no error type",
    /errorOutputPrefix has expressions, but not/,
    { errorOutputPrefix: "!{timestamp:yyyy}/" },
  ],
  [
    "the error type in a prefix",
    /only the error prefix supports/,
    withErrors("!{firehose:error-output-type}/"),
  ],
  [
    "a partition key without dynamic partitioning",
    /needs dynamic partitioning/,
    withErrors("!{partitionKeyFromQuery:a}/"),
  ],
  ["an unknown letter", /has the unknown letter "r"/, withErrors("!{timestamp:rr}/")],
  ["too many letters", /has "MMMMMM"/, withErrors("!{timestamp:MMMMMM}/")],
  ["an unclosed quote", /has an unclosed quote/, withErrors("!{timestamp:yyyy'T}/")],
  ["an unknown namespace", /"date" is not a namespace/, withErrors("!{date:yyyy}/")],
  ["no processor", /processors has 0 processors/, processing()],
  [
    "six processors",
    /processors has 6 processors/,
    processing(...Array.from({ length: 6 }, () => delimiter)),
  ],
  ["two functions", /several processors of type Lambda/, processing(lambda(), lambda())],
  [
    "a processor that does not exist",
    /type is "Gunzip"; allowed: /,
    processing(processor("Gunzip")),
  ],
  ["a file extension without a dot", /fileExtension is "json"/, { fileExtension: "json" }],
  ["a file extension in capitals", /fileExtension is ".JSON"/, { fileExtension: ".JSON" }],
  [
    "a file extension of 129 characters",
    /fileExtension is/,
    { fileExtension: `.${"x".repeat(128)}` },
  ],
  ["a name with a space", /^name is "events v2"/, {}, { name: "events v2" }],
  ["a name of 65 characters", /^name is/, {}, { name: "x".repeat(65) }],
  ["an empty name", /^name is ""/, {}, { name: "" }],
  ["an offset as time zone", /customTimeZone/, { customTimeZone: "+01:00" }],
  [
    "conversion with a small buffer",
    /bufferingSize is not set, which means 5; allowed with conversion/,
    { dataFormatConversionConfiguration: conversion },
  ],
  [
    "conversion with a compression",
    /compressionFormat is "GZIP"; allowed with/,
    {
      dataFormatConversionConfiguration: conversion,
      ...{ bufferingSize: 64, compressionFormat: "GZIP" },
    },
  ],
  [
    "conversion with two deserializers",
    /deserializer has openXJsonSerDe and hiveJsonSerDe; allowed: one of/,
    converted({
      inputFormatConfiguration: { deserializer: { openXJsonSerDe: {}, hiveJsonSerDe: {} } },
    }),
  ],
  [
    "conversion without a serializer",
    /serializer is not set; allowed: one of parquetSerDe, orcSerDe/,
    converted({ outputFormatConfiguration: {} }),
  ],
  ...["inputFormatConfiguration", "outputFormatConfiguration", "schemaConfiguration"].map(
    (group) =>
      [
        `conversion without ${group}`,
        new RegExp(`${group} is not set`),
        converted({ [group]: null }),
      ] as const,
  ),
  ...["databaseName", "tableName", "roleArn"].map(
    (name) =>
      [
        `conversion with a schema without ${name}`,
        new RegExp(`schemaConfiguration.${name} is not set`),
        converted({ schemaConfiguration: { ...conversion.schemaConfiguration, [name]: null } }),
      ] as const,
  ),
  [
    "Parquet with a block below 64 MiB",
    /blockSizeBytes is 67108863; allowed: a whole number from 67108864/,
    parquet({ blockSizeBytes: 67_108_863 }),
  ],
  ["Parquet with a small page", /pageSizeBytes is 65535/, parquet({ pageSizeBytes: 65_535 })],
  ["Parquet with ZSTD", /compression is "ZSTD"; allowed: SNAPPY/, parquet({ compression: "ZSTD" })],
  ["ORC with a small stripe", /stripeSizeBytes is 1/, orc({ stripeSizeBytes: 1 })],
  ["ORC with a share above 1", /paddingTolerance is 1.5/, orc({ paddingTolerance: 1.5 })],
  [
    "dynamic partitioning with a small buffer",
    /bufferingSize is 63; allowed with dynamic/,
    { ...partitioned, bufferingSize: 63 },
  ],
  [
    "dynamic partitioning with a short interval",
    /bufferingInterval is 59; allowed with dynamic partitioning: 60 to 900/,
    { ...partitioned, bufferingInterval: 59 },
  ],
  [
    "dynamic partitioning without partition keys",
    /prefix has no partition keys; allowed with dynamic partitioning: one or more/,
    { ...partitioned, prefix: "data/" },
  ],
  [
    "dynamic partitioning without a processor that extracts keys",
    /processingConfiguration has no enabled processor of type MetadataExtraction or Lambda/,
    { ...partitioned, ...processing(delimiter) },
  ],
  [
    "a key from a query without MetadataExtraction",
    /prefix has keys from partitionKeyFromQuery, which require a processor/,
    { ...partitioned, ...processing(lambda()) },
  ],
  [
    "a key from a function without Lambda",
    /prefix has keys from partitionKeyFromLambda/,
    { ...partitioned, prefix: "data/!{partitionKeyFromLambda:customer}/" },
  ],
  [
    "a partition key in the error prefix",
    /errorOutputPrefix has .*partitionKeyFromQuery/,
    {
      ...partitioned,
      errorOutputPrefix: "!{firehose:error-output-type}/!{partitionKeyFromQuery:a}/",
    },
  ],
  [
    "a partition retry above 2 hours",
    /retryDuration is 7201; allowed: a whole number from 0 to 7200/,
    { ...partitioned, dynamicPartitioningConfiguration: { enabled: true, retryDuration: 7201 } },
  ],
  [
    "a query without dynamic partitioning",
    /type is MetadataExtraction, which requires dynamic partitioning/,
    processing(extraction()),
  ],
  [
    "another version of jq",
    /parameters has JsonParsingEngine "JQ-1.7"; allowed: JQ-1.6/,
    { ...partitioned, ...processing(extraction({ JsonParsingEngine: "JQ-1.7" })) },
  ],
  [
    "de-aggregation without a type",
    /parameters has no SubRecordType; allowed: JSON, DELIMITED/,
    { ...partitioned, ...processing(extraction(), processor("RecordDeAggregation")) },
  ],
  [
    "de-aggregation by no delimiter",
    /parameters has no Delimiter; allowed: a delimiter in Base64/,
    deAggregated({ SubRecordType: "DELIMITED" }),
  ],
  [
    "de-aggregation by a delimiter that is not Base64",
    /parameters has Delimiter "####"; allowed/,
    deAggregated({ SubRecordType: "DELIMITED", Delimiter: "####" }),
  ],
  ["a function without its ARN", /parameters has no LambdaArn/, processing(processor("Lambda"))],
  [
    "a function name in place of its ARN",
    /parameters has LambdaArn "clean"; allowed: the ARN of a Lambda function/,
    processing(lambda({ LambdaArn: "clean" })),
  ],
  [
    "more than 300 retries",
    /parameters has NumberOfRetries "301"; allowed: a whole number from 0 to 300/,
    processing(lambda({ NumberOfRetries: "301" })),
  ],
  [
    "a size of a function's buffer without its interval",
    /has BufferSizeInMBs without BufferIntervalInSeconds; allowed: both or neither/,
    processing(lambda({ BufferSizeInMBs: "1" })),
  ],
  [
    "a buffer of a function above 3 MiB",
    /has BufferSizeInMBs "3.1"; allowed: a number from 0.2 to 3/,
    processing(lambda({ BufferSizeInMBs: "3.1", BufferIntervalInSeconds: "60" })),
  ],
  [
    "a parameter of another processor",
    /parameterName is "Delimiter"; allowed: LambdaArn/,
    processing(lambda({ Delimiter: "eA==" })),
  ],
  [
    "a parameter twice",
    /parameterName is "CompressionFormat" a second time; allowed: once/,
    processing({
      type: "Decompression",
      parameters: [gzipFormat, gzipFormat],
    }),
  ],
  [
    "a parameter of 5121 characters",
    /parameterValue has 5121 characters; allowed: 1 to 5120/,
    {
      ...partitioned,
      ...processing(extraction({ MetadataExtractionQuery: ".".repeat(5121) })),
    },
  ],
  [
    "a backup without a destination",
    /s3BackupConfiguration is not set, although s3BackupMode is "Enabled"/,
    { s3BackupMode: "Enabled" },
  ],
  ["an unknown backup mode", /s3BackupMode is "On"; allowed: Dis/, { s3BackupMode: "On" }],
  [
    "a backup with an interval below a minute",
    /s3BackupConfiguration.bufferingInterval is 59; allowed: a whole number from 60 to 900/,
    backedUp({ bufferingInterval: 59 }),
  ],
  [
    "a backup without a role",
    /s3BackupConfiguration.roleArn is not set/,
    backedUp({ roleArn: null }),
  ],
  [
    "a backup with a partition key",
    /s3BackupConfiguration.prefix .*needs dynamic partitioning/,
    {
      ...partitioned,
      ...backedUp({ ...withErrors("!{partitionKeyFromQuery:customer}/") }),
    },
  ],
  [
    "a customer managed key without its ARN",
    /^serverSideEncryption.keyArn is not set, although keyType/,
    {},
    {
      kinesisSourceConfiguration: null,
      serverSideEncryption: { enabled: true, keyType: "CUSTOMER_MANAGED_CMK" },
    },
  ],
];

describe("the inputs of a delivery stream", () => {
  for (const [what, destination, more] of accepted) {
    it(`can be ${what}`, () => {
      assert.deepEqual(problemsOf(destination, more), { refusals: [], unsupported: [] });
    });
  }

  for (const [what, message, destination, more] of rejected) {
    it(`cannot be ${what}`, () => {
      const { refusals } = problemsOf(destination, more);
      assert.equal(refusals.length, 1, refusals.join("\n"));
      assert.match(refusals[0] ?? "", message);
    });
  }

  it("can be conversion to ORC, which the local run does not support", () => {
    const { refusals, unsupported } = problemsOf(
      orc({ stripeSizeBytes: 8_388_608, rowIndexStride: 1000 }),
    );
    assert.deepEqual(refusals, []);
    assert.equal(unsupported.length, 1);
  });

  for (const [what, destination] of [
    [
      "dynamic partitioning by a function",
      {
        ...partitioned,
        ...processing(lambda({ LambdaArn: `${functionArn}:live`, NumberOfRetries: "300" })),
        prefix: "!{partitionKeyFromLambda:a}/",
      },
    ],
    [
      "a buffer of a function",
      processing(lambda({ BufferSizeInMBs: "0.2", BufferIntervalInSeconds: "0" })),
    ],
    ["conversion to Parquet", parquet({ blockSizeBytes: 67_108_864, writerVersion: "V2" })],
  ] as const)
    it(`can be ${what}, which the local run supports`, () => {
      assert.deepEqual(problemsOf(destination), { refusals: [], unsupported: [] });
    });

  it("can be a backup, which the local run supports, except what AWS does not document in its prefix", () => {
    const accepted = problemsOf(backedUp({ bufferingInterval: 60, prefix: "raw/" }));
    assert.deepEqual([accepted.refusals, accepted.unsupported], [[], []]);
    const { refusals, unsupported } = problemsOf(
      backedUp({ prefix: "raw/!{timestamp:LLL}/", errorOutputPrefix: "errors/" }),
    );
    assert.deepEqual(refusals, []);
    assert.match(unsupported[0] ?? "", /s3BackupConfiguration.prefix has "LLL", which is not eval/);
  });

  it("are hidden in a problem if they are secret", () => {
    const { refusals } = problemsOf({
      compressionFormat: new Secret("hidden"),
      ...processing(lambda(), {
        type: "Decompression",
        parameters: [{ parameterName: "CompressionFormat", parameterValue: new Secret("hidden") }],
      }),
    });
    assert.equal(refusals.length, 2);
    for (const refusal of refusals) {
      assert.doesNotMatch(refusal, /hidden/);
      assert.match(refusal, /\[secret\]; allowed: /);
    }
  });
});
