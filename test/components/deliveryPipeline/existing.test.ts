import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { type DeliveryPipelineArgs } from "../../../components/index";
import {
  allChildren,
  children,
  component,
  existing,
  firehose,
  pipeline,
} from "../support/recordedPipeline";

describe("DeliveryPipeline with existing resources", () => {
  it("creates only delivery stream and error log if stream, bucket, role and key exist", async () => {
    const all = await pipeline({ existing, alarms: { enabled: false, dashboard: false } });
    assert.deepEqual(children(all), [
      "aws:cloudwatch/logGroup:LogGroup events",
      "aws:cloudwatch/logStream:LogStream events",
      "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream events",
    ]);
    const { inputs } = all.one(firehose);
    assert.deepEqual(inputs["kinesisSourceConfiguration"], {
      kinesisStreamArn: existing.streamArn,
      roleArn: existing.roleArn,
    });
    const destination = inputs["extendedS3Configuration"] as Record<string, unknown>;
    assert.equal(destination["bucketArn"], existing.bucketArn);
    assert.equal(destination["roleArn"], existing.roleArn);
    assert.equal(destination["kmsKeyArn"], existing.keyArn);
  });

  it("outputs what the existing role must be allowed to do", async () => {
    const outputs = (await pipeline({ existing })).outputs(component);
    const { Statement: statements } = JSON.parse(outputs["requiredPolicy"] as string) as {
      Statement: { Sid: string; Resource: string | string[] }[];
    };
    assert.deepEqual(
      statements.map(({ Sid, Resource }) => [Sid, Resource]),
      [
        ["ReadStream", existing.streamArn],
        ["DecryptStream", existing.keyArn],
        [
          "WriteObjects",
          [`${existing.bucketArn}/raw/events/*`, `${existing.bucketArn}/errors/events/*`],
        ],
        ["FindBucket", existing.bucketArn],
        ["EncryptObjects", existing.keyArn],
        [
          "LogErrors",
          "arn:aws:logs:eu-central-1:123456789012:log-group:errors:log-stream:DestinationDelivery",
        ],
      ],
    );
  });

  for (const [arn, missing] of [
    ["streamArn", /^aws:kinesis\/stream:/],
    ["bucketArn", /^aws:s3\//],
    ["roleArn", /^aws:iam\//],
    ["keyArn", /^aws:kms\//],
  ] as const) {
    it(`creates everything but what existing.${arn} replaces`, async () => {
      const all = await pipeline({ existing: { [arn]: existing[arn] } });
      assert.deepEqual(
        children(all),
        allChildren.filter((child) => !missing.test(child)),
      );
    });
  }

  it("grants no use of its new key for an existing stream, whose key is unknown", async () => {
    const sids = async (arns: DeliveryPipelineArgs["existing"] & object) => {
      const all = await pipeline({ existing: arns });
      const policy = all.document("aws:iam/rolePolicy:RolePolicy", "events-source");
      return (policy as { Statement: { Sid: string }[] }).Statement.map(({ Sid }) => Sid);
    };
    const { streamArn, keyArn } = existing;
    assert.deepEqual(await sids({ streamArn }), ["ReadStream"]);
    assert.deepEqual(await sids({ streamArn, keyArn }), ["ReadStream", "DecryptStream"]);
  });

  it("accepts ARNs of other resources in the program", async () => {
    const all = await pipeline({
      existing: { streamArn: pulumi.output(Promise.resolve(existing.streamArn)) },
    });
    const source = all.one(firehose).inputs["kinesisSourceConfiguration"];
    assert.equal((source as Record<string, unknown>)["kinesisStreamArn"], existing.streamArn);
    assert.equal(all.outputs(component)["streamName"], "user-events-stream");
  });
});
