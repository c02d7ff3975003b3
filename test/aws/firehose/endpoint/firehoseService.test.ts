import assert from "node:assert/strict";
import {
  DescribeDeliveryStreamCommand,
  FirehoseClient,
  ListDeliveryStreamsCommand,
  PutRecordBatchCommand,
  PutRecordCommand,
} from "@aws-sdk/client-firehose";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import type { DirectPutCall } from "../../../../aws/firehose/endpoint/directPutCall";
import { type Firehose, startFirehose } from "../../../../aws/firehose/endpoint/startFirehose";
import type { ServerSideEncryption } from "../../../../aws/firehose/features/serverSideEncryption";
import { configuration, eventsStream } from "../../../local/support/records";
import { ApiCaller } from "../../support/apiCaller";

const region = "eu-central-1";
const source = { type: "direct-put", region } as const;
const created = Date.parse("2026-03-01T12:00:00Z");
const arnOf = (name: string, place = region) =>
  `arn:aws:firehose:${place}:123456789012:deliverystream/${name}`;
const base64 = (bytes: number): string => Buffer.alloc(bytes, "x").toString("base64");

describe("the Firehose endpoint", () => {
  const stored: Buffer[] = [];
  const calls: DirectPutCall[] = [];
  let firehose: Firehose;
  let caller: ApiCaller;
  let client: FirehoseClient;
  let isBroken = false;

  const store = (records: readonly Buffer[]): Promise<readonly string[]> => {
    if (isBroken) return Promise.reject(new Error("no space left on device"));
    return Promise.resolve(records.map((record) => `id-${stored.push(record)}`));
  };
  const addDirectPut = (name: string, serverSideEncryption?: ServerSideEncryption): void => {
    const encryption = serverSideEncryption && { serverSideEncryption };
    firehose.add({
      configuration: configuration({ name, arn: arnOf(name), source, ...encryption }),
      ...{ created, store },
    });
  };

  before(async () => {
    firehose = await startFirehose({ onCall: (call) => calls.push(call) });
    caller = new ApiCaller(firehose.endpoint, region, "Firehose_20150804");
    client = new FirehoseClient({
      region,
      endpoint: firehose.endpoint,
      credentials: { accessKeyId: "any", secretAccessKey: "any" },
      requestHandler: new NodeHttpHandler(),
      maxAttempts: 1,
    });
    addDirectPut("events");
    addDirectPut("secrets", { keyType: "CUSTOMER_MANAGED_CMK", keyArn: "arn:aws:kms:key" });
    const backup = configuration({ bucketArn: "arn:aws:s3:::my-backup", prefix: "source/" });
    const reading = configuration({ name: "reading", arn: arnOf("reading"), backup });
    firehose.add({ configuration: reading, created });
    const elsewhere = { name: "elsewhere", arn: arnOf("elsewhere", "us-east-1"), source };
    firehose.add({ configuration: configuration(elsewhere), created, store });
  });

  after(async () => {
    client.destroy();
    await firehose.stop();
  });

  beforeEach(() => {
    stored.length = 0;
    calls.length = 0;
    isBroken = false;
  });

  const put = (name: string, data: string) => ({
    DeliveryStreamName: name,
    Record: { Data: data },
  });
  const batch = (name: string, records: readonly string[]) => ({
    DeliveryStreamName: name,
    Records: records.map((Data) => ({ Data })),
  });

  it("stores records that the AWS SDK puts, one or many, with an ID for each", async () => {
    const Record = { Data: Buffer.from("one") };
    const one = await client.send(new PutRecordCommand({ DeliveryStreamName: "events", Record }));
    assert.deepEqual([one.RecordId, one.Encrypted], ["id-1", false]);
    const data = ["two", "", "größe"].map((text) => ({ Data: Buffer.from(text) }));
    const many = await client.send(
      new PutRecordBatchCommand({ DeliveryStreamName: "secrets", Records: data }),
    );
    assert.deepEqual([many.FailedPutCount, many.Encrypted], [0, true]);
    assert.deepEqual(many.RequestResponses, [
      { RecordId: "id-2" },
      { RecordId: "id-3" },
      { RecordId: "id-4" },
    ]);
    assert.deepEqual(stored.map(String), ["one", "two", "", "größe"]);
  });

  it("reports each call with what it put", async () => {
    await caller.ok("PutRecordBatch", batch("events", [base64(3), base64(4)]));
    await caller.ok("PutRecord", put("events", ""));
    await caller.call("PutRecordBatch", { DeliveryStreamName: "events", Records: [{}, {}, {}] });
    await caller.call("PutRecord", put("none", ""));
    const common = { deliveryStream: "events", region };
    assert.deepEqual(
      calls.map(({ at, milliseconds, ...call }) => {
        assert.ok(at > created && milliseconds >= 0);
        return call;
      }),
      [
        { ...common, operation: "PutRecordBatch", records: 2, bytes: 7, failedRecords: 0 },
        { ...common, operation: "PutRecord", records: 1, bytes: 0, failedRecords: 0 },
        {
          ...{ ...common, operation: "PutRecordBatch", records: 0, bytes: 0, failedRecords: 3 },
          errorCode: "ValidationException",
        },
      ],
    );
  });

  describe("at the limits of AWS", () => {
    it("accepts a record of 1,000 KiB, and rejects one byte more", async () => {
      await caller.ok("PutRecord", put("events", base64(1_024_000)));
      await caller.rejects("PutRecord", put("events", base64(1_024_001)), [
        "ValidationException",
        /^1 validation error detected: Value at 'record\.data' failed to satisfy constraint: Member must have length less than or equal to 1024000$/,
      ]);
      await caller.rejects("PutRecordBatch", batch("events", ["", base64(1_024_001)]), [
        "ValidationException",
        /at 'records\.2\.member\.data' failed/,
      ]);
    });

    it("accepts a batch of 4 MiB, and rejects one byte more", async () => {
      const full = Array<string>(4).fill(base64(1_000_000));
      const rest = 4 * 1024 * 1024 - 4_000_000;
      await caller.ok("PutRecordBatch", batch("events", [...full, base64(rest)]));
      await caller.rejects("PutRecordBatch", batch("events", [...full, base64(rest + 1)]), [
        "InvalidArgumentException",
        /^Records size exceeds 4 MB limit$/,
      ]);
      assert.equal(stored.length, 5);
    });

    it("accepts 500 records, and rejects 501 and none", async () => {
      await caller.ok("PutRecordBatch", batch("events", Array<string>(500).fill("")));
      for (const [count, expected] of [
        [501, /at 'records' failed to satisfy constraint: .* less than or equal to 500$/],
        [0, /at 'records' failed to satisfy constraint: .* greater than or equal to 1$/],
      ] as const)
        await caller.rejects("PutRecordBatch", batch("events", Array<string>(count).fill("")), [
          "ValidationException",
          expected,
        ]);
      assert.equal(stored.length, 500);
    });

    it("rejects a body that no batch can need, and reads it to its end", async () => {
      const { status, answer } = await caller.call("PutRecord", Buffer.alloc(8 * 1024 * 1024));
      assert.deepEqual([status, answer.__type], [413, "RequestEntityTooLargeException"]);
    });
  });

  it("rejects names that are not allowed before it looks for a delivery stream", async () => {
    await caller.rejects("PutRecord", put("a/b", ""), [
      "ValidationException",
      /^1 validation error detected: Value 'a\/b' at 'deliveryStreamName' failed to satisfy constraint: Member must satisfy regular expression pattern: \[a-zA-Z0-9_\.-\]\+$/,
    ]);
    await caller.rejects("PutRecord", put("a".repeat(65), ""), [
      "ValidationException",
      /less than or equal to 64$/,
    ]);
    await caller.rejects("PutRecord", {}, [
      "ValidationException",
      /^2 validation errors detected: Value null at 'deliveryStreamName' .* not be null; Value null at 'record' .* not be null$/,
    ]);
  });

  it("rejects puts to a delivery stream that reads a stream, does not exist, or is elsewhere", async () => {
    for (const [operation, message] of [
      ["PutRecord", put("reading", "")],
      ["PutRecordBatch", batch("reading", [""])],
    ] as const)
      await caller.rejects(operation, message, [
        "InvalidArgumentException",
        /^This operation is not permitted on KinesisStreamAsSource delivery stream type\.$/,
      ]);
    for (const name of ["none", "elsewhere"])
      await caller.rejects("PutRecord", put(name, ""), [
        "ResourceNotFoundException",
        new RegExp(`^Firehose ${name} under account 123456789012 not found\\.$`),
      ]);
    await caller.ok("PutRecord", put("elsewhere", ""), { region: "us-east-1" });
  });

  it("fails each record of a batch that cannot be stored, and a single record as a whole", async () => {
    isBroken = true;
    const { status, answer } = await caller.call("PutRecordBatch", batch("events", ["", ""]));
    const entry = { ErrorCode: "InternalFailure", ErrorMessage: "Internal service failure." };
    assert.deepEqual(
      [status, answer],
      [200, { FailedPutCount: 2, Encrypted: false, RequestResponses: [entry, entry] }],
    );
    const single = await caller.call("PutRecord", put("events", ""));
    assert.deepEqual([single.status, single.answer.__type], [500, "InternalFailure"]);
    assert.deepEqual(
      calls.map(({ records, failedRecords }) => [records, failedRecords]),
      [
        [0, 2],
        [0, 1],
      ],
    );
  });

  it("describes delivery streams with their source, encryption and destination", async () => {
    const describe = async (DeliveryStreamName: string) => {
      const command = new DescribeDeliveryStreamCommand({ DeliveryStreamName });
      return (await client.send(command)).DeliveryStreamDescription;
    };
    const directPut = await describe("secrets");
    assert.equal(directPut?.DeliveryStreamARN, arnOf("secrets"));
    assert.equal(directPut.DeliveryStreamStatus, "ACTIVE");
    assert.equal(directPut.DeliveryStreamType, "DirectPut");
    assert.equal(directPut.CreateTimestamp?.getTime(), created);
    assert.equal(directPut.Source, undefined);
    assert.deepEqual(directPut.DeliveryStreamEncryptionConfiguration, {
      ...{ KeyARN: "arn:aws:kms:key", KeyType: "CUSTOMER_MANAGED_CMK", Status: "ENABLED" },
    });
    assert.deepEqual(directPut.Destinations, [
      {
        DestinationId: "destinationId-000000000001",
        ExtendedS3DestinationDescription: {
          RoleARN: "arn:aws:iam::123456789012:role/delivery",
          BucketARN: "arn:aws:s3:::my-lake",
          Prefix: "raw/!{timestamp:yyyy/MM/dd}/",
          ErrorOutputPrefix: "errors/!{firehose:error-output-type}/",
          BufferingHints: { SizeInMBs: 1, IntervalInSeconds: 60 },
          CompressionFormat: "UNCOMPRESSED",
          EncryptionConfiguration: { NoEncryptionConfig: "NoEncryption" },
          CloudWatchLoggingOptions: { Enabled: false },
          CustomTimeZone: "UTC",
        },
      },
    ]);
    const reading = await describe("reading");
    assert.equal(reading?.DeliveryStreamType, "KinesisStreamAsSource");
    assert.equal(reading.DeliveryStreamEncryptionConfiguration?.Status, "DISABLED");
    assert.deepEqual(reading.Source?.KinesisStreamSourceDescription, {
      KinesisStreamARN: eventsStream.arn,
      RoleARN: eventsStream.roleArn,
      DeliveryStartTimestamp: new Date(created),
    });
    const [destination] = reading.Destinations ?? [];
    const { S3BackupMode, S3BackupDescription } =
      destination?.ExtendedS3DestinationDescription ?? {};
    assert.deepEqual(
      [S3BackupMode, S3BackupDescription?.BucketARN, S3BackupDescription?.Prefix],
      ["Enabled", "arn:aws:s3:::my-backup", "source/"],
    );
    await assert.rejects(describe("none"), { name: "ResourceNotFoundException" });
  });

  it("lists the delivery streams of the region by name, in pages and by type", async () => {
    const list = async (input: object) => {
      const answer = await client.send(new ListDeliveryStreamsCommand(input));
      return [answer.DeliveryStreamNames, answer.HasMoreDeliveryStreams];
    };
    assert.deepEqual(await list({}), [["events", "reading", "secrets"], false]);
    assert.deepEqual(await list({ Limit: 2 }), [["events", "reading"], true]);
    assert.deepEqual(await list({ Limit: 2, ExclusiveStartDeliveryStreamName: "reading" }), [
      ["secrets"],
      false,
    ]);
    assert.deepEqual(await list({ DeliveryStreamType: "DirectPut" }), [
      ["events", "secrets"],
      false,
    ]);
    await caller.rejects("ListDeliveryStreams", { Limit: 0, DeliveryStreamType: "Kafka" }, [
      "ValidationException",
      /^2 validation errors detected: .*'limit'.*; .*'deliveryStreamType'.*enum value set: \[DirectPut, KinesisStreamAsSource, MSKAsSource, DatabaseAsSource\]$/,
    ]);
  });

  it("rejects malformed messages as a client's mistake", async () => {
    const raw = (text: string | Buffer): Buffer => Buffer.from(text);
    for (const body of [
      ...[raw(""), raw("{"), raw("null"), raw("5"), raw("[]"), raw("[".repeat(3_000_000))],
      ...[raw(Buffer.from([0x7b, 0xff, 0x7d])), raw('{"a":'.repeat(40) + "1" + "}".repeat(40))],
      ...[raw('{"DeliveryStreamName":5}'), raw('{"DeliveryStreamName":["events"]}')],
      ...[raw('{"Record":"x"}'), raw('{"Record":{"Data":"%%%%"}}'), raw('{"Record":{"Data":1}}')],
      ...[raw('{"Record":{"Data":"YQ"}}'), raw('{"Record":[]}')],
    ])
      await caller.rejects("PutRecord", body, ["SerializationException", /./]);
    for (const Records of ["x", {}, ["x"], [[]], [{ Data: {} }]])
      await caller.rejects("PutRecordBatch", { DeliveryStreamName: "events", Records }, [
        "SerializationException",
        /./,
      ]);
    assert.equal(stored.length, 0);
  });

  it("rejects what is not a call to Firehose", async () => {
    for (const [headers, status, code, method] of [
      [{ "x-amz-target": "Kinesis_20131202.PutRecord" }, 400, "UnknownOperationException"],
      [{ "x-amz-target": "Firehose_20150804.toString" }, 400, "UnknownOperationException"],
      [
        { "x-amz-target": "Firehose_20150804.CreateDeliveryStream" },
        400,
        "UnknownOperationException",
      ],
      [{}, 400, "UnknownOperationException", "GET"],
      [{ "content-type": "application/x-amz-cbor-1.1" }, 404, "UnknownOperationException"],
      [{ authorization: "Basic x" }, 400, "IncompleteSignatureException"],
      [{ host: "example.com" }, 403, "AccessDeniedException"],
      [{ origin: "https://example.com" }, 403, "AccessDeniedException"],
    ] as const) {
      const { status: found, answer } = await caller.call(
        "ListDeliveryStreams",
        {},
        {
          headers,
          method: method ?? "POST",
        },
      );
      assert.deepEqual([found, answer.__type], [status, code], JSON.stringify(headers));
    }
  });

  it("asks producers to try again later once puts are rejected, and still answers others", async () => {
    const stopping = await startFirehose();
    const producer = new ApiCaller(stopping.endpoint, region, "Firehose_20150804");
    const stream = configuration({ name: "events", arn: arnOf("events"), source });
    stopping.add({ configuration: stream, created, store });
    await producer.ok("PutRecord", put("events", ""));
    stored.length = 0;
    await stopping.rejectPuts();
    for (const [operation, message] of [
      ["PutRecord", put("events", "")],
      ["PutRecordBatch", batch("events", [""])],
    ] as const) {
      const { status, answer } = await producer.call(operation, message);
      assert.deepEqual([status, answer.__type], [503, "ServiceUnavailableException"]);
    }
    await producer.ok("DescribeDeliveryStream", { DeliveryStreamName: "events" });
    await stopping.stop();
    assert.equal(stored.length, 0);
  });
});
