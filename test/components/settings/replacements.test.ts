import assert from "node:assert/strict";
import { DeliveryPipeline, type DeliveryPipelineArgs } from "../../../components/index";
import { settingsSchema } from "../../../components/settings/schema";
import { fieldsOf, itemOf, type Place, placeOf } from "../../../components/settings/schemaTree";
import { type Declared, declaredBy, up } from "../../support/deploymentSteps";
import { record } from "../../support/record";
import { existing } from "../support/recordedPipeline";

/** All settings by path, of one alarm for all. */
function settingsBelow(place: Place, path = ""): readonly (readonly [string, Place])[] {
  return Object.entries(fieldsOf(place.schema)).flatMap(([name, field]) => {
    const below = placeOf(field);
    const isGroup = below.typeName !== undefined && itemOf(field) === undefined;
    if (!isGroup) return [[path + name, below] as const];
    if (below.typeName === "AlarmChoice" && name !== "dataFreshness") return [];
    return settingsBelow(below, `${path}${name}.`);
  });
}

const declared = async (args: DeliveryPipelineArgs): Promise<Declared[]> =>
  declaredBy(await record(() => new DeliveryPipeline("events", args)));

/** Before: access logs, and nothing protected, so that the engine stops nothing. */
const base: DeliveryPipelineArgs = { protect: false, bucket: { accessLogs: true } };

const bothKeys = { streamKeyArn: existing.keyArn, bucketKeyArn: existing.keyArn };

const functionArn = "arn:aws:lambda:us-east-1:123456789012:function:redact:live";
const tableArn = "arn:aws:glue:us-east-1:123456789012:table/lake/clicks";
const columns = [{ name: "customer", type: "string" }];

/** One change for each setting of ORC. */
function orc(options: NonNullable<NonNullable<DeliveryPipelineArgs["conversion"]>["orc"]>) {
  const entries = Object.entries(options).map(([name, value]) => [
    `conversion.orc.${name}`,
    { conversion: { tableArn, to: "orc", orc: { [name]: value as unknown } } },
  ]);
  return Object.fromEntries(entries) as Readonly<Record<string, DeliveryPipelineArgs>>;
}

/** A change of each setting. */
const changes: Readonly<Record<string, DeliveryPipelineArgs>> = {
  "stream.shardCount": { stream: { shardCount: 2 } },
  "stream.retentionHours": { stream: { retentionHours: 24 } },
  "stream.shardLevelMetrics": { stream: { shardLevelMetrics: ["IncomingBytes"] } },
  "bucket.versioning": { bucket: { accessLogs: true, versioning: false } },
  "bucket.noncurrentExpiryDays": { bucket: { accessLogs: true, noncurrentExpiryDays: 1 } },
  "bucket.tiering": {
    bucket: { accessLogs: true, tiering: [{ storageClass: "GLACIER_IR", afterDays: 90 }] },
  },
  "bucket.expiryDays": { bucket: { accessLogs: true, expiryDays: 90 } },
  "bucket.errorExpiryDays": { bucket: { accessLogs: true, errorExpiryDays: 1 } },
  "bucket.accessLogs": { bucket: { accessLogs: false } },
  "bucket.accessLogExpiryDays": { bucket: { accessLogs: true, accessLogExpiryDays: 30 } },
  "bucket.forceDestroy": { bucket: { accessLogs: true, forceDestroy: true } },
  "delivery.bufferSizeMiB": { delivery: { bufferSizeMiB: 5 } },
  "delivery.bufferIntervalSeconds": { delivery: { bufferIntervalSeconds: 60 } },
  "delivery.compression": { delivery: { compression: "ZIP" } },
  "delivery.fileExtension": { delivery: { fileExtension: ".json.gz" } },
  "delivery.prefix": { delivery: { prefix: "lake/!{timestamp:yyyy}/" } },
  "delivery.errorPrefix": { delivery: { errorPrefix: "bad/!{firehose:error-output-type}/" } },
  "delivery.timeZone": { delivery: { timeZone: "Europe/Berlin" } },
  "delivery.delimiter": { delivery: { delimiter: "none" } },
  "delivery.recordCompression": { delivery: { recordCompression: "GZIP" } },
  "delivery.logRetentionDays": { delivery: { logRetentionDays: 1 } },
  "delivery.cloudWatchLogs": { delivery: { cloudWatchLogs: "messages" } },
  "partitioning.keys": { partitioning: { keys: { customer: ".customer" } } },
  "partitioning.retrySeconds": {
    partitioning: { keys: { customer: ".customer" }, retrySeconds: 0 },
  },
  "partitioning.splitRecords": {
    partitioning: { keys: { customer: ".customer" }, splitRecords: "json" },
  },
  "transform.functionArn": { transform: { functionArn } },
  "transform.bufferSizeMiB": { transform: { functionArn, bufferSizeMiB: 3 } },
  "transform.bufferIntervalSeconds": { transform: { functionArn, bufferIntervalSeconds: 90 } },
  "transform.retries": { transform: { functionArn, retries: 0 } },
  "transform.partitionKeys": { transform: { functionArn, partitionKeys: ["customer"] } },
  "conversion.tableArn": { conversion: { tableArn } },
  "conversion.catalog.columns": { conversion: { catalog: { columns } } },
  "conversion.catalog.databaseName": {
    conversion: { catalog: { columns, databaseName: "lake" } },
  },
  "conversion.from": { conversion: { tableArn, from: "hive" } },
  "conversion.to": { conversion: { tableArn, to: "orc" } },
  "conversion.openX.caseInsensitive": {
    conversion: { tableArn, openX: { caseInsensitive: false } },
  },
  "conversion.openX.dotsToUnderscores": {
    conversion: { tableArn, openX: { dotsToUnderscores: true } },
  },
  "conversion.openX.columnKeys": {
    conversion: { tableArn, openX: { columnKeys: { time: "timestamp" } } },
  },
  "conversion.hive.timestampFormats": {
    conversion: { tableArn, from: "hive", hive: { timestampFormats: ["millis"] } },
  },
  "conversion.parquet.compression": { conversion: { tableArn, parquet: { compression: "GZIP" } } },
  "conversion.parquet.dictionaryCompression": {
    conversion: { tableArn, parquet: { dictionaryCompression: true } },
  },
  "conversion.parquet.blockSizeMiB": { conversion: { tableArn, parquet: { blockSizeMiB: 64 } } },
  "conversion.parquet.pageSizeKiB": { conversion: { tableArn, parquet: { pageSizeKiB: 64 } } },
  "conversion.parquet.maxPaddingBytes": {
    conversion: { tableArn, parquet: { maxPaddingBytes: 1 } },
  },
  "conversion.parquet.writerVersion": {
    conversion: { tableArn, parquet: { writerVersion: "V2" } },
  },
  ...orc({
    ...{ compression: "ZLIB", blockSizeMiB: 64, stripeSizeMiB: 8, rowIndexStride: 1000 },
    ...{ padding: true, paddingTolerance: 1, bloomFilterColumns: ["customer"] },
    ...{ bloomFilterFalsePositives: 1, dictionaryThreshold: 1, formatVersion: "V0_11" },
  }),
  "backup.enabled": { backup: { enabled: false } },
  "backup.bucketArn": { backup: { bucketArn: existing.bucketArn } },
  "backup.bucketAccountId": {
    backup: { bucketArn: existing.bucketArn, bucketAccountId: "210987654321" },
  },
  "backup.keyArn": { backup: { enabled: true, keyArn: existing.keyArn } },
  "backup.prefix": { backup: { enabled: true, prefix: "all/!{timestamp:yyyy}/" } },
  "backup.errorPrefix": {
    backup: { enabled: true, errorPrefix: "bad/!{firehose:error-output-type}/" },
  },
  "backup.bufferSizeMiB": { backup: { enabled: true, bufferSizeMiB: 1 } },
  "backup.bufferIntervalSeconds": { backup: { enabled: true, bufferIntervalSeconds: 60 } },
  "backup.compression": { backup: { enabled: true, compression: "ZIP" } },
  "backup.expiryDays": { backup: { enabled: true, expiryDays: 30 } },
  "encryption.mode": { encryption: { mode: "aws-managed" } },
  "encryption.errorLog": { encryption: { errorLog: true } },
  "roles.path": { roles: { path: "/delivery/" } },
  "roles.permissionsBoundaryArn": {
    roles: { permissionsBoundaryArn: "arn:aws:iam::123456789012:policy/Boundary" },
  },
  "alarms.enabled": { alarms: { enabled: false } },
  "alarms.dashboard": { alarms: { dashboard: false } },
  "alarms.actionArns": { alarms: { actionArns: ["arn:aws:sns:us-east-1:123456789012:on-call"] } },
  "alarms.okActionArns": { alarms: { okActionArns: ["arn:aws:sns:us-east-1:123456789012:ok"] } },
  "alarms.dataFreshness.enabled": { alarms: { dataFreshness: { enabled: false } } },
  "alarms.dataFreshness.threshold": { alarms: { dataFreshness: { threshold: 3600 } } },
  "alarms.dataFreshness.evaluationPeriods": { alarms: { dataFreshness: { evaluationPeriods: 5 } } },
  "existing.streamArn": { existing: { streamArn: existing.streamArn } },
  "existing.bucketArn": { bucket: {}, existing: { bucketArn: existing.bucketArn } },
  "existing.bucketAccountId": {
    bucket: {},
    existing: { bucketArn: existing.bucketArn, bucketAccountId: "210987654321" },
  },
  "existing.roleArn": { existing: { roleArn: existing.roleArn } },
  "existing.keyArn": { existing: { keyArn: existing.keyArn } },
  "existing.streamKeyArn": { existing: bothKeys },
  "existing.bucketKeyArn": { existing: bothKeys },
  "existing.accessLogBucketArn": {
    bucket: {},
    existing: { accessLogBucketArn: "arn:aws:s3:::my-access-logs" },
  },
  protect: { protect: true },
  tags: { tags: { team: "web" } },
};

/** What each setting is changed from, where it is not the base. */
const origins: Readonly<Record<string, DeliveryPipelineArgs>> = {
  "partitioning.retrySeconds": { partitioning: { keys: { customer: ".customer" } } },
  "partitioning.splitRecords": { partitioning: { keys: { customer: ".customer" } } },
  "conversion.catalog.databaseName": { conversion: { catalog: { columns } } },
  "backup.enabled": { backup: { enabled: true } },
  "backup.bucketArn": { backup: { enabled: true } },
  "existing.bucketAccountId": { bucket: {}, existing: { bucketArn: existing.bucketArn } },
  "existing.streamKeyArn": { existing: { bucketKeyArn: existing.keyArn } },
  "existing.bucketKeyArn": { existing: { streamKeyArn: existing.keyArn } },
};

describe("the descriptions of settings", () => {
  const settings = new Map(settingsBelow(placeOf(settingsSchema)));
  let deployed: readonly Declared[];
  before(async () => {
    deployed = await declared(base);
  });

  it("are compared with the effect of a change for every setting", () => {
    assert.deepEqual(Object.keys(changes).sort(), [...settings.keys()].sort());
  });

  for (const [path, { description }] of settings)
    it(`name what a change of ${path} replaces, deletes and leaves behind`, async () => {
      const origin = origins[path];
      const { deleted, retained, replaced } = up(
        origin === undefined ? deployed : await declared({ ...base, ...origin }),
        await declared({ ...base, ...changes[path] }),
      );
      const includes = (urns: readonly string[], type: string) =>
        urns.some((urn) => urn.includes(`$aws:${type}::`));
      const firehose = "kinesis/firehoseDeliveryStream:FirehoseDeliveryStream";
      const effects = {
        deliveryStream: includes(replaced, firehose),
        data: [
          "s3/bucket:Bucket",
          "kinesis/stream:Stream",
          "glue/catalogDatabase:CatalogDatabase",
        ].some((type) => includes(deleted, type)),
        key: includes(retained, "kms/key:Key"),
      };
      assert.deepEqual(
        {
          deliveryStream: /(A change|on or off) replaces the delivery stream/.test(description),
          data: /(deletes|deleted) .*`protect`|Without `protect`, .* deletes/.test(description),
          key: description.includes("stays in AWS, because data is encrypted with it"),
        },
        effects,
      );
    });
});
