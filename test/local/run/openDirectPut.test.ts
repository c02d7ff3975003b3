import assert from "node:assert/strict";
import { join } from "node:path";
import { StreamStore } from "../../../aws/kinesis/store/streamStore";
import { openDirectPut } from "../../../local/run/directPut";
import { SettableClock } from "../../aws/kinesis/support/storedRecords";
import { configuration } from "../support/records";
import { temporaryFolder } from "../support/temporaryFolder";

describe("the records of a delivery stream without a source", () => {
  const directory = temporaryFolder();
  const clock = new SettableClock();
  const { signal } = new AbortController();
  let store: StreamStore;
  before(async () => {
    store = await StreamStore.open(join(directory, "put"), { clock });
  });
  after(() => store.close());

  it("are behind while others follow, even if the clock is set back", async () => {
    const deliveryStream = configuration({ source: { type: "direct-put", region: "us-east-1" } });
    const opened = await openDirectPut(store, deliveryStream);
    const count = 10_001;
    await opened.store(Array.from({ length: count }, (_, index) => Buffer.from(String(index))));
    clock.time -= 60 * 60 * 1000;

    const { source } = opened;
    const shards = await source.listShards(signal);
    assert.deepEqual(shards, [{ id: "shardId-000000000000", parents: [] }]);
    const first = await source.records(
      await source.shardIterator("shardId-000000000000", undefined, signal),
      signal,
    );
    assert.equal(first.records.length, count - 1);
    assert.ok(first.millisBehindLatest > 0);
    const second = await source.records(first.nextIterator ?? "", signal);
    assert.deepEqual(
      second.records.map(({ data }) => Buffer.from(data).toString()),
      [String(count - 1)],
    );
    assert.equal(second.millisBehindLatest, 0);
    const after = first.records.at(-1)?.sequenceNumber;
    const resumed = await source.shardIterator("shardId-000000000000", after, signal);
    assert.deepEqual((await source.records(resumed, signal)).records, second.records);
  });
});
