import {
  CreateStreamCommand,
  DeregisterStreamConsumerCommand,
  KinesisClient,
  type KinesisClientConfig,
  PutRecordCommand,
  PutRecordsCommand,
  RegisterStreamConsumerCommand,
  ResourceInUseException,
  ResourceNotFoundException,
  SplitShardCommand,
  SubscribeToShardCommand,
  type SubscribeToShardEvent,
} from "@aws-sdk/client-kinesis";
import { cbor, tag } from "@smithy/core/cbor";
import { EventStreamCodec, getChunkedStream } from "@smithy/core/event-streams";
import { fromUtf8, toUtf8 } from "@smithy/core/serde";
import { NodeHttp2Handler, NodeHttpHandler } from "@smithy/node-http-handler";
import assert from "node:assert/strict";
import { once } from "node:events";
import {
  type ClientHttp2Session,
  type ClientHttp2Stream,
  connect,
  constants,
  type IncomingHttpHeaders,
} from "node:http2";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import {
  type Kinesis,
  type KinesisOptions,
  startKinesis,
} from "../../../../aws/kinesis/startKinesis";
import { FakeClock } from "../../../local/support/fakeClock";
import { temporaryFolder } from "../../../local/support/temporaryFolder";
import { runWithBoto3 } from "../../support/boto3";
import { KinesisCaller } from "../support/kinesisCalls";
import { region } from "../support/storedRecords";

const ShardId = "shardId-000000000000";
const StreamName = "events";
const StreamARN = `arn:aws:kinesis:${region}:123456789012:stream/${StreamName}`;
const credentials = { accessKeyId: "123456789012", secretAccessKey: "any" };

describe("a subscription to a shard", () => {
  const root = temporaryFolder();
  let directories = 0;
  let kinesis: Kinesis;
  let ConsumerARN: string;
  const clients: KinesisClient[] = [];

  async function start(options: Partial<KinesisOptions> = {}): Promise<void> {
    const directory = join(root, String((directories += 1)));
    kinesis = await startKinesis({ directory, regions: [region], ...options });
    const setUp = client();
    await setUp.send(new CreateStreamCommand({ StreamName, ShardCount: 1 }));
    ConsumerARN = await register(setUp, "reader");
  }

  afterEach(async () => {
    for (const made of clients.splice(0)) made.destroy();
    await kinesis.stop();
  });

  function client(config: Partial<KinesisClientConfig> = {}): KinesisClient {
    const common = { endpoint: kinesis.endpoint, region, credentials, maxAttempts: 1 };
    const made = new KinesisClient({ ...common, ...config });
    clients.push(made);
    return made;
  }

  async function register(by: KinesisClient, ConsumerName: string): Promise<string> {
    const command = new RegisterStreamConsumerCommand({ StreamARN, ConsumerName });
    return (await by.send(command)).Consumer?.ConsumerARN ?? assert.fail();
  }

  async function subscribe(
    by: KinesisClient,
    consumer = ConsumerARN,
  ): Promise<AsyncIterator<SubscribeToShardEvent>> {
    const { EventStream } = await by.send(
      new SubscribeToShardCommand({
        ...{ ConsumerARN: consumer, ShardId, StartingPosition: { Type: "TRIM_HORIZON" } },
      }),
    );
    return (async function* () {
      for await (const { SubscribeToShardEvent: event } of EventStream ?? assert.fail())
        yield event ?? assert.fail();
    })();
  }

  const put = (by: KinesisClient, data: string) =>
    by.send(new PutRecordCommand({ StreamName, PartitionKey: "k", Data: Buffer.from(data) }));

  const lines = ({ Records = [] }: SubscribeToShardEvent): string[] =>
    Records.map(({ Data }) => Buffer.from(Data ?? []).toString());

  const handlers = {
    "HTTP/2, which the SDK chooses": () => ({}),
    "HTTP/2 with a handler of its own": () => ({ requestHandler: new NodeHttp2Handler() }),
    "HTTP/1.1": () => ({ requestHandler: new NodeHttpHandler() }),
  };
  for (const [name, config] of Object.entries(handlers)) {
    it(`serves the SDK for JavaScript by ${name}`, async () => {
      await start();
      const consumer = client(config());
      const events = await subscribe(consumer);
      const first = (await events.next()).value as SubscribeToShardEvent;
      assert.deepEqual(first.Records, []);
      const next = events.next();
      const { SequenceNumber } = await put(client(), "a");
      const event = (await next).value as SubscribeToShardEvent;
      const [record] = event.Records ?? [];
      assert.equal(Buffer.from(record?.Data ?? []).toString(), "a");
      assert.equal(record?.SequenceNumber, SequenceNumber);
      assert.ok(record?.ApproximateArrivalTimestamp instanceof Date);
      assert.equal(event.MillisBehindLatest, 0);
      await client().send(
        new SplitShardCommand({ StreamName, ShardToSplit: ShardId, NewStartingHashKey: "1000" }),
      );
      const last = (await events.next()).value as SubscribeToShardEvent;
      assert.deepEqual(
        last.ChildShards?.map((child) => child.HashKeyRange?.StartingHashKey),
        ["0", "1000"],
      );
      assert.equal(last.ContinuationSequenceNumber, undefined);
      assert.equal((await events.next()).done, true);
      await assert.rejects(subscribe(consumer), ResourceInUseException);
    });

    it(`reports as an exception what fails later, by ${name}`, async () => {
      await start();
      const events = await subscribe(client(config()));
      await events.next();
      const failed = assert.rejects(async () => {
        while (!(await events.next()).done);
      }, ResourceNotFoundException);
      await client().send(new DeregisterStreamConsumerCommand({ ConsumerARN }));
      await failed;
    });

    it(`gives a slow reader everything in the end, by ${name}`, async () => {
      await start();
      const data = Buffer.alloc(1000 * 1000, "x");
      const sent = Array.from({ length: 16 }, (_, index) => String(index));
      for (let first = 0; first < 16; first += 8)
        await client().send(
          new PutRecordsCommand({
            StreamName,
            Records: sent
              .slice(first, first + 8)
              .map((PartitionKey) => ({ Data: data, PartitionKey })),
          }),
        );
      const events = await subscribe(client(config()));
      const got: (string | undefined)[] = [];
      while (got.length < sent.length) {
        await setTimeout(10);
        const { value } = (await events.next()) as { value: SubscribeToShardEvent };
        for (const record of value.Records ?? []) {
          assert.equal(record.Data?.length, data.length);
          got.push(record.PartitionKey);
        }
      }
      assert.deepEqual(got, sent);
      await events.return?.();
    });

    it(`ends cleanly when the server stops, by ${name}`, async () => {
      await start();
      const events = await subscribe(client(config()));
      await events.next();
      const next = events.next();
      await kinesis.stop();
      assert.deepEqual(await next, { done: true, value: undefined });
      await start();
    });
  }

  it("is not an idle connection", async () => {
    await start({
      limits: { idleMilliseconds: 100, requestMilliseconds: 200, headersMilliseconds: 100 },
    });
    for (const config of [{}, { requestHandler: new NodeHttpHandler() }]) {
      const events = await subscribe(
        client(config),
        await register(client(), `c${clients.length}`),
      );
      await events.next();
      await setTimeout(500);
      await put(client(), "late");
      assert.deepEqual(lines((await events.next()).value as SubscribeToShardEvent).at(-1), "late");
    }
  });

  it("serves one consumer from many shards at the same time", async () => {
    await start();
    const caller = new KinesisCaller(kinesis.endpoint, region);
    for (const target of [2, 4, 8, 16, 32])
      await caller.ok("UpdateShardCount", {
        ...{ StreamName, TargetShardCount: target, ScalingType: "UNIFORM_SCALING" },
      });
    const { Shards } = await caller.ok("ListShards", {
      ...{ StreamName, ShardFilter: { Type: "AT_LATEST" } },
    });
    const shards = Shards as { ShardId: string }[];
    assert.equal(shards.length, 32);
    const reading = client();
    const subscriptions = shards.map(async (shard) => {
      const { EventStream } = await reading.send(
        new SubscribeToShardCommand({
          ...{ ConsumerARN, ShardId: shard.ShardId, StartingPosition: { Type: "TRIM_HORIZON" } },
        }),
      );
      for await (const { SubscribeToShardEvent: event } of EventStream ?? assert.fail())
        if ((event?.Records?.length ?? 0) > 0) return event?.Records?.length;
      return 0;
    });
    const Records = Array.from({ length: 500 }, (_, index) => ({
      ...{ PartitionKey: String(index), Data: Buffer.from("x") },
    }));
    await client().send(new PutRecordsCommand({ StreamName, Records }));
    const counts = await Promise.all(subscriptions);
    assert.equal(
      counts.reduce<number>((sum, length) => sum + (length ?? 0), 0),
      500,
    );
  });

  describe("as bytes, by HTTP/2", () => {
    interface Message {
      readonly type: unknown;
      readonly contentType: unknown;
      readonly payload: Record<string, unknown>;
    }

    async function* messagesOf(stream: ClientHttp2Stream): AsyncGenerator<Message> {
      const codec = new EventStreamCodec(toUtf8, fromUtf8);
      for await (const chunk of getChunkedStream(stream as AsyncIterable<Uint8Array>)) {
        const { headers, body } = codec.decode(chunk);
        const value = (name: string): unknown => headers[name]?.value;
        const contentType = String(value(":content-type"));
        yield {
          type: `${String(value(":message-type"))} ${String(value(":event-type") ?? value(":exception-type"))}`,
          contentType,
          payload: (contentType.includes("cbor")
            ? cbor.deserialize(body)
            : JSON.parse(Buffer.from(body).toString())) as Record<string, unknown>,
        };
      }
    }

    interface Sent {
      readonly session: ClientHttp2Session;
      readonly stream: ClientHttp2Stream;
    }

    function request(contentType: string, body: string | Uint8Array): Sent {
      const session = connect(kinesis.endpoint);
      const stream = session.request({
        ":method": "POST",
        "content-type": contentType,
        "x-amz-target": "Kinesis_20131202.SubscribeToShard",
        authorization: `AWS4-HMAC-SHA256 Credential=any/20260301/${region}/kinesis/aws4_request`,
      });
      stream.end(body);
      return { session, stream };
    }

    for (const format of ["json", "cbor"] as const)
      it(`is a stream of events in ${format.toUpperCase()}`, async () => {
        await start();
        await put(client(), "a");
        const contentType = `application/x-amz-${format}-1.1`;
        const since = Date.now() - 60_000;
        const Timestamp = format === "json" ? since / 1000 : tag({ tag: 1, value: since });
        const StartingPosition = { Type: "AT_TIMESTAMP", Timestamp };
        const input = { ConsumerARN, ShardId, StartingPosition };
        const { session, stream } = request(
          contentType,
          format === "json" ? JSON.stringify(input) : cbor.serialize(input),
        );
        const [headers] = (await once(stream, "response")) as [IncomingHttpHeaders];
        assert.equal(headers[":status"], 200);
        assert.equal(headers["content-type"], "application/vnd.amazon.eventstream");
        assert.match(String(headers["x-amzn-requestid"]), /^[\da-f-]{36}$/);
        const messages = messagesOf(stream);
        const next = async (): Promise<Message> => (await messages.next()).value as Message;
        assert.deepEqual(await next(), {
          ...{ type: "event initial-response", contentType, payload: {} },
        });
        const { type, payload } = await next();
        assert.equal(type, "event SubscribeToShardEvent");
        assert.deepEqual(Object.keys(payload).sort(), [
          ...["ContinuationSequenceNumber", "MillisBehindLatest", "Records"],
        ]);
        const [record] = payload.Records as Record<string, unknown>[];
        assert.deepEqual(Object.keys(record ?? {}).sort(), [
          ...["ApproximateArrivalTimestamp", "Data", "PartitionKey", "SequenceNumber"],
        ]);
        const data = record?.Data;
        assert.equal(
          typeof data === "string"
            ? Buffer.from(data, "base64").toString()
            : Buffer.from(data as Uint8Array).toString(),
          "a",
        );
        await client().send(new DeregisterStreamConsumerCommand({ ConsumerARN }));
        const exception = await next();
        assert.equal(exception.type, "exception ResourceNotFoundException");
        assert.match(String(exception.payload.message), /^Consumer .* not found\.$/);
        assert.equal((await messages.next()).done, true);
        session.close();
      });

    for (const [what, leave] of [
      [
        "cancels it",
        ({ stream }) => {
          stream.close(constants.NGHTTP2_CANCEL);
        },
      ],
      [
        "closes the connection",
        ({ session }) => {
          session.destroy();
        },
      ],
    ] as readonly [string, (sent: Sent) => void][])
      it(`ends when its client ${what}`, async () => {
        const clock = new FakeClock();
        await start({ clock });
        const input = { ConsumerARN, ShardId, StartingPosition: { Type: "LATEST" } };
        const sent = request("application/x-amz-json-1.1", JSON.stringify(input));
        await once(sent.stream, "data");
        while (clock.sleeping === 0) await setTimeout(5);
        leave(sent);
        while (clock.sleeping > 0) await setTimeout(5);
        sent.session.destroy();
      });

    it("is an ordinary error if it is rejected", async () => {
      await start();
      const caller = new KinesisCaller(kinesis.endpoint, region);
      const call = {
        ConsumerARN,
        ShardId: "shardId-000000000009",
        StartingPosition: { Type: "LATEST" },
      };
      for (const format of ["json", "cbor"] as const) {
        const { status, headers, answer } = await caller.call("SubscribeToShard", call, { format });
        assert.deepEqual([status, answer.__type], [400, "ResourceNotFoundException"]);
        assert.equal(headers["content-type"], `application/x-amz-${format}-1.1`);
      }
    });
  });

  it("serves boto3", async function () {
    await start();
    const program = join(__dirname, "..", "support", "subscribe.py");
    await runWithBoto3(this, program, kinesis.endpoint, region);
  });
});
