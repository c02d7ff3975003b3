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
  it("creates Firehose and its error log when stream, bucket, role and key are given", async () => {
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

  it("tells what the existing role must be allowed to do", async () => {
    const outputs = (await pipeline({ existing })).outputs(component);
    const { Statement: statements } = JSON.parse(outputs["requiredPolicy"] as string) as {
      Statement: { Sid: string; Resource: string }[];
    };
    assert.deepEqual(
      statements.map(({ Sid, Resource }) => [Sid, Resource]),
      [
        ["ReadStream", existing.streamArn],
        ["DecryptStream", existing.keyArn],
        ["WriteObjects", `${existing.bucketArn}/*`],
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
    it(`leaves out just what existing.${arn} stands for`, async () => {
      const all = await pipeline({ existing: { [arn]: existing[arn] } });
      assert.deepEqual(
        children(all),
        allChildren.filter((child) => !missing.test(child)),
      );
    });
  }

  it("grants no use of its own key for an existing stream, whose key it does not know", async () => {
    const sids = async (given: DeliveryPipelineArgs["existing"] & object) => {
      const all = await pipeline({ existing: given });
      const policy = all.document("aws:iam/rolePolicy:RolePolicy", "events-source");
      return (policy as { Statement: { Sid: string }[] }).Statement.map(({ Sid }) => Sid);
    };
    const { streamArn, keyArn } = existing;
    assert.deepEqual(await sids({ streamArn }), ["ReadStream"]);
    assert.deepEqual(await sids({ streamArn, keyArn }), ["ReadStream", "DecryptStream"]);
  });

  it("takes ARNs that other resources of the program will have", async () => {
    const all = await pipeline({
      existing: { streamArn: pulumi.output(Promise.resolve(existing.streamArn)) },
    });
    const source = all.one(firehose).inputs["kinesisSourceConfiguration"];
    assert.equal((source as Record<string, unknown>)["kinesisStreamArn"], existing.streamArn);
    assert.equal(all.outputs(component)["streamName"], "user-events-stream");
  });
});
