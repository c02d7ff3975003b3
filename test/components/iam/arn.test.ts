import assert from "node:assert/strict";
import { logGroupArn, nameInArn, parseArn } from "../../../components/iam/arn";
import { viaService } from "../../../components/iam/keyUse";

describe("ARNs", () => {
  it("are split into their parts, colons in the resource included", () => {
    assert.deepEqual(parseArn("arn:aws:logs:us-east-1:123456789012:log-group:a:log-stream:b"), {
      partition: "aws",
      service: "logs",
      region: "us-east-1",
      account: "123456789012",
      resource: "log-group:a:log-stream:b",
    });
  });

  it("end in the name of a stream, role or bucket", () => {
    assert.equal(nameInArn("arn:aws:kinesis:us-east-1:123456789012:stream/events"), "events");
    assert.equal(nameInArn("arn:aws:iam::123456789012:role/service/Firehose"), "Firehose");
    assert.equal(nameInArn("arn:aws:s3:::lake"), "lake");
  });

  it("are refused by name when they are none", () => {
    assert.throws(() => parseArn("user-events"), /^Error: "user-events" is not an ARN: arn:/);
  });

  it("of a log group are known before it exists, from a neighbour's", () => {
    assert.equal(
      logGroupArn("arn:aws-cn:kinesis:cn-north-1:123456789012:stream/events", "/aws/errors"),
      "arn:aws-cn:logs:cn-north-1:123456789012:log-group:/aws/errors",
    );
  });
});

describe("The condition on the service that uses a key", () => {
  it("names the service in the key's region", () => {
    assert.equal(
      viaService("kinesis", "arn:aws:kms:eu-central-1:123456789012:key/1"),
      "kinesis.eu-central-1.amazonaws.com",
    );
  });

  it("knows both names of a service in China", () => {
    assert.deepEqual(viaService("s3", "arn:aws-cn:kms:cn-north-1:123456789012:key/1"), [
      "s3.cn-north-1.amazonaws.com",
      "s3.cn-north-1.amazonaws.com.cn",
    ]);
  });
});
