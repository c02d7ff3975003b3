import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { connect as connectHttp2 } from "node:http2";
import { join } from "node:path";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { BodyReader } from "../../../../aws/requestBody";
import type { KinesisCall } from "../../../../aws/kinesis/kinesisCall";
import { type Kinesis, startKinesis } from "../../../../aws/kinesis/startKinesis";
import { temporaryFolder } from "../../../local/support/temporaryFolder";
import { callFacts } from "../support/callFacts";
import { KinesisCaller } from "../support/kinesisCalls";
import { region } from "../support/storedRecords";

const StreamName = "events";

describe("the Kinesis endpoint's protocol", () => {
  const root = temporaryFolder();
  let kinesis: Kinesis;
  let caller: KinesisCaller;

  before(async () => {
    kinesis = await startKinesis({ directory: join(root, "kinesis"), regions: [region] });
    caller = new KinesisCaller(kinesis.endpoint, region);
    await caller.ok("CreateStream", { StreamName, ShardCount: 1 });
  });

  after(() => kinesis.stop());

  const raw = (body: string | Buffer): Buffer => Buffer.from(body);

  it("speaks CBOR with byte strings and tagged milliseconds", async () => {
    const format = "cbor" as const;
    const Data = Buffer.from([0, 255, 10]);
    const put = await caller.call("PutRecord", { StreamName, PartitionKey: "k", Data }, { format });
    assert.equal(put.headers["content-type"], "application/x-amz-cbor-1.1");
    const { ShardIterator } = await caller.ok(
      "GetShardIterator",
      { StreamName, ShardId: "shardId-000000000000", ShardIteratorType: "TRIM_HORIZON" },
      { format },
    );
    const page = await caller.ok("GetRecords", { ShardIterator }, { format });
    const [record] = page.Records as {
      Data: Uint8Array;
      ApproximateArrivalTimestamp: { tag: number; value: number };
    }[];
    assert.deepEqual(Buffer.from(record?.Data ?? []), Data);
    const { tag, value = 0 } = record?.ApproximateArrivalTimestamp ?? {};
    assert.equal(tag, 1);
    // JSON has the same time in seconds.
    const { Records } = await caller.ok("GetRecords", { ShardIterator });
    const [{ ApproximateArrivalTimestamp: seconds }] = Records as [
      { ApproximateArrivalTimestamp: number },
    ];
    assert.equal(value, Math.round(seconds * 1000));
    const { status, answer } = await caller.call(
      "PutRecord",
      { StreamName: "none", PartitionKey: "k", Data },
      { format },
    );
    assert.deepEqual([status, answer.__type], [400, "ResourceNotFoundException"]);
  });

  it("rejects puts while it stops, once those that it has begun are stored, and is read on", async () => {
    const directory = join(root, "stopping");
    const other = await startKinesis({ directory, regions: [region] });
    try {
      const stopping = new KinesisCaller(other.endpoint, region);
      await stopping.ok("CreateStream", { StreamName, ShardCount: 1 });
      const record = { PartitionKey: "k", Data: raw("data").toString("base64") };
      const put = () => stopping.call("PutRecords", { StreamName, Records: [record] });
      const puts = Array.from({ length: 20 }, put);
      await Promise.race(puts);
      await other.rejectPuts();
      const stored = other.store.stream({ region, name: StreamName })?.accepted ?? 0;
      const accepted = (await Promise.all(puts)).filter(({ status }) => status === 200);
      assert.equal(stored, accepted.length, "no put is stored later");
      assert.ok(stored > 0);
      const { status, answer } = await put();
      assert.deepEqual([status, answer.__type], [503, "ServiceUnavailable"]);
      const single = await stopping.call("PutRecord", { StreamName, ...record });
      assert.equal(single.status, 503);
      const { ShardIterator } = await stopping.ok("GetShardIterator", {
        ...{ StreamName, ShardId: "shardId-000000000000", ShardIteratorType: "TRIM_HORIZON" },
      });
      const page = await stopping.ok("GetRecords", { ShardIterator });
      assert.equal((page.Records as unknown[]).length, stored);
    } finally {
      await other.stop();
    }
  });

  it("answers an operation without members with an empty body", async () => {
    const { status, headers } = await caller.call("AddTagsToStream", {
      StreamName,
      Tags: { a: "b" },
    });
    assert.deepEqual([status, headers["content-length"]], [200, "0"]);
    assert.match(String(headers["x-amzn-requestid"]), /^[\da-f-]{36}$/);
  });

  const malformed: readonly [string, Buffer, "json" | "cbor"][] = [
    ["is empty", raw(""), "json"],
    ["is half a structure", raw("{"), "json"],
    ["is null", raw("null"), "json"],
    ["is a number", raw("5"), "json"],
    ["is a list", raw("[]"), "json"],
    ["is not UTF-8", raw(Buffer.from([0x7b, 0xff, 0x7d])), "json"],
    ["has 6 MB of nested lists", raw("[".repeat(6_000_000)), "json"],
    ["has nested structures", raw('{"a":'.repeat(40) + "1" + "}".repeat(40)), "json"],
    ["is empty CBOR", raw(""), "cbor"],
    ["is half a CBOR structure", raw(Buffer.from([0xa1, 0x61])), "cbor"],
    ["is a CBOR list with 2^32 entries", raw(Buffer.from([0x9a, 0xff, 0xff, 0xff, 0xff])), "cbor"],
    ["has 6 MB of nested CBOR lists", raw(Buffer.alloc(6_000_000, 0x81)), "cbor"],
  ];
  for (const [what, body, format] of malformed)
    it(`rejects a message that ${what} as a client's mistake`, async () => {
      const { status, answer } = await caller.call("PutRecords", body, { format });
      assert.deepEqual([status, answer.__type], [400, "SerializationException"]);
    });

  it("takes brackets in strings for text", async () => {
    const key = `${"[".repeat(100)}\\"${"{".repeat(100)}`;
    await caller.ok("PutRecord", { StreamName, PartitionKey: key, Data: "" });
  });

  it("rejects what is not a call to Kinesis", async () => {
    const call = (headers: Record<string, string>, method = "POST") =>
      caller.call("ListStreams", {}, { headers, method });
    for (const [headers, status, code, method] of [
      [{ "x-amz-target": "DynamoDB_20120810.PutItem" }, 400, "UnknownOperationException"],
      [
        { "x-amz-target": "Kinesis_20131202.UpdateStreamWarmThroughput" },
        400,
        "UnknownOperationException",
      ],
      [{ "x-amz-target": "Kinesis_20131202.toString" }, 400, "UnknownOperationException"],
      [{}, 400, "UnknownOperationException", "PUT"],
      [{ "content-type": "text/plain" }, 404, "UnknownOperationException"],
      [{ authorization: "Basic x" }, 400, "IncompleteSignatureException"],
    ] as const) {
      const result = await call(headers, method);
      assert.deepEqual([result.status, result.answer.__type], [status, code]);
    }
    const { answer } = await call({
      "x-amz-target": "Kinesis_20131202.UpdateStreamWarmThroughput",
    });
    assert.equal(
      answer.message,
      "UpdateStreamWarmThroughput is not supported by the local Kinesis.",
    );
    const unsigned = await fetch(kinesis.endpoint, {
      method: "POST",
      headers: {
        "content-type": "application/x-amz-json-1.1",
        "x-amz-target": "Kinesis_20131202.ListStreams",
      },
      body: "{}",
    });
    assert.equal(unsigned.status, 400);
    assert.match(await unsigned.text(), /MissingAuthenticationTokenException/);
  });

  it("rejects a body of 16 MiB, and reads it to its end", async () => {
    const { status, answer } = await caller.call("PutRecords", Buffer.alloc(16 * 1024 * 1024));
    assert.deepEqual([status, answer.__type], [413, "RequestEntityTooLargeException"]);
  });

  it("fails puts that cannot be written, and counts their records as failed", async () => {
    const directory = join(root, "removed");
    const calls: KinesisCall[] = [];
    const onCall = (call: KinesisCall): number => calls.push(call);
    const other = await startKinesis({ directory, regions: [region], onCall });
    const producer = new KinesisCaller(other.endpoint, region);
    await producer.ok("CreateStream", { StreamName, ShardCount: 1 });
    rmSync(directory, { recursive: true });
    const record = { PartitionKey: "k", Data: "" };
    for (const [operation, message, failedRecords] of [
      ["PutRecord", { StreamName, ...record }, 1],
      ["PutRecords", { StreamName, Records: [record, record] }, 2],
    ] as const) {
      const { status, answer } = await producer.call(operation, message);
      assert.deepEqual([status, answer.__type], [500, "InternalFailure"]);
      const none = { records: 0, bytes: 0, throttledRecords: 0 };
      assert.deepEqual(calls.map(callFacts), [
        {
          operation,
          region,
          streamName: StreamName,
          ...none,
          failedRecords,
          errorCode: "InternalFailure",
        },
      ]);
      calls.length = 0;
    }
    await other.stop();
  });

  it("limits the bodies that are read at a time, and works again when they are done", async () => {
    const reader = new BodyReader(1024, 10);
    let finish: () => void = () => undefined;
    const first = reader.read(
      Readable.from([Buffer.alloc(8)]),
      () => new Promise<void>((resolve) => (finish = resolve)),
    );
    await new Promise(setImmediate);
    const second = Readable.from([Buffer.alloc(8)]);
    await assert.rejects(
      reader.read(second, () => Promise.resolve()),
      { status: 503 },
    );
    finish();
    await first;
    const length = await reader.read(Readable.from([Buffer.alloc(8)]), (bytes) =>
      Promise.resolve(bytes.length),
    );
    assert.equal(length, 8);
  });

  describe("as seen from other sites", () => {
    const port = (): string => new URL(kinesis.endpoint).port;

    it("rejects a foreign host by HTTP/1.1 and HTTP/2", async () => {
      for (const host of [
        "evil.example",
        `evil.example:${port()}`,
        "127.0.0.1.evil.example",
        "[::2]",
      ]) {
        const { status, answer } = await caller.call("ListStreams", {}, { headers: { host } });
        assert.deepEqual([status, answer.__type], [403, "AccessDeniedException"], host);
      }
      const session = connectHttp2(kinesis.endpoint);
      const stream = session.request({ ":method": "POST", ":authority": "evil.example" });
      stream.end("{}");
      const [headers] = await new Promise<[Record<string, unknown>]>((resolve) =>
        stream.on("response", (...given) => {
          resolve(given as unknown as [Record<string, unknown>]);
        }),
      );
      assert.equal(headers[":status"], 403);
      await text(stream);
      session.close();
    });

    it("rejects a foreign origin, and sends no CORS headers", async () => {
      for (const origin of [
        "https://evil.example",
        "null",
        "http://127.0.0.1.evil.example",
        // A page of another server on this machine, and one of this server under another name.
        "http://127.0.0.1:1",
        `http://localhost:${port()}`,
      ]) {
        const { status } = await caller.call("ListStreams", {}, { headers: { origin } });
        assert.equal(status, 403, origin);
      }
      for (const [method, headers] of [
        ["POST", {}],
        ["POST", { origin: kinesis.endpoint }],
        ["OPTIONS", { origin: "https://evil.example", "access-control-request-method": "POST" }],
      ] as const) {
        const result = await caller.call("ListStreams", {}, { method, headers });
        const cors = Object.keys(result.headers).filter((name) =>
          name.startsWith("access-control"),
        );
        assert.deepEqual(cors, []);
        assert.equal(result.status === 200, method === "POST");
      }
    });

    it("accepts all names of this machine", async () => {
      for (const host of ["localhost", `LOCALHOST:${port()}`, "[::1]:80", "127.0.0.1"])
        await caller.ok("ListStreams", {}, { headers: { host } });
    });
  });

  it("answers no request with 500, whatever its members are", async () => {
    const values: unknown[] = [
      null,
      0,
      -1,
      1.5,
      1e300,
      "",
      "x",
      "49".repeat(28),
      [],
      [[]],
      {},
      { a: 1 },
      true,
    ];
    const members = [
      "StreamName",
      "StreamARN",
      "ShardId",
      "ShardIterator",
      "Limit",
      "Data",
      "PartitionKey",
      "Records",
      "Tags",
      "TagKeys",
      "NextToken",
      "ShardFilter",
      "Timestamp",
      "StreamModeDetails",
      "ConsumerARN",
      "StartingSequenceNumber",
      "ExplicitHashKey",
    ];
    const operations = [
      "CreateStream",
      "PutRecord",
      "PutRecords",
      "GetRecords",
      "GetShardIterator",
      "ListShards",
      "TagResource",
      "RegisterStreamConsumer",
      "DescribeStreamConsumer",
      "UpdateShardCount",
      "MergeShards",
    ];
    for (const operation of operations)
      for (const format of ["json", "cbor"] as const)
        for (const [index, value] of values.entries()) {
          const message = Object.fromEntries(
            members.map((name, place) => [name, values[(index + place) % values.length] ?? value]),
          );
          const { status } = await caller.call(operation, message, { format });
          assert.ok(status < 500, `${operation} ${JSON.stringify(message)}`);
        }
  });
});
