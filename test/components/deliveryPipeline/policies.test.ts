import assert from "node:assert/strict";
import type { Recording } from "../../support/record";
import { pipeline } from "../support/recordedPipeline";

describe("the policies of DeliveryPipeline", () => {
  let all: Recording;
  before(async () => {
    all = await pipeline();
  });

  it("grants Firehose exactly the access that it needs", () => {
    const role = "aws:iam/role:Role";
    const policy = "aws:iam/rolePolicy:RolePolicy";
    const trust = {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "FirehoseOfThisAccount",
          Effect: "Allow",
          Principal: { Service: "firehose.amazonaws.com" },
          Action: "sts:AssumeRole",
          Condition: { StringEquals: { "sts:ExternalId": "123456789012" } },
        },
      ],
    };
    assert.deepEqual(all.document(role, "events-source", "assumeRolePolicy"), trust);
    assert.deepEqual(all.document(role, "events-delivery", "assumeRolePolicy"), trust);
    const key = "arn:aws:kms:eu-central-1:123456789012:key/events";
    const stream = "arn:aws:kinesis:eu-central-1:123456789012:stream/events";
    assert.deepEqual(all.document(policy, "events-source"), {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "ReadStream",
          Effect: "Allow",
          Action: [
            "kinesis:DescribeStream",
            "kinesis:GetRecords",
            "kinesis:GetShardIterator",
            "kinesis:ListShards",
          ],
          Resource: stream,
        },
        {
          Sid: "DecryptStream",
          Effect: "Allow",
          Action: "kms:Decrypt",
          Resource: key,
          Condition: {
            StringEquals: {
              "kms:ViaService": "kinesis.eu-central-1.amazonaws.com",
              "kms:EncryptionContext:aws:kinesis:arn": stream,
            },
          },
        },
      ],
    });
    assert.deepEqual(all.document(policy, "events-delivery"), {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "WriteObjects",
          Effect: "Allow",
          Action: ["s3:AbortMultipartUpload", "s3:GetObject", "s3:PutObject"],
          Resource: "arn:aws:s3:::events/*",
        },
        {
          Sid: "FindBucket",
          Effect: "Allow",
          Action: ["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"],
          Resource: "arn:aws:s3:::events",
        },
        {
          Sid: "EncryptObjects",
          Effect: "Allow",
          Action: ["kms:Decrypt", "kms:GenerateDataKey"],
          Resource: key,
          Condition: {
            StringEquals: { "kms:ViaService": "s3.eu-central-1.amazonaws.com" },
            StringLike: {
              "kms:EncryptionContext:aws:s3:arn": ["arn:aws:s3:::events", "arn:aws:s3:::events/*"],
            },
          },
        },
        {
          Sid: "LogErrors",
          Effect: "Allow",
          Action: "logs:PutLogEvents",
          Resource:
            "arn:aws:logs:eu-central-1:123456789012:log-group:errors:log-stream:DestinationDelivery",
        },
      ],
    });
  });

  it("delegates access to the key to IAM, and restricts the bucket to TLS", () => {
    assert.deepEqual(all.document("aws:kms/keyPolicy:KeyPolicy", "events"), {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "AccountDecidesByIam",
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::123456789012:root" },
          Action: "kms:*",
          Resource: "*",
        },
      ],
    });
    const denial = {
      Effect: "Deny",
      Principal: "*",
      Action: "s3:*",
      Resource: ["arn:aws:s3:::events", "arn:aws:s3:::events/*"],
    };
    assert.deepEqual(all.document("aws:s3/bucketPolicy:BucketPolicy", "events"), {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "DenyWithoutTls",
          ...denial,
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
        {
          Sid: "DenyTlsBefore12",
          ...denial,
          Condition: { NumericLessThan: { "s3:TlsVersion": "1.2" } },
        },
      ],
    });
  });
});
