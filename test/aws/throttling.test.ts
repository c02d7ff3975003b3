import assert from "node:assert/strict";
import { isThrottling } from "../../aws/throttling";

describe("isThrottling", () => {
  it("recognizes the throttling errors of Kinesis, S3 and KMS by their codes", () => {
    for (const code of [
      "KMSThrottlingException",
      "LimitExceededException",
      "ProvisionedThroughputExceededException",
      "RequestLimitExceeded",
      "SlowDown",
      "ThrottlingException",
    ])
      assert.equal(isThrottling(code), true, code);
  });

  it("does not count denied, missing and failed calls as throttled", () => {
    for (const code of [
      "AccessDenied",
      "ExpiredIteratorException",
      "InternalError",
      "NoSuchBucket",
      "TimeoutError",
      "ECONNREFUSED",
    ])
      assert.equal(isThrottling(code), false, code);
  });
});
