import assert from "node:assert/strict";
import { resolve } from "node:path";
import { planStack, type StackPlan } from "../local/engine/planStack";
import { resourcesOfType, Unknown } from "../local/engine/resourceGraph";

const firehose = "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream";

/** The real program under the real pack, on the offline engine. */
async function plan(stack: string, preview = false): Promise<StackPlan> {
  let printed = "";
  const stackPlan = await planStack(
    { directory: resolve("."), stack, preview, policyPack: resolve("policy") },
    (text) => (printed += text),
  );
  assert.equal(printed, "");
  return stackPlan;
}

describe("the program, under the policy pack, on the offline engine", function () {
  this.timeout(60_000);

  it("plans dev: 20 resources, all judged, no violation, nothing undecided", async () => {
    const { graph, report } = await plan("dev");
    assert.equal(graph.resources.length, 20);
    assert.deepEqual(report.violations, []);
    assert.deepEqual(report.undecided, []);
    const [stream] = resourcesOfType(graph, "aws:kinesis/stream:Stream");
    assert.equal(stream?.inputs["retentionPeriod"], 24);
    const [delivery] = resourcesOfType(graph, firehose);
    const { bufferingSize, bufferingInterval } = delivery?.inputs[
      "extendedS3Configuration"
    ] as Record<string, number>;
    assert.deepEqual([bufferingSize, bufferingInterval], [5, 60]);
    assert.deepEqual(Object.keys(graph.outputs).sort(), [
      "bucketArn",
      "bucketName",
      "delimiter",
      "deliveryRoleArn",
      "deliveryStreamArn",
      "deliveryStreamName",
      "errorPrefix",
      "keyArn",
      "logGroupName",
      "prefix",
      "region",
      "requiredPolicy",
      "sourceRoleArn",
      "streamArn",
      "streamName",
      "timeZone",
    ]);
    assert.equal(graph.outputs["region"], "us-east-1");
  });

  it("previews prod: same rules, no violation, and what cannot be known yet is undecided", async () => {
    const { graph, report } = await plan("prod", true);
    assert.deepEqual(report.violations, []);
    const undecided = new Set(report.undecided.map(({ policy }) => policy));
    assert.deepEqual([...undecided].sort(), [
      "iam-actions-are-specific",
      "iam-allows-have-no-exclusions",
      "iam-resources-are-specific",
      "s3-bucket-policies-require-tls",
    ]);
    assert.ok(graph.outputs["streamArn"] instanceof Unknown);
    const kept = graph.resources.filter(({ options }) => options.protect && options.retainOnDelete);
    assert.deepEqual(kept.map(({ type }) => type).sort(), [
      "aws:kinesis/stream:Stream",
      "aws:kms/key:Key",
      "aws:s3/bucket:Bucket",
    ]);
  });

  it("plans existing: Firehose and its error log between resources that are there", async () => {
    const { graph, report } = await plan("existing");
    assert.deepEqual(report.violations, []);
    const declared = graph.resources.filter(({ custom }) => custom).map(({ type }) => type);
    assert.deepEqual(declared.sort(), [
      "aws:cloudwatch/logGroup:LogGroup",
      "aws:cloudwatch/logStream:LogStream",
      firehose,
    ]);
    assert.equal(graph.outputs["streamName"], "user-events-stream");
    assert.equal(graph.outputs["bucketName"], "my-data-lake-bucket");
  });
});
