import assert from "node:assert/strict";
import type { PutRecordBatchCommand, PutRecordBatchCommandOutput } from "@aws-sdk/client-firehose";
import { type InputLine, readRecords } from "../../../records/input/readRecords";
import { sendRecords } from "../../../records/send/sendRecords";
import { deliveryStreamTarget, type PutRecordBatchClient } from "../../../records/send/sendTarget";
import { chunked } from "../support/chunked";
import { serviceError } from "../support/fakeKinesis";

/** Rejects each record once, if it begins with "slow". */
class FakeFirehose implements PutRecordBatchClient {
  readonly requests: number[] = [];
  readonly accepted: string[] = [];
  readonly #rejected = new Set<string>();

  send({ input }: PutRecordBatchCommand): Promise<PutRecordBatchCommandOutput> {
    assert.equal(input.DeliveryStreamName, "events");
    const data = (input.Records ?? []).map(({ Data }) => Buffer.from(Data ?? []));
    this.requests.push(data.reduce((sum, { length }) => sum + length, 0));
    const RequestResponses = data.map(String).map((text) => {
      if (text.startsWith("slow") && !this.#rejected.has(text)) {
        this.#rejected.add(text);
        return { ErrorCode: "ServiceUnavailableException", ErrorMessage: "Slow down." };
      }
      this.accepted.push(text);
      return { RecordId: String(this.accepted.length) };
    });
    const FailedPutCount = RequestResponses.filter((entry) => "ErrorCode" in entry).length;
    return Promise.resolve({ $metadata: {}, FailedPutCount, RequestResponses });
  }
}

const lines = (texts: readonly string[]): AsyncGenerator<InputLine> =>
  readRecords(chunked(Buffer.from(texts.join("\n"))));
const sleep = (): Promise<void> => Promise.resolve();

describe("sendRecords to a delivery stream", () => {
  it("sends rejected records again, and only those", async () => {
    const firehose = new FakeFirehose();
    const records = lines(["one", "slow two", "three", "slow four"]);
    const target = deliveryStreamTarget(firehose, "events");
    const { sent, failed, requests, retries } = await sendRecords({ target, records, sleep });
    assert.deepEqual([sent, failed, requests, retries], [4, [], 2, 1]);
    assert.deepEqual(firehose.accepted, ["one", "three", "slow two", "slow four"]);
  });

  it("sends at most 4 MiB and 500 records in a request, and rejects a record above 1,000 KiB", async () => {
    const firehose = new FakeFirehose();
    const target = deliveryStreamTarget(firehose, "events");
    const largest = "x".repeat(1_024_000);
    const texts = [...Array<string>(5).fill(largest), `${largest}x`];
    const { sent, rejected } = await sendRecords({ target, records: lines(texts), sleep });
    assert.equal(sent, 5);
    assert.deepEqual(rejected, [
      { line: 6, reason: "1024001 bytes; Firehose accepts at most 1024000" },
    ]);
    assert.deepEqual([...firehose.requests].sort(), [1_024_000, 4_096_000]);
    firehose.requests.length = 0;
    await sendRecords({ target, records: lines(Array<string>(501).fill("x")), sleep });
    assert.deepEqual([...firehose.requests].sort(), [1, 500]);
  });

  it("names the delivery stream if there is none", async () => {
    const send = () => Promise.reject(serviceError("ResourceNotFoundException", 400));
    await assert.rejects(
      sendRecords({ target: deliveryStreamTarget({ send }, "events"), records: lines(["one"]) }),
      /There is no Firehose delivery stream "events"\. Check its name/,
    );
  });
});
