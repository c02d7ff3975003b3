import assert from "node:assert/strict";
import { component, existing, pipeline } from "../support/recordedPipeline";

const { bucketArn } = existing;
const other = "210987654321";
const keyArn = existing.keyArn.replace("us-east-1:123456789012", `eu-central-1:${other}`);

interface Document {
  readonly Statement: readonly { Sid: string; Action: string | string[]; Principal?: unknown }[];
}
const parsed = (json: unknown) => JSON.parse(json as string) as Document;

describe("DeliveryPipeline with bucket and key of another account", () => {
  it("lets Firehose give objects to the bucket's owner only if that is another account", async () => {
    const writing = async (bucketAccountId?: string) => {
      const all = await pipeline({
        existing: { bucketArn, ...(bucketAccountId !== undefined && { bucketAccountId }) },
      });
      const document = all.document("aws:iam/rolePolicy:RolePolicy", "events-delivery") as Document;
      return document.Statement.find(({ Sid }) => Sid === "WriteObjects")?.Action ?? [];
    };
    assert.ok((await writing(other)).includes("s3:PutObjectAcl"));
    assert.ok(!(await writing("123456789012")).includes("s3:PutObjectAcl"));
    assert.ok(!(await writing()).includes("s3:PutObjectAcl"));
  });

  it("outputs what the other account must allow Firehose's roles", async () => {
    const all = await pipeline({ existing: { bucketArn, bucketAccountId: other, keyArn } });
    const outputs = all.outputs(component);
    const delivery = { AWS: "arn:aws:iam::123456789012:role/events-delivery" };
    const source = { AWS: "arn:aws:iam::123456789012:role/events-source" };
    assert.deepEqual(
      parsed(outputs["requiredBucketPolicy"]).Statement.map(({ Principal }) => Principal),
      [delivery, delivery],
    );
    assert.deepEqual(
      parsed(outputs["requiredKeyPolicy"]).Statement.map(({ Sid, Principal }) => [Sid, Principal]),
      [
        ["DecryptStream", source],
        ["EncryptObjects", delivery],
      ],
    );
  });

  it("requires no policies of others if bucket and key are new", async () => {
    const outputs = (await pipeline()).outputs(component);
    assert.equal(outputs["requiredBucketPolicy"], "");
    assert.equal(outputs["requiredKeyPolicy"], "");
  });
});
