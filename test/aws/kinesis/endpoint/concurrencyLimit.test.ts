import assert from "node:assert/strict";
import { IteratorStreams } from "../../../../aws/kinesis/endpoint/callObserver";
import { ConcurrencyLimit } from "../../../../aws/kinesis/endpoint/kinesisFront";
import { settle } from "../../../local/support/fakeClock";

describe("the memory limits of the Kinesis endpoint", () => {
  it("runs a limited number of calls at a time, in order, whether they fail or not", async () => {
    const limit = new ConcurrencyLimit(2);
    const begun: number[] = [];
    const ends: (() => void)[] = [];
    const calls = [0, 1, 2, 3, 4].map((number) =>
      limit.pass(async () => {
        begun.push(number);
        await new Promise<void>((resolve) => (ends[number] = resolve));
        if (number === 1) throw new Error("failed");
        return number;
      }),
    );
    const results = Promise.allSettled(calls);
    await settle();
    assert.deepEqual(begun, [0, 1]);
    ends[1]?.();
    await settle();
    assert.deepEqual(begun, [0, 1, 2]);
    ends[0]?.();
    ends[2]?.();
    await settle();
    assert.deepEqual(begun, [0, 1, 2, 3, 4]);
    ends[3]?.();
    ends[4]?.();
    const statuses = (await results).map(({ status }) => status);
    assert.deepEqual(statuses, ["fulfilled", "rejected", "fulfilled", "fulfilled", "fulfilled"]);
    await limit.pass(() => Promise.resolve());
  });

  it("remembers only the newest iterators", () => {
    const memory = new IteratorStreams(2);
    const stream = { region: "eu-west-1", stream: "events" };
    for (const NextShardIterator of ["1", "2", "3"]) memory.remember({ NextShardIterator }, stream);
    const known = ["1", "2", "3"].map((ShardIterator) => memory.streamOf({ ShardIterator }, "r"));
    assert.deepEqual(known, [undefined, stream, stream]);
  });
});
