import assert from "node:assert/strict";
import { existing, pipeline } from "../support/recordedPipeline";

const group = "aws:cloudwatch/logGroup:LogGroup";
const logGroupArn =
  "arn:aws:logs:eu-central-1:123456789012:log-group:/aws/kinesisfirehose/events-test";

const sids = (document: unknown) =>
  (document as { Statement: { Sid: string }[] }).Statement.map(({ Sid }) => Sid);

describe("the error log of DeliveryPipeline", () => {
  it("does not encrypt the error log with a key by default", async () => {
    assert.ok(!("kmsKeyId" in (await pipeline()).one(group).inputs));
  });

  it("can encrypt the error log with its key, which CloudWatch Logs can use only for this log", async () => {
    const all = await pipeline({ encryption: { errorLog: true } });
    const { inputs, dependencies } = all.one(group);
    assert.equal(inputs["kmsKeyId"], "arn:aws:kms:eu-central-1:123456789012:key/events");
    const policy = all.one("aws:kms/keyPolicy:KeyPolicy");
    assert.ok(dependencies.includes(policy.urn), "the log group waits for the key's policy");
    const { Statement: statements } = all.document("aws:kms/keyPolicy:KeyPolicy", "events") as {
      Statement: { Sid: string; Condition?: unknown }[];
    };
    const logs = statements.find(({ Sid }) => Sid === "CloudWatchLogsUsesKey");
    assert.deepEqual(logs?.Condition, {
      ArnEquals: { "kms:EncryptionContext:aws:logs:arn": logGroupArn },
    });
    const delivery = all.document("aws:iam/rolePolicy:RolePolicy", "events-delivery");
    assert.ok(sids(delivery).includes("EncryptLogEvents"));
  });

  it("can encrypt the error log with an existing key, and outputs the policy that it needs", async () => {
    const all = await pipeline({
      existing: { keyArn: existing.keyArn },
      encryption: { errorLog: true },
    });
    assert.equal(all.one(group).inputs["kmsKeyId"], existing.keyArn);
    const required = all.outputs("streamlake:index:DeliveryPipeline")["requiredKeyPolicy"];
    assert.ok(sids(JSON.parse(required as string)).includes("CloudWatchLogsUsesKey"));
  });

  it("creates a key for the error log even if stream and bucket exist", async () => {
    const { streamArn, bucketArn } = existing;
    const all = await pipeline({
      existing: { streamArn, bucketArn },
      encryption: { errorLog: true },
    });
    assert.equal(
      all.one(group).inputs["kmsKeyId"],
      "arn:aws:kms:eu-central-1:123456789012:key/events",
    );
  });
});
