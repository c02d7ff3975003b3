import { cbor } from "@smithy/core/cbor";
import assert from "node:assert/strict";
import type { IncomingMessage, OutgoingHttpHeaders } from "node:http";
import { join } from "node:path";
import { symlinkSync } from "node:fs";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import type { HttpAnswer } from "../../../../aws/kinesis/endpoint/httpServer";
import { KinesisFront } from "../../../../aws/kinesis/endpoint/kinesisFront";
import { JournalFile, type JournalRecord } from "../../../../aws/kinesis/journal/journalFile";
import type { KinesisCall } from "../../../../aws/kinesis/kinesisCall";
import { callFacts } from "../support/callFacts";
import { temporaryFolder } from "../../../local/support/temporaryFolder";

const json = "application/x-amz-json-1.1";
const accepted = { ShardId: "shardId-000000000000", SequenceNumber: "7" };
const refused = { ErrorCode: "ProvisionedThroughputExceededException" };
const puts = {
  StreamName: "events",
  Records: [
    { PartitionKey: "a", Data: "AAAA" },
    { PartitionKey: "b", Data: "AA==" },
  ],
};

/** The front before a kinesis-local that answers what it is told to. */
class Fixture {
  readonly calls: KinesisCall[] = [];
  readonly journaled: JournalRecord[] = [];
  readonly forwarded: OutgoingHttpHeaders[] = [];
  status = 200;
  answer: unknown = { Records: [accepted, refused] };
  journalFailure: Error | undefined;
  readonly front = new KinesisFront({
    call: ({ headers }) => {
      this.forwarded.push(headers);
      if (this.answer instanceof Error) return Promise.reject(this.answer);
      return Promise.resolve(
        Object.assign(Readable.from(JSON.stringify(this.answer)), {
          statusCode: this.status,
          headers: { "content-type": json, connection: "close" },
        }) as unknown as IncomingMessage,
      );
    },
    journal: {
      append: (records) => {
        if (this.journalFailure) return Promise.reject(this.journalFailure);
        this.journaled.push(...records);
        return Promise.resolve();
      },
    },
    onCall: (call) => this.calls.push(call),
  });

  async ask(operation: string, message: unknown, headers: Record<string, string> = {}) {
    const body = Buffer.isBuffer(message) ? message : Buffer.from(JSON.stringify(message));
    const answer: HttpAnswer = await this.front.answer({
      method: "POST",
      headers: {
        "content-type": json,
        "x-amz-target": `Kinesis_20131202.${operation}`,
        authorization: "AWS4-HMAC-SHA256 Credential=123456789012/20260301/eu-west-1/kinesis/x",
        host: "127.0.0.1",
        ...headers,
      },
      body: Readable.from([body]),
    });
    return { ...answer, body: await buffer(answer.body) };
  }

  get facts() {
    return this.calls.map(callFacts);
  }
}

describe("the front of Kinesis", () => {
  const folder = temporaryFolder();
  let kinesis: Fixture;

  beforeEach(() => {
    kinesis = new Fixture();
  });

  it("keeps and counts the records of a call that were accepted, and only those", async () => {
    const { status, body, headers } = await kinesis.ask("PutRecords", puts);
    assert.equal(status, 200);
    assert.deepEqual(headers, { "content-type": json });
    assert.deepEqual(JSON.parse(body.toString()), kinesis.answer);
    const stream = { region: "eu-west-1", stream: "events", shardId: accepted.ShardId };
    assert.deepEqual(kinesis.journaled, [
      { ...stream, sequenceNumber: "7", partitionKey: "a", data: "AAAA" },
    ]);
    const put = { operation: "PutRecords", region: "eu-west-1", streamName: "events" };
    assert.deepEqual(kinesis.facts, [
      { ...put, records: 1, bytes: 4, throttledRecords: 1, failedRecords: 0 },
    ]);
  });

  it("tells of a success only what the journal has", async () => {
    kinesis.journalFailure = new Error("ENOSPC: no space left on device");
    const { status, body } = await kinesis.ask("PutRecords", puts);
    assert.equal(status, 500);
    assert.deepEqual(JSON.parse(body.toString()), {
      __type: "InternalFailure",
      message: "ENOSPC: no space left on device",
    });
    const put = { operation: "PutRecords", region: "eu-west-1", streamName: "events" };
    const none = { records: 0, bytes: 0, throttledRecords: 0, failedRecords: 2 };
    assert.deepEqual(kinesis.facts, [{ ...put, ...none, errorCode: "InternalFailure" }]);

    kinesis.journalFailure = undefined;
    assert.equal((await kinesis.ask("PutRecords", puts)).status, 200);
  });

  it("fails the call on a disk that is full", async function () {
    if (process.platform !== "linux") this.skip();
    const file = join(folder, "journal.jsonl");
    symlinkSync("/dev/full", file);
    const journal = await JournalFile.open(file);
    await assert.rejects(
      journal.append([
        {
          region: "r",
          stream: "s",
          shardId: "0",
          sequenceNumber: "1",
          partitionKey: "k",
          data: "",
        },
      ]),
      { code: "ENOSPC" },
    );
    await journal.close();
  });

  it("answers as a server that failed while kinesis-local does not answer", async () => {
    kinesis.answer = new Error("connect ECONNREFUSED");
    for (const operation of ["PutRecords", "ListShards"]) {
      const { status, body } = await kinesis.ask(operation, puts);
      assert.equal(status, 500);
      assert.match(body.toString(), /InternalFailure.*ECONNREFUSED/);
    }
  });

  it("knows the stream of GetRecords by the iterator, over pages, and of an ARN by it", async () => {
    const StreamARN = "arn:aws-cn:kinesis:cn-north-1:123456789012:stream/orders";
    kinesis.answer = { ShardIterator: "first" };
    await kinesis.ask("GetShardIterator", { StreamARN });
    const page = { Records: [], MillisBehindLatest: 0 };
    kinesis.answer = { ...page, NextShardIterator: "second" };
    await kinesis.ask("GetRecords", { ShardIterator: "first" });
    await kinesis.ask("GetRecords", { ShardIterator: "second" });
    await kinesis.ask("GetRecords", { ShardIterator: "of another" });
    kinesis.status = 400;
    kinesis.answer = { __type: "com.amazonaws.kinesis#ExpiredIteratorException" };
    await kinesis.ask("GetRecords", { ShardIterator: "second" });

    const read = { operation: "GetRecords", region: "cn-north-1", streamName: "orders" };
    const nothing = { ...read, records: 0, bytes: 0, iteratorAge: 0 };
    const expired = { ...nothing, errorCode: "ExpiredIteratorException" };
    assert.deepEqual(kinesis.facts, [nothing, nothing, expired]);
  });

  it("counts how old the last record of a page is, unless it is the newest", async () => {
    kinesis.answer = { ShardIterator: "i" };
    await kinesis.ask("GetShardIterator", { StreamName: "events" });
    const arrival = Date.now() / 1000 - 600;
    const Records = [{ PartitionKey: "a", Data: "AAAA", ApproximateArrivalTimestamp: arrival }];
    for (const MillisBehindLatest of [5, 0]) {
      kinesis.answer = { Records, MillisBehindLatest };
      await kinesis.ask("GetRecords", { ShardIterator: "i" });
    }
    const ages = kinesis.calls.map((call) => call.operation === "GetRecords" && call.iteratorAge);
    assert.ok(Number(ages[0]) >= 600_000);
    assert.equal(ages[1], 0);
  });

  it("passes any access key as one that stands for no account", async () => {
    await kinesis.ask("ListShards", {});
    assert.deepEqual(kinesis.forwarded, [
      {
        authorization: "AWS4-HMAC-SHA256 Credential=local/20260301/eu-west-1/kinesis/x",
        "content-type": json,
        "x-amz-target": "Kinesis_20131202.ListShards",
      },
    ]);
  });

  it("refuses what is no call to Kinesis, not a message, or too large, and asks nobody", async () => {
    const refusals = [
      await kinesis.ask("", puts, { "x-amz-target": "DynamoDB_20120810.PutItem" }),
      await kinesis.ask("PutRecords", Buffer.from("{")),
      await kinesis.ask("PutRecords", { ...puts, StreamARN: "events" }),
      await kinesis.ask("PutRecords", Buffer.alloc(16 * 1024 * 1024)),
    ];
    assert.deepEqual(
      refusals.map(({ status, body }) => [
        status,
        (JSON.parse(body.toString()) as { __type: string }).__type,
      ]),
      [
        [400, "UnknownOperationException"],
        [400, "SerializationException"],
        [400, "SerializationException"],
        [413, "RequestEntityTooLargeException"],
      ],
    );
    assert.deepEqual(kinesis.forwarded, []);
  });

  it("refuses in CBOR whoever asked in it", async () => {
    kinesis.answer = new Error("connect ECONNREFUSED");
    const body = Buffer.from(cbor.serialize({ ...puts, Records: [] }));
    const answer = await kinesis.ask("PutRecords", body, {
      "content-type": "application/x-amz-cbor-1.1",
    });
    assert.equal(answer.headers["content-type"], "application/x-amz-cbor-1.1");
    assert.deepEqual(cbor.deserialize(answer.body), {
      __type: "InternalFailure",
      message: "connect ECONNREFUSED",
    });
  });

  it("does not call accepted what it cannot keep: an answer that leaves records out", async () => {
    kinesis.answer = { Records: [accepted] };
    assert.equal((await kinesis.ask("PutRecords", puts)).status, 500);
    assert.deepEqual(kinesis.journaled, []);
  });
});
