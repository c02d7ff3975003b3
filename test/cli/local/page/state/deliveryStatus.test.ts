import assert from "node:assert/strict";
import type { DeliveryEvent } from "../../../../../aws/firehose/delivery/deliveryEvent";
import type { Phase } from "../../../../../cli/local/page/state/deliveryStatus";
import { pageSnapshot } from "../../../../../cli/local/page/state/pageSnapshot";
import { initialState } from "../../../../../cli/local/page/state/pageState";
import { reduceDelivery, reduceKinesis } from "../../../../../cli/local/page/state/reduceState";
import { configuration } from "../../../../local/support/records";
import {
  buffered,
  delivered,
  eventsPipeline,
  failed,
  FakeFeed,
  put,
  read,
} from "../../../support/fakeFeed";

type Happened = DeliveryEvent | ReturnType<typeof put>;

const accepted = put({ records: 2_400 });
const noSpace = "ENOSPC: no space left on device, write";

/** The delivery stream as the page shows it after all that happened. */
function shown(
  happened: readonly Happened[],
  phase: Phase = "running",
  now = 1_000,
  pipeline = eventsPipeline,
) {
  const state = happened.reduce(
    (before, one) => ("type" in one ? reduceDelivery(before, one) : reduceKinesis(before, one)),
    initialState(pipeline),
  );
  const moment = { phase, alarms: [], now };
  const [stream] = pageSnapshot(new FakeFeed(pipeline), state, moment).deliveryStreams;
  assert.ok(stream);
  return stream;
}

const status = (...all: Parameters<typeof shown>) => shown(...all).status;

/** Objects that wait for the bucket. */
const waiting = buffered({ at: 500, sealed: { objects: 2, records: 2_299, bytes: 9_000 } });

const denied = failed({ at: 600, denied: true, code: "AccessDenied", message: "not authorized" });

describe("the status of a delivery stream", () => {
  it("is idle before the first record and done once every record is delivered", () => {
    assert.deepEqual(status([]), { level: "idle", title: "Waiting for records" });
    const all = [accepted, read({ records: 2_400 }), delivered({ records: 2_400 })];
    assert.deepEqual(status(all), { level: "done", title: "Every accepted record is delivered" });
  });

  it("is never done while a record is unread, processed, buffered or waits for the bucket", () => {
    const page = read({ records: 2_400 });
    for (const happened of [
      [accepted],
      [accepted, page],
      [accepted, page, buffered({ records: 2_400 })],
      [accepted, page, buffered({ sealed: { objects: 1, records: 2_400, bytes: 1 } })],
      [accepted, page, delivered({ records: 2_399 })],
    ])
      assert.deepEqual(status(happened), { level: "working", title: "Delivering" });
  });

  it("names the denied call with the message of AWS, since when, and the next attempt", () => {
    const again = { ...denied, at: 900, delayMilliseconds: 7_000 };
    assert.deepEqual(status([accepted, read({ records: 2_299 }), waiting, denied, again]), {
      level: "blocked",
      title: "Delivery is blocked: IAM denies PutObject",
      detail: "not authorized",
      since: 600,
      retryAt: 7_900,
    });
  });

  it("distinguishes throttling, an outage and a full disk", () => {
    const titles = [
      failed({ code: "SlowDown" }),
      failed({ code: "InternalFailure" }),
      failed({ code: "InternalError", message: noSpace }),
      failed({ operation: "Checkpoint", code: "ENOSPC", message: noSpace }),
      failed({ operation: "GetRecords", code: "ProvisionedThroughputExceededException" }),
      failed({ operation: "ListShards", code: "AccessDeniedException", denied: true }),
    ].map((call) => status([accepted, call]).title);
    assert.deepEqual(titles, [
      "Delivery is blocked: S3 throttles PutObject",
      "Delivery is blocked: PutObject fails with InternalFailure",
      "Delivery is blocked: the disk is full",
      "Saving the position is blocked: the disk is full",
      "Reading is blocked: Kinesis throttles GetRecords",
      "Reading is blocked: IAM denies ListShards",
    ]);
  });

  it("is blocked until the failing operation succeeds, whatever else does", () => {
    const outage = failed({ at: 1_000, delayMilliseconds: 2_000 });
    const blocked = [accepted, waiting, outage];
    const levelAfter = (...more: readonly Happened[]) => status([...blocked, ...more]).level;
    assert.equal(levelAfter(read({ at: 9_000 }), buffered({ ...waiting, at: 9_000 })), "blocked");
    // Too early for the next attempt: another object.
    assert.equal(levelAfter(delivered({ at: 2_000 })), "blocked");
    assert.equal(levelAfter(delivered({ at: 3_000 })), "working");
    assert.equal(levelAfter(buffered({ at: 3_000 })), "working");

    const reading = failed({ operation: "GetRecords", at: 1_000, delayMilliseconds: 500 });
    assert.equal(status([accepted, reading, delivered({ at: 5_000 })]).level, "blocked");
    assert.equal(status([accepted, reading, read({ at: 1_500 })]).level, "working");
  });

  it("keeps the time of the first failure while the errors change, and starts anew afterwards", () => {
    const first = failed({ at: 1_000, delayMilliseconds: 500 });
    const second = failed({ at: 2_000, code: "SlowDown", delayMilliseconds: 500 });
    assert.equal(status([accepted, first, second]).since, 1_000);
    const third = failed({ at: 9_000 });
    assert.equal(status([accepted, first, second, delivered({ at: 3_000 }), third]).since, 9_000);
  });

  it("counts a checkpoint as saved if its failure is not repeated after the next attempt", () => {
    const happened = [accepted, failed({ operation: "Checkpoint", delayMilliseconds: 2_000 })];
    assert.equal(status(happened, "running", 6_999).level, "blocked");
    assert.equal(status(happened, "running", 7_000).level, "working");
    assert.equal(shown(happened, "running", 7_000).failingCalls[0]?.since, undefined);
  });

  it("reports rejected puts for as long as they are recent", () => {
    const throttled = put({ at: 1_000, throttledRecords: 3 });
    const full = put({ at: 2_000, records: 0, failedRecords: 500, errorCode: "InternalFailure" });
    assert.deepEqual(status([throttled]), {
      level: "blocked",
      title: "The stream throttles producers",
      since: 1_000,
    });
    const rejecting = status([throttled, full, put({ at: 2_500 })], "running", 11_999);
    assert.deepEqual(rejecting, {
      level: "blocked",
      title: "The stream rejects records: InternalFailure",
      since: 1_000,
    });
    assert.equal(status([throttled, full], "running", 12_000).level, "working");
  });

  it("counts what is left while the run stops, with the reason if it is blocked", () => {
    const left = [accepted, read({ records: 2_299 }), waiting];
    assert.deepEqual(status(left, "stopping"), {
      level: "working",
      title: "Stopping: delivering 2,400 records",
    });
    const blocked = status([...left, denied], "stopping");
    assert.deepEqual(
      [blocked.level, blocked.title],
      ["blocked", "Stopping: delivering 2,400 records. Delivery is blocked: IAM denies PutObject"],
    );
  });

  it("reports at the end what is not delivered and how to deliver it, and no next attempt", () => {
    assert.deepEqual(status([accepted, waiting, denied], "ended"), {
      level: "blocked",
      title: "Ended: 2,400 records not delivered",
      detail:
        "Delivery is blocked: IAM denies PutObject. The records are still on disk. " +
        "To deliver them: npx streamlake local --resume run",
    });
    const all = [accepted, delivered({ records: 2_000 }), buffered({ droppedRecords: 400 })];
    assert.deepEqual(status(all, "ended"), {
      level: "done",
      title: "Ended: every record is delivered or dropped by a processor",
    });
    assert.equal(status([], "ended").title, "Ended without records");
  });

  describe("with a backup", () => {
    const backup = configuration({ bucket: "my-backup", prefix: "source/" });
    const pipeline = [configuration({ backup })];
    const inBackup = { backup: true, bucket: "my-backup" };
    const all = [accepted, read({ records: 2_400 }), delivered({ records: 2_400 })];

    it("is done only when the backup has every record, and counts none twice", () => {
      const half = [...all, delivered({ ...inBackup, records: 1_200, storedBytes: 7 })];
      const stream = shown(half, "running", 1_000, pipeline);
      assert.deepEqual(stream.status, { level: "working", title: "Backing up" });
      assert.deepEqual([stream.delivered.records, stream.objectCount], [2_400, 1]);
      assert.equal(stream.objects.length, 1);
      assert.deepEqual(stream.backup, {
        ...{ bucket: "my-backup", prefix: "source/", streamRecords: 1_200, records: 1_200 },
        ...{ bytes: 50_000, storedBytes: 7, objectCount: 1 },
      });
      const end = (phase: Phase) => shown(half, phase, 1_000, pipeline).status.title;
      assert.equal(end("stopping"), "Stopping: backing up 1,200 records");
      assert.equal(end("ended"), "Ended: 1,200 records not in the backup");
      const whole = [...half, delivered({ ...inBackup, records: 1_200 })];
      assert.equal(shown(whole, "running", 1_000, pipeline).status.level, "done");
    });

    it("is blocked by the backup alone, until a put of the backup succeeds", () => {
      const rejected = failed({ at: 600, backup: true, code: "NoSuchBucket" });
      const blocked = shown([...all, rejected], "running", 1_000, pipeline).status;
      assert.equal(blocked.title, "Backup is blocked: PutObject fails with NoSuchBucket");
      const later = { at: 5_000 };
      const still = [...all, rejected, delivered({ ...later, records: 1 }), buffered(later)];
      assert.equal(shown(still, "running", 5_000, pipeline).status.level, "blocked");
      const again = [...all, rejected, delivered({ ...later, ...inBackup, records: 2_400 })];
      assert.equal(shown(again, "running", 5_000, pipeline).status.level, "done");
    });
  });

  it("keeps since when objects wait for the bucket, until none waits", () => {
    const later = buffered({ ...waiting, at: 800 });
    assert.equal(shown([waiting, later]).sealed.since, 500);
    assert.equal(shown([waiting, buffered({ at: 700 })]).sealed.since, undefined);
    assert.equal(shown([waiting, buffered({ at: 700 }), later]).sealed.since, 800);
  });
});
