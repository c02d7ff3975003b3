import assert from "node:assert/strict";
import { isPropagationError, waitBeforeRetry } from "../../components/iamPropagation";

/** How the AWS provider words a refusal of CreateDeliveryStream. */
const refusal = (reason: string, operation = "CreateDeliveryStream") =>
  `creating Kinesis Firehose Delivery Stream (events): operation error Firehose: ${operation}, ` +
  `https response error StatusCode: 400, RequestID: 0a1b, InvalidArgumentException: ${reason}`;

const unable = refusal(
  "Firehose is unable to assume role arn:aws:iam::123456789012:role/events-source. Please check the role provided.",
);

describe("an error while Firehose is created", () => {
  for (const [what, message] of [
    ["a role that cannot be assumed yet", unable],
    [
      "a grant that has not arrived yet",
      refusal(
        "Role arn:aws:iam::123456789012:role/events-source is not authorized to perform: kinesis:DescribeStream",
      ),
    ],
    [
      "a token of a role that is not everywhere yet",
      refusal(
        "The security token included in the request is invalid. Ensure that the provided IAM role associated with firehose is not deleted.",
      ),
    ],
    ["an access that is denied", refusal("Access was denied when calling Kinesis")],
    ["a role to verify", refusal("Verify that the IAM role has access to the stream")],
  ] as const)
    it(`is due to IAM's propagation: ${what}`, () => {
      assert.ok(isPropagationError(message));
    });

  for (const [what, message] of [
    ["a bad argument", refusal("BufferingHints.SizeInMBs failed to satisfy constraint")],
    ["a limit", refusal("You have already consumed your delivery stream quota")],
    [
      "a name that is taken",
      refusal("Firehose events under accountId 123456789012 already exists"),
    ],
    [
      "another operation, by then the delivery stream exists",
      refusal("Firehose is unable to assume role", "UpdateDestination"),
    ],
    [
      "a delivery stream that exists and failed",
      "waiting for Kinesis Firehose Delivery Stream (events) create: unexpected state 'CREATING_FAILED', " +
        "last error: is not authorized to perform kinesis:DescribeStream",
    ],
    ["nothing", ""],
  ] as const)
    it(`is final: ${what}`, () => {
      assert.ok(!isPropagationError(message));
    });
});

describe("the wait before Firehose is created again", () => {
  const after = (attempts: number) =>
    waitBeforeRetry({
      failedOperation: "create",
      errors: Array(attempts).fill(unable) as string[],
    });

  it("grows to a minute, and ends after six retries", () => {
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

  it("is for creation only", () => {
    assert.equal(waitBeforeRetry({ failedOperation: "update", errors: [unable] }), undefined);
  });

  it("goes by the newest error", () => {
    const errors = [refusal("quota"), unable];
    assert.equal(waitBeforeRetry({ failedOperation: "create", errors }), undefined);
  });
});
