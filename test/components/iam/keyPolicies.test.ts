import assert from "node:assert/strict";
import { existingKeyPolicy } from "../../../components/iam/keyPolicies";

const keyArn = "arn:aws:kms:us-east-1:210987654321:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const stream = {
  streamArn: "arn:aws:kinesis:us-east-1:123456789012:stream/user-events",
  sourceRoleArn: "arn:aws:iam::123456789012:role/user-events-source",
};
const deliveryRoleArn = "arn:aws:iam::123456789012:role/user-events-delivery";
const bucket = { bucketArn: "arn:aws:s3:::user-events-lake", deliveryRoleArn };
const log = {
  logGroupArn: "arn:aws:logs:us-east-1:123456789012:log-group:/aws/kinesisfirehose/user-events",
  deliveryRoleArn,
};

describe("existingKeyPolicy", () => {
  it("allows the use of the key only for the resources that it encrypts", () => {
    const sids = (policy: Parameters<typeof existingKeyPolicy>[0]): readonly string[] =>
      existingKeyPolicy(policy).Statement.map(({ Sid }) => Sid);
    assert.deepEqual(sids({ keyArn, stream }), ["DecryptStream"]);
    assert.deepEqual(sids({ keyArn, bucket }), ["EncryptObjects"]);
    assert.deepEqual(sids({ keyArn, log }), ["EncryptLogEvents", "CloudWatchLogsUsesKey"]);
  });
});
