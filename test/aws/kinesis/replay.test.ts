import assert from "node:assert/strict";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import {
  DescribeStreamSummaryCommand,
  type KinesisClient,
  PutRecordsCommand,
  ResourceNotFoundException,
} from "@aws-sdk/client-kinesis";
import { generationFolder, journalName, positionsFile } from "../../../aws/kinesis/generations";
import { openJournal } from "../../../aws/kinesis/journal";
import type { JournalRecord } from "../../../aws/kinesis/journal/journalFile";
import { replay } from "../../../aws/kinesis/replay";
import { temporaryFolder } from "../../local/support/temporaryFolder";

const region = "eu-west-1";
const shards = ["shardId-000000000000", "shardId-000000000001"] as const;

function record(sequenceNumber: number, change: Partial<JournalRecord> = {}): JournalRecord {
  return {
    region,
    stream: "events",
    shardId: shards[0],
    sequenceNumber: String(10n ** 55n + BigInt(sequenceNumber)),
    partitionKey: "k",
    data: Buffer.from(String(sequenceNumber)).toString("base64"),
    ...change,
  };
}

/** Streams in memory that reject records as a test specifies. */
class FakeStreams {
  readonly accepted: string[] = [];
  readonly requests: number[] = [];
  readonly #names: ReadonlySet<string>;
  reject: (text: string) => string | undefined = () => undefined;

  constructor(...names: readonly string[]) {
    this.#names = new Set(names);
  }

  readonly client = (of: string) =>
    ({ send: this.#send.bind(this, of) }) as unknown as KinesisClient;

  #send(of: string, command: DescribeStreamSummaryCommand | PutRecordsCommand): Promise<object> {
    if (!this.#names.has(command.input.StreamName ?? "")) {
      return Promise.reject(new ResourceNotFoundException({ message: "none", $metadata: {} }));
    }
    if (command instanceof DescribeStreamSummaryCommand) return Promise.resolve({});
    const { StreamName = "", Records = [] } = command.input;
    this.requests.push(Records.length);
    const results = Records.map(({ Data, ExplicitHashKey = "" }) => {
      const text = Buffer.from(Data ?? []).toString();
      const ErrorCode = this.reject(text);
      if (ErrorCode !== undefined) return { ErrorCode };
      this.accepted.push(`${of}/${StreamName}/${text}${ExplicitHashKey}`);
      return { SequenceNumber: "1", ShardId: shards[0] };
    });
    return Promise.resolve({ Records: results });
  }
}

describe("replay", () => {
  const temporary = temporaryFolder();
  let directory: string;
  let count = 0;

  beforeEach(() => {
    directory = join(temporary, String(++count));
  });

  function generation(name: string, ...records: readonly JournalRecord[]): void {
    mkdirSync(generationFolder(directory, name), { recursive: true });
    const lines = records.map((one) => `${JSON.stringify(one)}\n`);
    writeFileSync(join(generationFolder(directory, name), journalName), lines.join(""));
  }

  function position(name: string, deliveryStream: string, positions: Record<string, string>): void {
    const file = positionsFile(directory, name, { region, stream: "events", deliveryStream });
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(positions));
  }

  async function resume(streams: FakeStreams) {
    const journal = await openJournal(directory);
    try {
      return await replay(journal, streams.client);
    } finally {
      await journal.close();
    }
  }

  it("puts every record of all generations again, in order, and then deletes them", async () => {
    generation("000009", record(1), record(2, { explicitHashKey: "#5" }));
    generation("1000000", record(4));
    generation("000010", record(3), record(3, { region: "us-east-1", stream: "orders" }));
    const streams = new FakeStreams("events", "orders");
    assert.deepEqual(await resume(streams), {
      replayed: [
        { region, stream: "events", records: 4 },
        { region: "us-east-1", stream: "orders", records: 1 },
      ],
      kept: [],
    });
    assert.deepEqual(streams.accepted, [
      "eu-west-1/events/1",
      "eu-west-1/events/2#5",
      "eu-west-1/events/3",
      "us-east-1/orders/3",
      "eu-west-1/events/4",
    ]);
    assert.deepEqual(readdirSync(directory), ["1000001"]);
  });

  it("skips records that every delivery stream of their stream has delivered", async () => {
    const shardId = shards[1];
    generation("000001", record(1), record(2), record(3), record(4, { shardId }));
    const at = (number: number) => ({ [shards[0]]: record(number).sequenceNumber });
    position("000001", "to-lake", { ...at(3), [shardId]: record(4).sequenceNumber });
    position("000001", "to-archive", at(1));
    const streams = new FakeStreams("events");
    await resume(streams);
    assert.deepEqual(streams.accepted, [
      "eu-west-1/events/2",
      "eu-west-1/events/3",
      "eu-west-1/events/4",
    ]);
  });

  it("counts nothing as delivered by a delivery stream that has not started, or whose file is damaged", async () => {
    for (const [name, content] of [
      ["000001", "{}"],
      ["000002", '{"shardId'],
    ] as const) {
      generation(name, record(1));
      position(name, "to-lake", { [shards[0]]: record(1).sequenceNumber });
      const reader = { region, stream: "events", deliveryStream: "new" };
      writeFileSync(positionsFile(directory, name, reader), content);
    }
    const streams = new FakeStreams("events");
    assert.equal((await resume(streams)).replayed[0]?.records, 2);
  });

  it("keeps the records of a missing stream until it exists, and replays others once", async () => {
    generation("000001", record(1, { stream: "gone" }), record(2));
    generation("000002", record(3));
    const streams = new FakeStreams("events");
    const kept = { region, stream: "gone", records: 1 };
    const where = { directory: generationFolder(directory, "000001") };
    assert.deepEqual((await resume(streams)).kept, [{ ...kept, ...where }]);
    assert.deepEqual(readdirSync(directory).sort(), ["000001", "000003"]);

    const again = new FakeStreams("events");
    assert.deepEqual(await resume(again), { replayed: [], kept: [{ ...kept, ...where }] });

    const back = new FakeStreams("gone", "events");
    assert.deepEqual(await resume(back), { replayed: [kept], kept: [] });
    assert.deepEqual(readdirSync(directory), ["000005"]);
  });

  it("repeats records that are rejected temporarily, and keeps those that are rejected permanently", async () => {
    generation("000001", record(1), record(2), record(3));
    const streams = new FakeStreams("events");
    let busy = 2;
    streams.reject = (text) => {
      if (text === "1") return "InvalidArgumentException";
      return text === "2" && busy-- > 0 ? "ProvisionedThroughputExceededException" : undefined;
    };
    const report = await resume(streams);
    assert.deepEqual(streams.accepted, ["eu-west-1/events/3", "eu-west-1/events/2"]);
    assert.deepEqual(
      report.kept.map(({ records }) => records),
      [1],
    );
    assert.ok(readdirSync(directory).includes("000001"));
  });

  it("deletes nothing if a record could not be replayed", async () => {
    generation("000001", record(1));
    generation("000002", record(2));
    const streams = new FakeStreams("events");
    streams.reject = (text) => {
      if (text === "2") throw new Error("ENOSPC");
      return undefined;
    };
    await assert.rejects(resume(streams), /ENOSPC/);
    const whole = new FakeStreams("events");
    assert.equal((await resume(whole)).replayed[0]?.records, 2);
  });

  it("stays within the API's limits for a call", async () => {
    const data = Buffer.alloc(400 * 1024).toString("base64");
    const small = Array.from({ length: 501 }, (_, index) => record(index));
    generation("000001", ...small, record(1, { data }), record(2, { data }), record(3, { data }));
    const streams = new FakeStreams("events");
    await resume(streams);
    assert.deepEqual(streams.requests, [500, 3, 1]);
  });
});
