import assert from "node:assert/strict";
import type { DeliveryEvent } from "../../../aws/firehose/delivery/deliveryEvent";
import type { KinesisCall } from "../../../aws/kinesis/kinesisCall";
import { DeliveryProgress } from "../../../cli/local/deliveryProgress";

const put: KinesisCall = {
  ...{ operation: "PutRecords", streamName: "clicks", region: "eu-central-1", at: 0 },
  ...{ milliseconds: 1, records: 4, bytes: 4, throttledRecords: 0, failedRecords: 0 },
};

const dropping = (deliveryStream: string, droppedRecords: number): DeliveryEvent => ({
  ...{ type: "records-buffered", deliveryStream, at: 0, records: 0, bytes: 0, droppedRecords },
  sealed: { objects: 0, records: 0, bytes: 0 },
});

const deniedBackup: DeliveryEvent = {
  ...{ type: "call-failed", deliveryStream: "a", at: 0, operation: "PutObject", attempt: 1 },
  ...{ delayMilliseconds: 1, code: "AccessDenied", message: "no", denied: true, backup: true },
};

describe("the progress of a run whose backup is denied", () => {
  it("waits until all delivery streams together have delivered or dropped every record", async () => {
    const progress = new DeliveryProgress();
    progress.onKinesis(put);
    for (const event of [deniedBackup, dropping("a", 2), dropping("b", 1)])
      progress.onDelivery(event);
    let counts = 0;
    const waiting = progress.delivered(
      () => {
        // The last record is dropped while it waits. Afterwards there is nothing to wait for.
        if (++counts === 1) progress.onDelivery(dropping("b", 2));
        return Promise.resolve({ received: 4, missing: 4, unreadable: 0, hasUnknownLoss: false });
      },
      600_000,
      new AbortController().signal,
    );
    await waiting;
    assert.equal(counts, 1);
  });
});
