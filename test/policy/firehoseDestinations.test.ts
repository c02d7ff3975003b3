import assert from "node:assert/strict";
import { packRules } from "../../policy/pack";
import { evaluatePolicies, resource, urnOf } from "../../policy/testing";
import type { WireProperties } from "../../policy/testing";

const destinations = [
  ["redshiftConfiguration", "Enabled"],
  ["elasticsearchConfiguration", "AllDocuments"],
  ["opensearchConfiguration", "AllDocuments"],
  ["opensearchserverlessConfiguration", "AllDocuments"],
  ["splunkConfiguration", "AllEvents"],
  ["httpEndpointConfiguration", "AllData"],
  ["snowflakeConfiguration", "AllData"],
  ["icebergConfiguration", "AllData"],
] as const;

const bucketArn = "arn:aws:s3:::failed";
const bucket = resource("aws:s3/bucket:Bucket", "failed", { bucket: "failed", arn: bucketArn });
const roleArn = "arn:aws:iam::123456789012:role/firehose";
const role = resource("aws:iam/role:Role", "firehose", { name: "firehose", arn: roleArn });
const policy = resource("aws:iam/rolePolicy:RolePolicy", "firehose", { role: "firehose" });
const processorsWith = (parameterValue: string) => [
  { type: "Lambda", parameters: [{ parameterName: "LambdaArn", parameterValue }] },
];
const functionArn = "arn:aws:lambda:eu-central-1:123456789012:function:redact:live";
const cloudwatchLoggingOptions = { enabled: true, logGroupName: "errors", logStreamName: "errors" };
const kmsKeyArn = "arn:aws:kms:eu-central-1:123456789012:key/lake";

async function reported(block: string, props: WireProperties): Promise<readonly string[]> {
  const source = { kinesisStreamArn: "arn:aws:kinesis:eu-central-1:123456789012:stream/events" };
  const stream = {
    ...resource("aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream", "delivery", {
      kinesisSourceConfiguration: { ...source, roleArn },
      [block]: props,
    }),
    dependencies: props["waits"] === true ? [urnOf(policy)] : [],
  };
  const { violations } = await evaluatePolicies(packRules(), [stream, bucket, role, policy]);
  return violations
    .filter(({ urn, policy: name }) => urn === urnOf(stream) && name.startsWith("firehose-"))
    .map(({ policy: name }) => name)
    .filter((name) => name !== "firehose-destinations-are-allowed");
}

describe("the rules on delivery streams", () => {
  for (const [block, s3BackupMode] of destinations) {
    it(`report what ${block} leaves out of its destination, buckets and roles`, async () => {
      const found = await reported(block, {
        ...{
          roleArn,
          processingConfiguration: { enabled: true, processors: processorsWith("function") },
        },
        s3Configuration: { bucketArn, roleArn, prefix: "!{" },
      });
      assert.deepEqual([...new Set(found)].sort(), [
        "firehose-errors-are-logged",
        "firehose-functions-are-qualified",
        "firehose-objects-are-compressed",
        "firehose-objects-are-encrypted",
        "firehose-prefixes-are-valid",
        "firehose-processor-parameters-are-valid",
        "firehose-roles-are-separate",
        "firehose-transformed-records-are-backed-up",
        "firehose-waits-for-role-policies",
      ]);
    });

    it(`report nothing of ${block} with all of it`, async () => {
      const writer = "arn:aws:iam::123456789012:role/writer";
      const s3Configuration = {
        ...{ bucketArn, roleArn: writer, kmsKeyArn, cloudwatchLoggingOptions },
        ...{ compressionFormat: "GZIP", prefix: "failed/" },
      };
      const found = await reported(block, {
        ...{ waits: true, roleArn: writer, s3BackupMode, cloudwatchLoggingOptions },
        processingConfiguration: { enabled: true, processors: processorsWith(functionArn) },
        s3Configuration,
        ...(block === "redshiftConfiguration" && { s3BackupConfiguration: s3Configuration }),
      });
      assert.deepEqual(found, []);
    });
  }
});
