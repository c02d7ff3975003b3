import assert from "node:assert/strict";
import { logGroupArn, nameInArn, parseArn } from "../../../components/iam/arn";
import { viaService } from "../../../components/iam/keyUse";

describe("parseArn", () => {
  it("splits an ARN into its parts and keeps colons in the resource", () => {
    assert.deepEqual(parseArn("arn:aws:logs:us-east-1:123456789012:log-group:a:log-stream:b"), {
      partition: "aws",
      service: "logs",
      region: "us-east-1",
      account: "123456789012",
      resource: "log-group:a:log-stream:b",
    });
  });

  it("rejects a string that is not an ARN, and shows it", () => {
    assert.throws(() => parseArn("user-events"), /^Error: "user-events" is not an ARN: arn:/);
  });
});

describe("nameInArn", () => {
  it("returns the name of a stream, role or bucket", () => {
    assert.equal(nameInArn("arn:aws:kinesis:us-east-1:123456789012:stream/events"), "events");
    assert.equal(nameInArn("arn:aws:iam::123456789012:role/service/Firehose"), "Firehose");
    assert.equal(nameInArn("arn:aws:s3:::lake"), "lake");
  });
});

describe("logGroupArn", () => {
  it("builds the ARN of a log group that does not exist yet from a sibling's ARN", () => {
    assert.equal(
      logGroupArn("arn:aws-cn:kinesis:cn-north-1:123456789012:stream/events", "/aws/errors"),
      "arn:aws-cn:logs:cn-north-1:123456789012:log-group:/aws/errors",
    );
  });
});

describe("viaService", () => {
  it("is the host name of the service in the key's region", () => {
    assert.equal(
      viaService("kinesis", "arn:aws:kms:eu-central-1:123456789012:key/1"),
      "kinesis.eu-central-1.amazonaws.com",
    );
  });

  it("allows both host names of a service in China", () => {
    assert.deepEqual(viaService("s3", "arn:aws-cn:kms:cn-north-1:123456789012:key/1"), [
      "s3.cn-north-1.amazonaws.com",
      "s3.cn-north-1.amazonaws.com.cn",
    ]);
  });
});
