import assert from "node:assert/strict";
import type { AccessRequest } from "../../../../aws/iam/accessRequest";
import { assume, decide, policy, putObject } from "../support/iamPolicies";

describe("denial messages", () => {
  const message = (request: AccessRequest, policies: Parameters<typeof decide>[1]): string => {
    const decision = decide(request, policies);
    assert.equal(decision.outcome, "denied");
    return decision.message;
  };

  it("denial messages name session, action and resource, with the resource in quotes for S3", () => {
    assert.equal(
      message(putObject, {}),
      "User: arn:aws:sts::123456789012:assumed-role/delivery/firehose is not authorized to " +
        'perform: s3:PutObject on resource: "arn:aws:s3:::lake/raw/2026/events-1.gz" because no ' +
        "identity-based policy allows the s3:PutObject action",
    );
    assert.equal(
      message({ ...putObject, action: "kinesis:GetRecords", resource: "arn:aws:kinesis:x" }, {}),
      "User: arn:aws:sts::123456789012:assumed-role/delivery/firehose is not authorized to " +
        "perform: kinesis:GetRecords on resource: arn:aws:kinesis:x because no identity-based " +
        "policy allows the kinesis:GetRecords action",
    );
  });

  it("denial messages of AssumeRole give no reason without an explicit deny", () => {
    assert.equal(
      message(assume, {}),
      "User: firehose.amazonaws.com is not authorized to perform: sts:AssumeRole on resource: " +
        "arn:aws:iam::123456789012:role/service/delivery",
    );
  });

  it("denial messages name a trust policy with an explicit deny", () => {
    const resource = policy("trust policy", {
      Effect: "Deny",
      Action: "sts:AssumeRole",
      Principal: "*",
    });
    assert.match(
      message(assume, { resource }),
      /delivery with an explicit deny in the role trust policy$/,
    );
  });

  it("denial messages keep the partition and omit the path of the role", () => {
    const caller = {
      roleArn: "arn:aws-cn:iam::123456789012:role/a/b/reader",
      sessionName: "s@x",
    };
    assert.match(
      message({ ...putObject, caller }, {}),
      /^User: arn:aws-cn:sts::123456789012:assumed-role\/reader\/s@x is/,
    );
  });
});
