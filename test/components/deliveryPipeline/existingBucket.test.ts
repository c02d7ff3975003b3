import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { DeliveryPipelineArgs } from "../../../components/index";
import { existing, pipeline } from "../support/recordedPipeline";

const { bucketArn } = existing;
const keyArn = "arn:aws:kms:eu-central-1:123456789012:key/lake";
const context = "kms:EncryptionContext:aws:s3:arn";

interface Statement {
  readonly Sid: string;
  readonly Resource: string | readonly string[];
  readonly Condition?: { readonly StringLike: Readonly<Record<string, readonly string[]>> };
}

/** What the role for delivery may write, and for which objects it may use the key. */
async function writing(delivery: DeliveryPipelineArgs["delivery"] & object, isExisting = true) {
  const all = await pipeline({ delivery, existing: isExisting ? { bucketArn, keyArn } : {} });
  const { Statement: statements } = all.document(
    "aws:iam/rolePolicy:RolePolicy",
    "events-delivery",
  ) as { Statement: readonly Statement[] };
  const named = (sid: string) => statements.find(({ Sid }) => Sid === sid);
  return {
    objects: [named("WriteObjects")?.Resource ?? []].flat(),
    encrypted: named("EncryptObjects")?.Condition?.StringLike[context]?.slice(1),
    bucket: named("FindBucket"),
  };
}

describe("the delivery role of DeliveryPipeline in an existing bucket", () => {
  const cases: readonly [string, DeliveryPipelineArgs["delivery"] & object, readonly string[]][] = [
    ["the default prefixes", {}, ["raw/events/*", "errors/events/*"]],
    [
      "the fixed beginnings of other prefixes",
      {
        prefix: "a/b-!{timestamp:yyyy}/",
        errorPrefix: "failed!{firehose:error-output-type}/",
      },
      ["a/b-*", "failed*"],
    ],
    ["prefixes without expressions", { prefix: "a/", errorPrefix: "b" }, ["a/*", "b*"]],
    [
      "the error prefix that contains the data",
      { prefix: "all/data/", errorPrefix: "all/" },
      ["all/*"],
    ],
    [
      "prefixes with characters that IAM gives a meaning",
      { prefix: "a*/", errorPrefix: "b$/?/" },
      ["a${*}/*", "b${$}/${?}/*"],
    ],
    ["prefixes that IAM cannot write", { prefix: "raw/日本/", errorPrefix: "é" }, ["raw/*/*", "*"]],
    [
      "the beginning of long prefixes",
      { prefix: `${"a".repeat(200)}/`, errorPrefix: "e/" },
      [`${"a".repeat(128)}*`, "e/*"],
    ],
    ["the bucket if the data begins with a date", { prefix: "!{timestamp:yyyy}/" }, ["*"]],
    ["the bucket if there is no prefix", { prefix: "", errorPrefix: "e/" }, ["*"]],
    [
      "the bucket if errors have no fixed beginning",
      { errorPrefix: "!{firehose:error-output-type}/" },
      ["*"],
    ],
  ];
  for (const [title, delivery, patterns] of cases)
    it(`is limited to ${title}`, async () => {
      const { objects, encrypted, bucket } = await writing(delivery);
      const expected = patterns.map((pattern) => `${bucketArn}/${pattern}`);
      assert.deepEqual(objects, expected);
      assert.deepEqual(encrypted, expected);
      assert.equal(bucket?.Resource, bucketArn);
      assert.equal(bucket.Condition, undefined);
    });

  it("is limited to prefixes that other resources determine", async () => {
    const { objects } = await writing({ prefix: pulumi.output(Promise.resolve("later/")) });
    assert.deepEqual(objects, [`${bucketArn}/later/*`, `${bucketArn}/errors/events/*`]);
  });

  it("may write to all of the pipeline's own bucket", async () => {
    const { objects } = await writing({}, false);
    assert.deepEqual(objects, ["arn:aws:s3:::events/*"]);
  });
});
