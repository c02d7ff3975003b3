import assert from "node:assert/strict";
import type { FirehoseOperation } from "../../../../aws/firehose/delivery/deliveryEvent";
import { ErrorLog } from "../../../../aws/firehose/delivery/errorLog";
import { errorLogMessage } from "../../../../aws/firehose/delivery/errorLogMessage";
import { failedCall, functionCalled, functionFailure } from "../../../local/support/deliveryEvents";

const deliveryStream = {
  arn: "arn:aws:firehose:us-east-1:123456789012:deliverystream/events",
  bucketArn: "arn:aws:s3:::my-lake",
};

function loggedCode(operation: FirehoseOperation, code: string): unknown {
  const message = errorLogMessage(deliveryStream, failedCall(operation, code));
  return message && (JSON.parse(message) as Record<string, unknown>)["errorCode"];
}

describe("the error log of a delivery stream", () => {
  it("contains Firehose's message when the bucket denies access", () => {
    assert.equal(
      errorLogMessage(deliveryStream, failedCall("PutObject", "AccessDenied")),
      '{"deliveryStreamARN":"arn:aws:firehose:us-east-1:123456789012:deliverystream/events",' +
        '"destination":"arn:aws:s3:::my-lake","deliveryStreamVersionId":"1",' +
        '"message":"Access was denied. Ensure that the trust policy for the provided IAM role ' +
        "allows Firehose to assume the role, and the access policy allows access to the S3 " +
        'bucket.","errorCode":"S3.AccessDenied"}',
    );
  });

  it("contains Firehose's message when the stream denies access, with the version as a number", () => {
    const message = errorLogMessage(
      deliveryStream,
      failedCall("GetRecords", "AccessDeniedException"),
    );
    assert.deepEqual(JSON.parse(message ?? ""), {
      deliveryStreamARN: deliveryStream.arn,
      destination: deliveryStream.bucketArn,
      deliveryStreamVersionId: 1,
      message:
        "Access was denied when calling Kinesis. Ensure the access policy on the IAM role used " +
        "allows access to the appropriate Kinesis APIs.",
      errorCode: "Kinesis.AccessDenied",
    });
  });

  it("contains each failure of a function once a minute, with the function as it is called", () => {
    let now = 0;
    const log = new ErrorLog(deliveryStream, () => now);
    assert.equal(log.lineOf(functionCalled()), undefined);
    const failed = functionCalled({ failure: functionFailure });
    assert.deepEqual(JSON.parse(log.lineOf(failed) ?? ""), {
      deliveryStreamARN: deliveryStream.arn,
      destination: deliveryStream.bucketArn,
      deliveryStreamVersionId: 1,
      message: functionFailure.errorMessage,
      errorCode: "Lambda.FunctionError",
      processor: `${failed.functionArn}:$LATEST`,
    });
    assert.equal(log.lineOf(failed), undefined);
    now = 60_000;
    assert.notEqual(log.lineOf(failed), undefined);
  });

  it("uses Firehose's error codes for failed calls", () => {
    const expected: readonly (readonly [FirehoseOperation, string, string])[] = [
      ["PutObject", "AccessDenied", "S3.AccessDenied"],
      ["PutObject", "NoSuchBucket", "S3.NoSuchBucket"],
      ["PutObject", "MethodNotAllowed", "S3.MethodNotAllowed"],
      ["PutObject", "KMS.NotFoundException", "S3.KMS.NotFoundException"],
      ["PutObject", "KMS.ThrottlingException", "S3.KMS.RequestLimitExceeded"],
      ["PutObject", "InternalError", "InternalError"],
      ["PutObject", "ENOSPC", "InternalError"],
      ["ListShards", "AccessDeniedException", "Kinesis.AccessDenied"],
      ["GetShardIterator", "ResourceNotFoundException", "Kinesis.ResourceNotFound"],
      ["GetRecords", "KMSAccessDeniedException", "Kinesis.AccessDenied"],
    ];
    for (const [operation, code, logged] of expected)
      assert.equal(loggedCode(operation, code), logged, `${operation} ${code}`);
  });

  it("omits failures that Firehose retries without logging them", () => {
    const silent: readonly (readonly [FirehoseOperation, string])[] = [
      ["PutObject", "SlowDown"],
      ["GetRecords", "ProvisionedThroughputExceededException"],
      ["GetRecords", "ExpiredIteratorException"],
      ["GetRecords", "ECONNREFUSED"],
      ["ListShards", "ThrottlingException"],
      ["Checkpoint", "ENOSPC"],
    ];
    for (const [operation, code] of silent)
      assert.equal(loggedCode(operation, code), undefined, `${operation} ${code}`);
  });

  it("logs each failure at once, and at most once a minute while it lasts", () => {
    let now = 0;
    const log = new ErrorLog(deliveryStream, () => now);
    const written = (operation: FirehoseOperation, code: string, at: number) => {
      now = at;
      return log.lineOf(failedCall(operation, code)) !== undefined;
    };
    assert.deepEqual(
      [
        written("PutObject", "AccessDenied", 0),
        written("PutObject", "AccessDenied", 250),
        written("GetRecords", "AccessDeniedException", 300),
        written("PutObject", "NoSuchBucket", 400),
        written("PutObject", "AccessDenied", 59_999),
        written("PutObject", "AccessDenied", 60_000),
        written("PutObject", "AccessDenied", 61_000),
        written("PutObject", "SlowDown", 200_000),
      ],
      [true, false, true, true, false, true, false, false],
    );
  });
});
