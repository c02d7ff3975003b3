import assert from "node:assert/strict";
import { isPropagationError, waitBeforeRetry } from "../../components/iamPropagation";

/** The AWS provider's error when CreateDeliveryStream is rejected. */
const rejection = (reason: string, operation = "CreateDeliveryStream") =>
  `creating Kinesis Firehose Delivery Stream (events): operation error Firehose: ${operation}, ` +
  `https response error StatusCode: 400, RequestID: 0a1b, InvalidArgumentException: ${reason}`;

const unable = rejection(
  "Firehose is unable to assume role arn:aws:iam::123456789012:role/events-source. Please check the role provided.",
);

describe("isPropagationError", () => {
  for (const [what, message] of [
    ["a role that cannot be assumed yet", unable],
    [
      "a grant that has not arrived yet",
      rejection(
        "Role arn:aws:iam::123456789012:role/events-source is not authorized to perform: kinesis:DescribeStream",
      ),
    ],
    [
      "a token of a role that is not everywhere yet",
      rejection(
        "The security token included in the request is invalid. Ensure that the provided IAM role associated with firehose is not deleted.",
      ),
    ],
    ["access that is denied", rejection("Access was denied when calling Kinesis")],
    ["a role to verify", rejection("Verify that the IAM role has access to the stream")],
  ] as const)
    it(`is true for ${what}`, () => {
      assert.ok(isPropagationError(message));
    });

  for (const [what, message] of [
    ["a bad argument", rejection("BufferingHints.SizeInMBs failed to satisfy constraint")],
    ["a quota", rejection("You have already consumed your delivery stream quota")],
    [
      "a name that already exists",
      rejection("Firehose events under accountId 123456789012 already exists"),
    ],
    [
      "another operation, for which the delivery stream exists already",
      rejection("Firehose is unable to assume role", "UpdateDestination"),
    ],
    [
      "a delivery stream that exists and failed",
      "waiting for Kinesis Firehose Delivery Stream (events) create: unexpected state 'CREATING_FAILED', " +
        "last error: is not authorized to perform kinesis:DescribeStream",
    ],
    ["an empty message", ""],
  ] as const)
    it(`is false for ${what}`, () => {
      assert.ok(!isPropagationError(message));
    });
});

describe("waitBeforeRetry", () => {
  const after = (attempts: number) =>
    waitBeforeRetry({
      failedOperation: "create",
      errors: Array(attempts).fill(unable) as string[],
    });

  it("grows to 60 seconds, and ends after six retries", () => {
    assert.deepEqual([1, 2, 3, 4, 5, 6, 7].map(after), [
      10_000,
      20_000,
      40_000,
      60_000,
      60_000,
      60_000,
      undefined,
    ]);
  });

  it("is undefined for operations other than create", () => {
    assert.equal(waitBeforeRetry({ failedOperation: "update", errors: [unable] }), undefined);
  });

  it("depends on the newest error", () => {
    const errors = [rejection("quota"), unable];
    assert.equal(waitBeforeRetry({ failedOperation: "create", errors }), undefined);
  });
});
