import assert from "node:assert/strict";
import type { IncomingMessage, OutgoingHttpHeaders } from "node:http";
import { join } from "node:path";
import { symlinkSync } from "node:fs";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { cbor } from "@smithy/core/cbor";
import type { HttpAnswer } from "../../../../aws/kinesis/endpoint/httpServer";
import { KinesisFront } from "../../../../aws/kinesis/endpoint/kinesisFront";
import { JournalFile, type JournalRecord } from "../../../../aws/kinesis/journal/journalFile";
import type { KinesisCall } from "../../../../aws/kinesis/kinesisCall";
import { temporaryFolder } from "../../../local/support/temporaryFolder";
import { callFacts } from "../support/callFacts";

const json = "application/x-amz-json-1.1";
const accepted = { ShardId: "shardId-000000000000", SequenceNumber: "7" };
const rejected = { ErrorCode: "ProvisionedThroughputExceededException" };
const puts = {
  StreamName: "events",
  Records: [
    { PartitionKey: "a", Data: "AAAA" },
    { PartitionKey: "b", Data: "AA==" },
  ],
};

/** A front whose kinesis-local answers as a test specifies. */
class Fixture {
  readonly calls: KinesisCall[] = [];
  readonly journaled: JournalRecord[] = [];
  readonly forwarded: OutgoingHttpHeaders[] = [];
  status = 200;
  answer: unknown = { Records: [accepted, rejected] };
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

describe("KinesisFront", () => {
  const directory = temporaryFolder();
  let kinesis: Fixture;

  beforeEach(() => {
    kinesis = new Fixture();
  });

  it("journals and counts only the accepted records of a call", async () => {
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

  it("acknowledges only records that the journal has", async () => {
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

  it("fails to append to the journal on a full disk", async function () {
    if (process.platform !== "linux") this.skip();
    const file = join(directory, "journal.jsonl");
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

  it("answers with status 500 while kinesis-local does not answer", async () => {
    kinesis.answer = new Error("connect ECONNREFUSED");
    for (const operation of ["PutRecords", "ListShards"]) {
      const { status, body } = await kinesis.ask(operation, puts);
      assert.equal(status, 500);
      assert.match(body.toString(), /InternalFailure.*ECONNREFUSED/);
    }
  });

  it("finds the stream of GetRecords by its iterator, over pages, and the region by the ARN", async () => {
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

  it("reports the age of the last record of a page, unless it is the newest", async () => {
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

  it("replaces the access key, so that it does not select an account", async () => {
    await kinesis.ask("ListShards", {});
    assert.deepEqual(kinesis.forwarded, [
      {
        authorization: "AWS4-HMAC-SHA256 Credential=local/20260301/eu-west-1/kinesis/x",
        "content-type": json,
        "x-amz-target": "Kinesis_20131202.ListShards",
      },
    ]);
  });

  it("rejects other services, malformed messages and large bodies without a call to kinesis-local", async () => {
    const rejections = [
      await kinesis.ask("", puts, { "x-amz-target": "DynamoDB_20120810.PutItem" }),
      await kinesis.ask("PutRecords", Buffer.from("{")),
      await kinesis.ask("PutRecords", { ...puts, StreamARN: "events" }),
      await kinesis.ask("PutRecords", Buffer.alloc(16 * 1024 * 1024)),
    ];
    assert.deepEqual(
      rejections.map(({ status, body }) => [
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

  it("answers a CBOR request with an error in CBOR", async () => {
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

  it("does not acknowledge records that are missing in the answer of kinesis-local", async () => {
    kinesis.answer = { Records: [accepted] };
    assert.equal((await kinesis.ask("PutRecords", puts)).status, 500);
    assert.deepEqual(kinesis.journaled, []);
  });
});
