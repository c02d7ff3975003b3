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
        data: includes(deleted, "s3/bucket:Bucket") || includes(deleted, "kinesis/stream:Stream"),
        key: includes(retained, "kms/key:Key"),
      };
      assert.deepEqual(
        {
          deliveryStream: description.includes("A change replaces the delivery stream"),
          data: /(deletes|deleted) .*`protect`|Without `protect`, .* deletes/.test(description),
          key: description.includes("stays in AWS, because data is encrypted with it"),
        },
        effects,
      );
    });
});
