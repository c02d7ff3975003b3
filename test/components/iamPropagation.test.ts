import assert from "node:assert/strict";
import { mock } from "node:test";
import * as pulumi from "@pulumi/pulumi";
import { awaitRetry, isPropagationError, waitBeforeRetry } from "../../components/iamPropagation";

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

describe("awaitRetry", () => {
  const urn =
    "urn:pulumi:test::lake::aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream::events";
  const noResources = { newResource: () => ({ id: "", state: {} }), call: () => ({}) };

  /** What happens after the creation has failed with these errors, newest first. */
  async function after(errors: string[]) {
    await pulumi.runtime.setMocks(noResources, "lake", "test");
    const events: unknown[] = [];
    const log = mock.method(
      pulumi.log,
      "info",
      async (message: string, resource?: pulumi.Resource) => {
        events.push({ message, urn: await urnOf(resource) });
      },
    );
    const sleep = (milliseconds: number) => Promise.resolve(events.push({ sleep: milliseconds }));
    try {
      const retries = await awaitRetry({ urn, failedOperation: "create", errors }, sleep);
      return { retries, events };
    } finally {
      log.mock.restore();
    }
  }

  const urnOf = (resource?: pulumi.Resource): Promise<string> =>
    (resource?.urn as unknown as { promise(): Promise<string> }).promise();

  it("prints AWS's error and the wait on the resource in one line, and then waits", async () => {
    const { retries, events } = await after([`${unable}\n  Try again.\n`, unable]);
    assert.equal(retries, true);
    const message =
      "IAM may not have propagated the new roles yet: retry 2 of 6 in 20 s. AWS: " +
      `${unable} Try again.`;
    assert.deepEqual(events, [{ message, urn }, { sleep: 20_000 }]);
  });

  it("neither prints nor waits if the creation is not retried", async () => {
    for (const errors of [[rejection("quota")], Array<string>(7).fill(unable)])
      assert.deepEqual(await after(errors), { retries: false, events: [] });
  });

  it("waits 4 min 10 s in all", async () => {
    let total = 0;
    for (let attempt = 1; attempt <= 6; attempt++) {
      const { events } = await after(Array<string>(attempt).fill(unable));
      total += (events.at(-1) as { sleep: number }).sleep;
    }
    assert.equal(total, 250_000);
  });
});
