import { firehoseBackupsAreSeparate } from "../../../policy/rules/firehose/firehoseBackupsAreSeparate";
import { firehoseConversionsAreValid } from "../../../policy/rules/firehose/firehoseConversionsAreValid";
import { firehosePartitioningIsKept } from "../../../policy/rules/firehose/firehosePartitioningIsKept";
import { firehosePartitionKeysAreFew } from "../../../policy/rules/firehose/firehosePartitionKeysAreFew";
import { firehosePartitionKeysHaveDefaults } from "../../../policy/rules/firehose/firehosePartitionKeysHaveDefaults";
import { secret, unknown } from "../../../policy/testing";
import type { PolicyTable } from "../policyTable";
import { deliveryStream } from "./resources";

const path = "extendedS3Configuration";
const toS3 = (extendedS3Configuration: unknown) => ({
  resources: deliveryStream({ extendedS3Configuration }),
});

const openX = { deserializer: { openXJsonSerDe: {} } };
const parquet = (options: object = {}) => ({ serializer: { parquetSerDe: options } });
const table = {
  databaseName: "shop",
  tableName: "orders",
  roleArn: "arn:aws:iam::123456789012:role/delivery",
};
const roleArn = "arn:aws:iam::123456789012:role/delivery";
const converting = (change: object = {}, more: object = {}) =>
  toS3({
    roleArn,
    dataFormatConversionConfiguration: {
      inputFormatConfiguration: openX,
      outputFormatConfiguration: parquet(),
      schemaConfiguration: table,
      ...change,
    },
    ...more,
  });
const conversion = `${path}.dataFormatConversionConfiguration`;
const orc = (options: object) => ({
  outputFormatConfiguration: { serializer: { orcSerDe: options } },
});

export const firehoseConversionsAreValidTable: PolicyTable = {
  policy: firehoseConversionsAreValid,
  pass: {
    "JSON to Parquet": converting(),
    "objects that Firehose does not compress": converting(
      {},
      { compressionFormat: "UNCOMPRESSED" },
    ),
    "every option of Parquet": converting({
      outputFormatConfiguration: parquet({
        ...{ compression: "GZIP", writerVersion: "V2", blockSizeBytes: 67_108_864 },
        ...{ pageSizeBytes: 65_536, maxPaddingBytes: 0, enableDictionaryCompression: true },
      }),
    }),
    "every option of ORC": converting(
      orc({
        ...{ compression: "ZLIB", formatVersion: "V0_11", blockSizeBytes: 67_108_864 },
        ...{ stripeSizeBytes: 8_388_608, rowIndexStride: 1000 },
      }),
    ),
    "a table of the same update": converting({
      schemaConfiguration: { ...table, tableName: unknown, roleArn: unknown },
    }),
    "a secret table": converting({ schemaConfiguration: secret(table) }),
  },
  fail: {
    "objects that Firehose compresses": {
      ...converting({}, { compressionFormat: "GZIP" }),
      messages: [/compressionFormat is not "UNCOMPRESSED", which AWS requires with conversion/],
    },
    "absent formats and an absent table": {
      ...toS3({ dataFormatConversionConfiguration: { enabled: true } }),
      messages: [
        /deserializer has no format: set one of openXJsonSerDe, hiveJsonSerDe/,
        /serializer has no format/,
        /schemaConfiguration\.databaseName is absent/,
        /schemaConfiguration\.tableName is absent/,
        /schemaConfiguration\.roleArn is absent/,
      ],
    },
    "two serializers": {
      ...converting({
        outputFormatConfiguration: { serializer: { parquetSerDe: {}, orcSerDe: {} } },
      }),
      messages: [/serializer has parquetSerDe and orcSerDe: set one of/],
    },
    "a compression that Parquet does not have": {
      ...converting({ outputFormatConfiguration: parquet({ compression: "ZLIB" }) }),
      messages: [/parquetSerDe\.compression is not one of SNAPPY, GZIP, UNCOMPRESSED: change it/],
    },
    "a block that is too small": {
      ...converting({ outputFormatConfiguration: parquet({ blockSizeBytes: 67_108_863 }) }),
      messages: [/blockSizeBytes is not a number of 67108864 or more/],
    },
    "an index stride of ORC that is too small": {
      ...converting(orc({ rowIndexStride: 999 })),
      messages: [/orcSerDe\.rowIndexStride is not a number of 1000 or more/],
    },
    "a role of another account for the table": {
      ...converting({
        schemaConfiguration: { ...table, roleArn: "arn:aws:iam::210987654321:role/glue" },
      }),
      messages: [/schemaConfiguration\.roleArn is a role of another account than/],
    },
    "a secret compression": {
      ...converting({}, { compressionFormat: secret("ZIP") }),
      messages: [/compressionFormat is not "UNCOMPRESSED"/],
    },
  },
  undecided: {
    "an unknown flag": {
      ...converting({ enabled: unknown }, { compressionFormat: "GZIP" }),
      what: conversion,
    },
    "an unknown compression": {
      ...converting({}, { compressionFormat: unknown }),
      what: `${path}.compressionFormat`,
    },
    "an unknown serializer": {
      ...converting({ outputFormatConfiguration: { serializer: unknown } }),
      what: `${conversion}.outputFormatConfiguration.serializer`,
    },
    "a second serializer that may be absent": {
      ...converting({
        outputFormatConfiguration: { serializer: { parquetSerDe: {}, orcSerDe: unknown } },
      }),
      what: `${conversion}.outputFormatConfiguration.serializer`,
    },
    "an unknown option": {
      ...converting({ outputFormatConfiguration: parquet({ blockSizeBytes: unknown }) }),
      what: `${conversion}.outputFormatConfiguration.serializer.parquetSerDe.blockSizeBytes`,
    },
  },
  notApplicable: {
    "a delivery stream without conversion": { ...toS3({}), reason: /converts no records/ },
    "conversion that is off": { ...converting({ enabled: false }), reason: /converts no records/ },
  },
  anyValuePasses: ["databaseName", "tableName", "roleArn"]
    .map((name) => `${conversion}.schemaConfiguration.${name}`)
    .concat(`${path}.roleArn`),
};

const backup = `${path}.s3BackupConfiguration`;
const backedUp = (own: object | undefined, more: object = {}, mode: unknown = "Enabled") =>
  toS3({
    bucketArn: "arn:aws:s3:::lake",
    prefix: "data/!{timestamp:yyyy}/",
    errorOutputPrefix: "failed/",
    s3BackupMode: mode,
    s3BackupConfiguration: own && { bucketArn: "arn:aws:s3:::lake", ...own },
    ...more,
  });
const overlapping = [
  /prefix is among the delivered data of the same bucket: set another prefix or/,
];

export const firehoseBackupsAreSeparateTable: PolicyTable = {
  policy: firehoseBackupsAreSeparate,
  pass: {
    "a prefix of its own": backedUp({ prefix: "source/" }),
    "a bucket of its own": backedUp({ bucketArn: "arn:aws:s3:::source", prefix: "data/" }),
    "no prefix, next to data with one": backedUp({}),
    "a secret prefix": backedUp({ prefix: secret("source/") }),
  },
  fail: {
    "an absent configuration": {
      ...backedUp(undefined),
      messages: [/s3BackupConfiguration is absent, although s3BackupMode is "Enabled": set it/],
    },
    "the prefix of the data": { ...backedUp({ prefix: "data/" }), messages: overlapping },
    "a prefix inside of that of the data": {
      ...backedUp({ prefix: "data/source/" }),
      messages: overlapping,
    },
    "a prefix inside of that of the errors": {
      ...backedUp({ prefix: "failed/source/" }),
      messages: overlapping,
    },
    "no prefix, next to data without one": {
      ...backedUp({}, { prefix: undefined }),
      messages: overlapping,
    },
  },
  undecided: {
    "an unknown mode": {
      ...backedUp(undefined, {}, unknown),
      what: `${path}.s3BackupMode`,
    },
    "an unknown bucket": {
      ...backedUp({ bucketArn: unknown, prefix: "data/" }),
      what: `the bucket or a prefix in ${backup}`,
    },
    "an unknown prefix": {
      ...backedUp({ prefix: unknown }),
      what: `the bucket or a prefix in ${backup}`,
    },
  },
  notApplicable: {
    "a backup that is off": { ...backedUp({}, {}, "Disabled"), reason: /backs up no source/ },
    "a delivery stream without a backup": { ...toS3({}), reason: /backs up no source records/ },
  },
};

const processors = `${path}.processingConfiguration.processors`;
const querying = (query: unknown, enabled: unknown = true, processes: unknown = true) =>
  toS3({
    dynamicPartitioningConfiguration: { enabled },
    processingConfiguration: {
      enabled: processes,
      processors: [
        {
          type: "MetadataExtraction",
          parameters: [
            { parameterName: "MetadataExtractionQuery", parameterValue: query },
            { parameterName: "JsonParsingEngine", parameterValue: "JQ-1.6" },
          ],
        },
      ],
    },
  });
const flag = `${path}.dynamicPartitioningConfiguration.enabled`;
const queryPath = `MetadataExtractionQuery in ${processors}`;
const withoutKeys = {
  "a delivery stream without dynamic partitioning": {
    ...querying("{a: .a}", false),
    reason: /no dynamic partitioning/,
  },
  "a query that is no object construction": {
    ...querying(".a | {a: .b}"),
    reason: /no query with known keys/,
  },
  "processing that is off": {
    ...querying("{a: .eventId}", true, false),
    reason: /no query with known keys/,
  },
};
const unknownQueries = {
  "an unknown query": { ...querying(unknown), what: queryPath },
  "an unknown flag of partitioning": { ...querying("{id: .eventId}", unknown), what: flag },
  "an unknown flag of processing": {
    ...querying("{id: .eventId}", true, unknown),
    what: processors,
  },
};

const oneBare = [/1 key has no default for missing and null values: add one with \/\/ to it/];

export const firehosePartitionKeysHaveDefaultsTable: PolicyTable = {
  policy: firehosePartitionKeysHaveDefaults,
  pass: {
    "an alternative": querying('{shop: (.shop // "none")}'),
    "a condition": querying('{shop: (if (.shop // "") == "" then "none" else .shop end)}'),
    "a conversion of null to a string": querying("{shop: (.shop|tostring)}"),
    "a value that no record changes": querying('{day: (now|strftime("%F"))}'),
    "a secret query": querying(secret('{shop: (.shop // "a.b")}')),
  },
  fail: {
    "a plain field": { ...querying("{shop: .shop}"), messages: oneBare },
    "a short form": { ...querying("{shop}"), messages: oneBare },
    "two fields, the third with a default": {
      ...querying('{shop: .shop, day: .at[0:10], c: (.c // "x")}'),
      messages: [/2 keys have no default for missing and null values: add one with \/\/ to them/],
    },
    "the operator inside a string": { ...querying('{"a": (.a + "//")}'), messages: oneBare },
  },
  undecided: unknownQueries,
  notApplicable: withoutKeys,
};

export const firehosePartitionKeysAreFewTable: PolicyTable = {
  policy: firehosePartitionKeysAreFew,
  pass: {
    "a customer and a day": querying("{customer_id: .customer_id, day: .at[0:10]}"),
    "a day of a timestamp": querying('{day: (.timestamp|strftime("%F"))}'),
    "a field that the config does not list": {
      ...querying("{id: .eventId}"),
      config: { manyValued: ["uuid"] },
    },
    "a secret query": querying(secret("{shop: .shop}")),
  },
  fail: {
    "an id of an event": {
      ...querying("{id: .detail.event_id, shop: .shop}"),
      messages: [/1 of its 2 keys is a field with a value of its own in almost every record/],
    },
    "the name of a key": {
      ...querying("{request_id: .r}"),
      messages: [/1 of its 1 keys is a field/],
    },
    "two of them, in another case": {
      ...querying("{a: .TraceId, b: .orderUuid}"),
      messages: [/2 of its 2 keys are fields with a value/],
    },
    "a field that the config lists": {
      ...querying("{order: .order_id}"),
      config: { manyValued: ["order*"] },
      messages: [/1 of its 1 keys is/],
    },
  },
  undecided: unknownQueries,
  notApplicable: withoutKeys,
};

const kept = (extendedS3Configuration: object, protect = true) => ({
  resources: [{ ...deliveryStream({ extendedS3Configuration })[0], protect }],
});
const on = { dynamicPartitioningConfiguration: { enabled: true } };

export const firehosePartitioningIsKeptTable: PolicyTable = {
  policy: firehosePartitioningIsKept,
  pass: {
    "dynamic partitioning that is protected": kept(on),
    "a backup that is protected": kept({ s3BackupMode: "Enabled" }),
    "a secret mode that is protected": kept({ s3BackupMode: secret("Enabled") }),
  },
  fail: {
    "dynamic partitioning without protection": {
      ...kept(on, false),
      messages: [
        /has dynamic partitioning, which only its replacement turns off: set the option pr/,
      ],
    },
    "both without protection": {
      ...kept({ ...on, s3BackupMode: "Enabled" }, false),
      messages: [/has dynamic partitioning and a backup, which/],
    },
    "a block that is off": {
      ...kept({ dynamicPartitioningConfiguration: { enabled: false } }),
      messages: [/dynamicPartitioningConfiguration is set, but not enabled: leave it out/],
    },
  },
  undecided: {
    "an unknown flag": {
      ...kept({ dynamicPartitioningConfiguration: { enabled: unknown } }),
      what: flag,
    },
    "an unknown mode": { ...kept({ s3BackupMode: unknown }, false), what: `${path}.s3BackupMode` },
  },
  notApplicable: {
    "a delivery stream without either": { ...kept({}), reason: /neither dynamic partitioning nor/ },
  },
};
