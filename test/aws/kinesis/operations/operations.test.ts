import assert from "node:assert/strict";
import { join } from "node:path";
import type { KinesisCall } from "../../../../aws/kinesis/kinesisCall";
import { type Kinesis, startKinesis } from "../../../../aws/kinesis/startKinesis";
import { temporaryFolder } from "../../../local/support/temporaryFolder";
import { callFacts } from "../support/callFacts";
import { KinesisCaller } from "../support/kinesisCalls";
import { region, SettableClock } from "../support/storedRecords";

const StreamName = "events";
const ShardId = "shardId-000000000000";
const arn = `arn:aws:kinesis:${region}:123456789012:stream/events`;
const maxHashKey = String(2n ** 128n - 1n);
const Data = Buffer.from("data").toString("base64");
const record = { Data, PartitionKey: "k" };
const bytes = (count: number): string => Buffer.alloc(count).toString("base64");

type Iterator = { readonly ShardIterator: string };
interface Page {
  readonly Records: readonly {
    readonly SequenceNumber: string;
    readonly Data: string;
    readonly PartitionKey: string;
    readonly ApproximateArrivalTimestamp: number;
  }[];
  readonly NextShardIterator?: string;
  readonly MillisBehindLatest: number;
  readonly ChildShards?: unknown;
}

describe("the operations of Kinesis", () => {
  const root = temporaryFolder();
  const clock = new SettableClock();
  const calls: KinesisCall[] = [];
  let kinesis: Kinesis;
  let caller: KinesisCaller;
  let count = 0;

  before(async () => {
    kinesis = await startKinesis({
      directory: join(root, "kinesis"),
      clock,
      regions: [region],
      onCall: (call) => calls.push(call),
    });
    caller = new KinesisCaller(kinesis.endpoint, region);
    await caller.ok("CreateStream", { StreamName, ShardCount: 1 });
  });

  after(() => kinesis.stop());

  beforeEach(() => {
    calls.length = 0;
  });

  async function newStream(change: object = { ShardCount: 1 }): Promise<string> {
    const name = `stream-${++count}`;
    await caller.ok("CreateStream", { StreamName: name, ...change });
    return name;
  }

  async function iterator(name: string, change: object): Promise<string> {
    const input = { StreamName: name, ShardId, ...change };
    return ((await caller.ok("GetShardIterator", input)) as unknown as Iterator).ShardIterator;
  }

  async function page(ShardIterator: string, change: object = {}): Promise<Page> {
    return (await caller.ok("GetRecords", { ShardIterator, ...change })) as unknown as Page;
  }

  const text = ({ Records }: Page): string[] =>
    Records.map((one) => Buffer.from(one.Data, "base64").toString());

  async function putLines(name: string, ...lines: readonly string[]): Promise<string[]> {
    const Records = lines.map((one) => ({
      Data: Buffer.from(one).toString("base64"),
      PartitionKey: one,
    }));
    const answer = await caller.ok("PutRecords", { StreamName: name, Records });
    return (answer.Records as { SequenceNumber: string }[]).map((one) => one.SequenceNumber);
  }

  describe("about streams", () => {
    it("describes a stream with AWS's members and no others", async () => {
      const name = await newStream({
        ShardCount: 2,
        Tags: { team: "data" },
        MaxRecordSizeInKiB: 2048,
      });
      const common = {
        StreamName: name,
        StreamARN: `arn:aws:kinesis:${region}:123456789012:stream/${name}`,
        StreamStatus: "ACTIVE",
        StreamModeDetails: { StreamMode: "PROVISIONED" },
        RetentionPeriodHours: 24,
        StreamCreationTimestamp: clock.time / 1000,
        EnhancedMonitoring: [{ ShardLevelMetrics: [] }],
        EncryptionType: "NONE",
      };
      assert.deepEqual(await caller.ok("DescribeStreamSummary", { StreamName: name }), {
        StreamDescriptionSummary: {
          ...common,
          OpenShardCount: 2,
          ConsumerCount: 0,
          MaxRecordSizeInKiB: 2048,
        },
      });
      const middle = 2n ** 127n;
      const { StreamDescription: description } = await caller.ok("DescribeStream", {
        StreamARN: common.StreamARN,
      });
      const { Shards, ...rest } = description as { Shards: { SequenceNumberRange: object }[] };
      assert.deepEqual(rest, { ...common, HasMoreShards: false });
      for (const { SequenceNumberRange } of Shards) {
        const { StartingSequenceNumber, ...none } = SequenceNumberRange as Record<string, string>;
        assert.match(StartingSequenceNumber ?? "", /^49\d{54}$/);
        assert.deepEqual(none, {});
      }
      assert.deepEqual(
        Shards.map((shard) => ({ ...shard, SequenceNumberRange: undefined })),
        [
          {
            ShardId,
            SequenceNumberRange: undefined,
            HashKeyRange: { StartingHashKey: "0", EndingHashKey: String(middle - 1n) },
          },
          {
            ShardId: "shardId-000000000001",
            SequenceNumberRange: undefined,
            HashKeyRange: { StartingHashKey: String(middle), EndingHashKey: maxHashKey },
          },
        ],
      );
    });

    it("lists streams by pages", async () => {
      const names: string[] = [];
      let NextToken: unknown;
      do {
        const answer = await caller.ok("ListStreams", {
          Limit: 1,
          ...(NextToken ? { NextToken } : {}),
        });
        names.push(...(answer.StreamNames as string[]));
        const [summary] = answer.StreamSummaries as { StreamName: string; StreamStatus: string }[];
        assert.equal(summary?.StreamStatus, "ACTIVE");
        ({ NextToken } = answer);
        assert.equal(answer.HasMoreStreams, NextToken !== undefined);
      } while (NextToken);
      assert.deepEqual(names, [...names].sort());
      assert.ok(names.includes(StreamName));
      const after = await caller.ok("ListStreams", { ExclusiveStartStreamName: names.at(-2) });
      assert.deepEqual(after.StreamNames, names.slice(-1));
    });

    it("describes at most 100 shards at a time, however many are asked for", async () => {
      const name = await newStream({ ShardCount: 101 });
      const shardsOf = async (request: object) => {
        const { StreamDescription } = await caller.ok("DescribeStream", {
          StreamName: name,
          ...request,
        });
        const { Shards, HasMoreShards } = StreamDescription as {
          Shards: { ShardId: string }[];
          HasMoreShards: boolean;
        };
        return [Shards.length, Shards.at(-1)?.ShardId, HasMoreShards];
      };
      assert.deepEqual(await shardsOf({ Limit: 1000 }), [100, "shardId-000000000099", true]);
      const rest = { Limit: 1000, ExclusiveStartShardId: "shardId-000000000099" };
      assert.deepEqual(await shardsOf(rest), [1, "shardId-000000000100", false]);
    });

    it("describes the key that a client chose for encryption, until it stops that", async () => {
      const name = await newStream();
      const request = { StreamName: name, EncryptionType: "KMS", KeyId: "alias/aws/kinesis" };
      const described = async () => {
        const { StreamDescription: description } = await caller.ok("DescribeStream", {
          StreamName: name,
        });
        const { EncryptionType, KeyId } = description as Record<string, unknown>;
        return [EncryptionType, KeyId];
      };
      const put = { StreamName: name, Data: "YQ==", PartitionKey: "k" };
      assert.deepEqual(await described(), ["NONE", undefined]);
      assert.equal((await caller.ok("PutRecord", put)).EncryptionType, undefined);
      await caller.ok("StartStreamEncryption", request);
      assert.deepEqual(await described(), ["KMS", "alias/aws/kinesis"]);
      assert.equal((await caller.ok("PutRecord", put)).EncryptionType, "KMS");
      await caller.ok("StopStreamEncryption", request);
      assert.deepEqual(await described(), ["NONE", undefined]);
      await caller.rejects("StartStreamEncryption", { ...request, EncryptionType: "NONE" }, [
        "InvalidArgumentException",
        /must be KMS/,
      ]);
      await caller.rejects("StartStreamEncryption", { ...request, KeyId: undefined }, [
        "ValidationException",
        /at 'keyId' failed/,
      ]);
    });

    it("describes the shard-level metrics that a client enabled", async () => {
      const name = await newStream();
      const change = async (operation: string, ...ShardLevelMetrics: string[]) => {
        const answer = await caller.ok(`${operation}EnhancedMonitoring`, {
          StreamName: name,
          ShardLevelMetrics,
        });
        return [answer.CurrentShardLevelMetrics, answer.DesiredShardLevelMetrics];
      };
      const two = ["IncomingBytes", "OutgoingBytes"];
      assert.deepEqual(await change("Enable", "OutgoingBytes", "IncomingBytes"), [[], two]);
      const { StreamDescriptionSummary: summary } = await caller.ok("DescribeStreamSummary", {
        StreamName: name,
      });
      assert.deepEqual((summary as { EnhancedMonitoring: unknown }).EnhancedMonitoring, [
        { ShardLevelMetrics: two },
      ]);
      const [, all] = await change("Enable", "ALL");
      assert.equal((all as string[]).length, 7);
      assert.deepEqual(await change("Disable", "ALL"), [all, []]);
      await caller.rejects(
        "EnableEnhancedMonitoring",
        { StreamName: name, ShardLevelMetrics: ["Latency"] },
        ["ValidationException", /at 'shardLevelMetrics.1.member' failed .* enum value set/],
      );
    });

    it("creates an on-demand stream with four shards", async () => {
      const name = await newStream({ StreamModeDetails: { StreamMode: "ON_DEMAND" } });
      const { StreamDescriptionSummary: summary } = await caller.ok("DescribeStreamSummary", {
        StreamName: name,
      });
      const { OpenShardCount, StreamModeDetails } = summary as Record<string, unknown>;
      assert.equal(OpenShardCount, 4);
      assert.deepEqual(StreamModeDetails, { StreamMode: "ON_DEMAND" });
      await caller.rejects(
        "UpdateShardCount",
        { StreamName: name, TargetShardCount: 5, ScalingType: "UNIFORM_SCALING" },
        ["ValidationException", /is in On-Demand mode/],
      );
      await caller.ok("UpdateStreamMode", {
        StreamARN: `arn:aws:kinesis:${region}:123456789012:stream/${name}`,
        StreamModeDetails: { StreamMode: "PROVISIONED" },
      });
    });

    it("creates an on-demand stream if neither a mode nor a number of shards is specified", async () => {
      const name = await newStream({});
      const { StreamDescription } = await caller.ok("DescribeStream", { StreamName: name });
      const { Shards, StreamModeDetails } = StreamDescription as Record<string, unknown>;
      assert.equal((Shards as unknown[]).length, 4);
      assert.deepEqual(StreamModeDetails, { StreamMode: "ON_DEMAND" });
    });

    it("deletes a stream, one with consumers only if that is asked for", async () => {
      const name = await newStream();
      const StreamARN = `arn:aws:kinesis:${region}:123456789012:stream/${name}`;
      await caller.ok("RegisterStreamConsumer", { StreamARN, ConsumerName: "c" });
      await caller.rejects("DeleteStream", { StreamName: name }, [
        "ResourceInUseException",
        /registered consumers/,
      ]);
      await caller.ok("DeleteStream", { StreamName: name, EnforceConsumerDeletion: true });
      await caller.rejects("DescribeStream", { StreamName: name }, [
        "ResourceNotFoundException",
        new RegExp(`^Stream ${name} under account 123456789012 not found\\.$`),
      ]);
    });

    it("changes the retention between 24 and 8760 hours", async () => {
      const name = await newStream();
      const change = (direction: string, RetentionPeriodHours: number) =>
        [`${direction}StreamRetentionPeriod`, { StreamName: name, RetentionPeriodHours }] as const;
      await caller.ok(...change("Increase", 8760));
      await caller.ok(...change("Decrease", 24));
      const code = "InvalidArgumentException";
      await caller.rejects(...change("Increase", 8761), [code, /^Maximum allowed .* too long\.$/]);
      await caller.rejects(...change("Decrease", 23), [code, /^Minimum allowed .* too short\.$/]);
      await caller.ok(...change("Increase", 48));
      await caller.rejects(...change("Increase", 47), [code, /Use DecreaseRetentionPeriod API/]);
      await caller.rejects(...change("Decrease", 49), [code, /Use IncreaseRetentionPeriod API/]);
    });

    it("counts shards against the limit of the account", async () => {
      await caller.rejects("CreateStream", { StreamName: "vast", ShardCount: 10_001 }, [
        "LimitExceededException",
        /shard limit for the account 123456789012 in eu-central-1.*Limit: 10000\./,
      ]);
    });

    const arnOfOther = (change: string): string => arn.replace(/^(.*)$/, change);
    const rejections: readonly [string, string, object, string, RegExp][] = [
      [
        "an existing stream",
        "CreateStream",
        { StreamName, ShardCount: 1 },
        "ResourceInUseException",
        /^Stream events under account 123456789012 already exists\.$/,
      ],
      [
        "no name",
        "CreateStream",
        { ShardCount: 1 },
        "ValidationException",
        /^1 validation error detected: Value null at 'streamName' failed to satisfy constraint: Member must not be null$/,
      ],
      [
        "an empty name",
        "CreateStream",
        { StreamName: "", ShardCount: 1 },
        "ValidationException",
        /^2 validation errors detected: Value '' at 'streamName' .*pattern: \[a-zA-Z0-9_\.-\]\+; Value '' at 'streamName' .*greater than or equal to 1$/,
      ],
      [
        "a name of 129 characters",
        "CreateStream",
        { StreamName: "a".repeat(129), ShardCount: 1 },
        "ValidationException",
        /length less than or equal to 128$/,
      ],
      [
        "no shards",
        "CreateStream",
        { StreamName: "a", ShardCount: 0 },
        "ValidationException",
        /^1 .*Value '0' at 'shardCount' failed to satisfy constraint: Member must have value greater than or equal to 1$/,
      ],
      [
        "no shard count of a provisioned stream",
        "CreateStream",
        { StreamName: "a", StreamModeDetails: { StreamMode: "PROVISIONED" } },
        "ValidationException",
        /Value null at 'shardCount'/,
      ],
      [
        "an unknown mode",
        "CreateStream",
        { StreamName: "a", StreamModeDetails: { StreamMode: "FAST" } },
        "ValidationException",
        /Value 'FAST' at 'streamModeDetails\.streamMode' .*enum value set: \[PROVISIONED, ON_DEMAND\]$/,
      ],
      [
        "too small records",
        "CreateStream",
        { StreamName: "a", ShardCount: 1, MaxRecordSizeInKiB: 1023 },
        "ValidationException",
        /value greater than or equal to 1024$/,
      ],
      [
        "too large records",
        "CreateStream",
        { StreamName: "a", ShardCount: 1, MaxRecordSizeInKiB: 10241 },
        "ValidationException",
        /value less than or equal to 10240$/,
      ],
      [
        "neither name nor ARN",
        "DescribeStream",
        {},
        "InvalidArgumentException",
        /StreamName or StreamARN/,
      ],
      [
        "name and ARN that differ",
        "DescribeStream",
        { StreamName: "other", StreamARN: arn },
        "InvalidArgumentException",
        /differ/,
      ],
      [
        "an ARN of another region",
        "DescribeStream",
        { StreamARN: arnOfOther("$1").replace(region, "us-east-99") },
        "ResourceNotFoundException",
        /^Stream events under account 123456789012 not found\.$/,
      ],
      [
        "an ARN of another account",
        "DescribeStream",
        { StreamARN: arn.replace("123456789012", "999999999999") },
        "ResourceNotFoundException",
        /^Stream events under account 999999999999 not found\.$/,
      ],
      [
        "what is not an ARN",
        "DescribeStream",
        { StreamARN: "events" },
        "ValidationException",
        /at 'streamARN' .*pattern: arn:aws/,
      ],
      [
        "a limit of 0",
        "DescribeStream",
        { StreamName, Limit: 0 },
        "ValidationException",
        /at 'limit'/,
      ],
      [
        "a limit beyond 10,000",
        "ListStreams",
        { Limit: 10_001 },
        "ValidationException",
        /less than or equal to 10000$/,
      ],
      [
        "a string as a number",
        "ListStreams",
        { Limit: "5" },
        "SerializationException",
        /^STRING_VALUE can not be converted to an Integer$/,
      ],
      [
        "a number as a string",
        "DescribeStream",
        { StreamName: 5 },
        "SerializationException",
        /^NUMBER_VALUE can not be converted to a String$/,
      ],
      [
        "a boolean as a string",
        "DescribeStream",
        { StreamName: true },
        "SerializationException",
        /^TRUE_VALUE can not be converted to a String$/,
      ],
      [
        "a list as a string",
        "DescribeStream",
        { StreamName: [] },
        "SerializationException",
        /^Unrecognized collection type class java\.lang\.String$/,
      ],
      [
        "a structure as a string",
        "DescribeStream",
        { StreamName: {} },
        "SerializationException",
        /^Start of structure or map found where not expected\.$/,
      ],
    ];
    for (const [what, name, input, code, message] of rejections)
      it(`rejects ${what} in ${name} as AWS does`, async () => {
        await caller.rejects(name, input, [code, message]);
      });

    it("treats null as an absent member", async () => {
      await caller.ok("DescribeStreamSummary", { StreamName, StreamARN: null });
    });
  });

  describe("about puts", () => {
    it("answers puts with AWS's shard ids and growing sequence numbers", async () => {
      const answer = await caller.ok("PutRecord", { StreamName, ...record });
      assert.deepEqual(Object.keys(answer).sort(), ["SequenceNumber", "ShardId"]);
      assert.equal(answer.ShardId, ShardId);
      const many = await caller.ok("PutRecords", { StreamName, Records: [record, record] });
      assert.equal(many.FailedRecordCount, 0);
      const sequences = [answer, ...(many.Records as { SequenceNumber: string }[])].map(
        ({ SequenceNumber }) => String(SequenceNumber),
      );
      for (const sequence of sequences) assert.match(sequence, /^49\d{54}$/);
      assert.deepEqual(sequences, [...sequences].sort());
      assert.equal(new Set(sequences).size, 3);
    });

    it("chooses shards by the MD5 of the partition key, or by an explicit hash key", async () => {
      const name = await newStream({ ShardCount: 4 });
      // MD5: a 0cc1..., b 92eb..., c 4a8a..., d 8277...
      for (const [change, shard] of [
        [{ PartitionKey: "a" }, 0],
        [{ PartitionKey: "b" }, 2],
        [{ PartitionKey: "c" }, 1],
        [{ PartitionKey: "a", ExplicitHashKey: "0" }, 0],
        [{ PartitionKey: "a", ExplicitHashKey: maxHashKey }, 3],
        [{ PartitionKey: "a", ExplicitHashKey: String(2n ** 126n) }, 1],
        [{ PartitionKey: "a", ExplicitHashKey: String(2n ** 126n - 1n) }, 0],
      ] as const) {
        const answer = await caller.ok("PutRecord", { StreamName: name, Data, ...change });
        assert.equal(answer.ShardId, `shardId-00000000000${shard}`, JSON.stringify(change));
      }
    });

    it("accepts 500 records, and rejects 501", async () => {
      const name = await newStream();
      const Records = Array.from({ length: 501 }, () => record);
      await caller.rejects("PutRecords", { StreamName: name, Records }, [
        "ValidationException",
        /^1 validation error detected: Value at 'records' failed to satisfy constraint: Member must have length less than or equal to 500$/,
      ]);
      const answer = await caller.ok("PutRecords", { StreamName: name, Records: Records.slice(1) });
      assert.equal((answer.Records as unknown[]).length, 500);
      await caller.rejects("PutRecords", { StreamName: name, Records: [] }, [
        "ValidationException",
        /length greater than or equal to 1$/,
      ]);
    });

    it("accepts data and key of 1 MiB together, and rejects a byte more", async () => {
      const mebibyte = 1024 * 1024;
      const put = (size: number, key: string) => ({
        StreamName,
        Data: bytes(size),
        PartitionKey: key,
      });
      await caller.ok("PutRecord", put(mebibyte - 4, "ключ".slice(0, 2)));
      await caller.rejects("PutRecord", put(mebibyte - 3, "ключ".slice(0, 2)), [
        "ValidationException",
        /at 'data' failed to satisfy constraint: Member must have length less than or equal to 1048576$/,
      ]);
      await caller.rejects(
        "PutRecords",
        { StreamName, Records: [record, { Data: bytes(mebibyte), PartitionKey: "k" }] },
        [
          "ValidationException",
          /^1 validation error detected: Value at 'records\.2\.member\.data' failed/,
        ],
      );
    });

    it("accepts larger records on a stream that allows them", async () => {
      const name = await newStream({ ShardCount: 1, MaxRecordSizeInKiB: 2048 });
      const put = (size: number) => ({ StreamName: name, Data: bytes(size), PartitionKey: "k" });
      await caller.ok("PutRecord", put(2048 * 1024 - 1));
      await caller.rejects("PutRecord", put(2048 * 1024), ["ValidationException", /2097152$/]);
      await caller.ok("UpdateMaxRecordSize", {
        StreamARN: `arn:aws:kinesis:${region}:123456789012:stream/${name}`,
        MaxRecordSizeInKiB: 10_240,
      });
      await caller.ok("PutRecord", put(10 * 1024 * 1024 - 1));
      const read = await page(await iterator(name, { ShardIteratorType: "TRIM_HORIZON" }));
      assert.equal(read.Records.length, 1, "a page holds 10 MiB");
      assert.ok(read.MillisBehindLatest >= 0);
      const next = await page(read.NextShardIterator ?? "");
      assert.equal(next.Records[0]?.Data.length, put(10 * 1024 * 1024 - 1).Data.length);
    });

    it("accepts a request of 10 MiB with keys, and rejects a byte more", async () => {
      const name = await newStream();
      const request = (last: number) => ({
        StreamName: name,
        Records: Array.from({ length: 10 }, (_, index) => ({
          Data: bytes(1024 * 1024 - 1 - (index === 9 ? last : 0)),
          PartitionKey: "k",
        })),
      });
      await caller.ok("PutRecords", request(0));
      const { Records } = request(1);
      await caller.rejects(
        "PutRecords",
        { StreamName: name, Records: [...Records, { Data: bytes(1), PartitionKey: "k" }] },
        ["InvalidArgumentException", /^Records size exceeds 10 MB limit$/],
      );
    });

    const wrong: readonly [string, object, string, RegExp][] = [
      [
        "a stream that does not exist",
        { StreamName: "none" },
        "ResourceNotFoundException",
        /^Stream none under/,
      ],
      [
        "an empty partition key",
        { PartitionKey: "" },
        "ValidationException",
        /at 'partitionKey' .*greater than or equal to 1$/,
      ],
      [
        "a partition key of 257 characters",
        { PartitionKey: "k".repeat(257) },
        "ValidationException",
        /less than or equal to 256$/,
      ],
      ["no data", { Data: null }, "ValidationException", /Value null at 'data'/],
      ["bad base64", { Data: "a*aa" }, "SerializationException", /Invalid Base64 character: '\*'/],
      ["base64url", { Data: "ab_-" }, "SerializationException", /Invalid Base64 character: '_'/],
      [
        "base64 of a wrong length",
        { Data: "abc" },
        "SerializationException",
        /multiple of 4 bytes but found: 3/,
      ],
      [
        "padding inside",
        { Data: "a=aa" },
        "SerializationException",
        /can not be converted to a Blob/,
      ],
      [
        "data that is a number",
        { Data: 5 },
        "SerializationException",
        /can not be converted to a Blob/,
      ],
      [
        "a hash key that is not a number",
        { ExplicitHashKey: "x" },
        "ValidationException",
        /at 'explicitHashKey' .*pattern: 0\|/,
      ],
      [
        "a hash key of 2^128",
        { ExplicitHashKey: String(2n ** 128n) },
        "InvalidArgumentException",
        /^Invalid ExplicitHashKey\. .*range: \[0, 2\^128-1\]/,
      ],
      [
        "a sequence number of another stream",
        { SequenceNumberForOrdering: "1" },
        "InvalidArgumentException",
        /did not come from this stream/,
      ],
    ];
    for (const [what, change, code, message] of wrong)
      it(`rejects ${what} in PutRecord as AWS does`, async () => {
        await caller.rejects("PutRecord", { StreamName, ...record, ...change }, [code, message]);
      });

    it("names the record that is wrong, and puts none", async () => {
      const name = await newStream();
      await caller.rejects(
        "PutRecords",
        { StreamName: name, Records: [record, { ...record, PartitionKey: "" }, { Data }] },
        [
          "ValidationException",
          /^2 validation errors detected: Value '' at 'records\.2\.member\.partitionKey' .*; Value null at 'records\.3\.member\.partitionKey'/,
        ],
      );
      assert.deepEqual(
        text(await page(await iterator(name, { ShardIteratorType: "TRIM_HORIZON" }))),
        [],
      );
    });

    it("accepts a sequence number for ordering from the same stream", async () => {
      const { SequenceNumber } = await caller.ok("PutRecord", { StreamName, ...record });
      const input = { StreamName, ...record, SequenceNumberForOrdering: SequenceNumber };
      await caller.ok("PutRecord", input);
    });

    it("does not create a second stream in a region that is not the stack's", async () => {
      const elsewhere = { region: "us-east-99" };
      await caller.rejects(
        "PutRecord",
        { StreamName, ...record },
        ["ResourceNotFoundException", /^Stream events/],
        elsewhere,
      );
      await caller.rejects(
        "CreateStream",
        { StreamName, ShardCount: 1 },
        ["InvalidSignatureException", /us-east-99/],
        elsewhere,
      );
      assert.deepEqual((await caller.ok("ListStreams", {}, elsewhere)).StreamNames, []);
    });
  });

  describe("about reads", () => {
    it("reads from where each type of iterator points to", async () => {
      const name = await newStream();
      const start = clock.time;
      const [, second = ""] = await putLines(name, "a", "b");
      clock.time += 60_000;
      await putLines(name, "c");
      const at = (ShardIteratorType: string, change: object = {}) =>
        iterator(name, { ShardIteratorType, ...change });
      const sequence = { StartingSequenceNumber: second };
      for (const [begin, expected] of [
        [await at("TRIM_HORIZON"), ["a", "b", "c"]],
        [await at("LATEST"), []],
        [await at("AT_SEQUENCE_NUMBER", sequence), ["b", "c"]],
        [await at("AFTER_SEQUENCE_NUMBER", sequence), ["c"]],
        [await at("AT_TIMESTAMP", { Timestamp: start / 1000 }), ["a", "b", "c"]],
        [await at("AT_TIMESTAMP", { Timestamp: start / 1000 + 0.001 }), ["c"]],
        [await at("AT_TIMESTAMP", { Timestamp: clock.time / 1000 }), ["c"]],
      ] as const)
        assert.deepEqual(text(await page(begin)), expected);
      const latest = await at("LATEST");
      await putLines(name, "d");
      assert.deepEqual(text(await page(latest)), ["d"]);
    });

    it("returns pages with the members of AWS, and how far behind they are", async () => {
      const name = await newStream();
      const [sequence = ""] = await putLines(name, "a", "b");
      const arrival = clock.time;
      clock.time += 5000;
      const first = await page(await iterator(name, { ShardIteratorType: "TRIM_HORIZON" }), {
        Limit: 1,
      });
      const { NextShardIterator = "", ...rest } = first;
      assert.deepEqual(rest, {
        Records: [
          {
            SequenceNumber: sequence,
            ApproximateArrivalTimestamp: arrival / 1000,
            Data: Buffer.from("a").toString("base64"),
            PartitionKey: "a",
          },
        ],
        MillisBehindLatest: 5000,
      });
      const second = await page(NextShardIterator);
      assert.deepEqual([text(second), second.MillisBehindLatest], [["b"], 0]);
      const third = await page(second.NextShardIterator ?? "");
      assert.deepEqual([text(third), third.MillisBehindLatest], [[], 0]);
    });

    it("is behind while records follow, even if the clock was set back", async () => {
      const name = await newStream();
      await putLines(name, "a", "b");
      clock.time -= 3_600_000;
      const begin = await iterator(name, { ShardIteratorType: "TRIM_HORIZON" });
      const first = await page(begin, { Limit: 1 });
      clock.time += 3_600_000;
      assert.equal(first.MillisBehindLatest, 1);
    });

    it("ends with the children of a shard that was split, which are read after it", async () => {
      const name = await newStream();
      await putLines(name, "before");
      await caller.ok("SplitShard", {
        StreamName: name,
        ShardToSplit: ShardId,
        NewStartingHashKey: String(2n ** 127n),
      });
      await putLines(name, "after");
      const last = await page(await iterator(name, { ShardIteratorType: "TRIM_HORIZON" }));
      assert.deepEqual(text(last), ["before"]);
      assert.equal("NextShardIterator" in last, false);
      const child = (number: number, StartingHashKey: bigint, EndingHashKey: bigint) => ({
        ShardId: `shardId-00000000000${number}`,
        ParentShards: [ShardId],
        HashKeyRange: {
          StartingHashKey: String(StartingHashKey),
          EndingHashKey: String(EndingHashKey),
        },
      });
      assert.deepEqual(last.ChildShards, [
        child(1, 0n, 2n ** 127n - 1n),
        child(2, 2n ** 127n, 2n ** 128n - 1n),
      ]);
    });

    it("returns another iterator for each call, as AWS does", async () => {
      const { ShardIterator } = await caller.ok("GetShardIterator", {
        StreamName: await newStream(),
        ShardId,
        ShardIteratorType: "LATEST",
      });
      const pages = [
        await caller.ok("GetRecords", { ShardIterator }),
        await caller.ok("GetRecords", { ShardIterator }),
      ];
      const iterators = [ShardIterator, ...pages.map((page) => page.NextShardIterator)];
      assert.equal(new Set(iterators).size, 3);
    });

    it("accepts an iterator in quotation marks, as AWS does", async () => {
      const name = await newStream();
      await caller.ok("PutRecord", { StreamName: name, Data: "YQ==", PartitionKey: "k" });
      const { ShardIterator } = await caller.ok("GetShardIterator", {
        StreamName: name,
        ShardId,
        ShardIteratorType: "TRIM_HORIZON",
      });
      const page = await caller.ok("GetRecords", { ShardIterator: `"${String(ShardIterator)}"` });
      assert.equal((page.Records as unknown[]).length, 1);
    });

    it("rejects an iterator after five minutes", async () => {
      const expiring = await iterator(StreamName, { ShardIteratorType: "LATEST" });
      clock.time += 300_000;
      await page(expiring);
      clock.time += 1;
      await caller.rejects("GetRecords", { ShardIterator: expiring }, [
        "ExpiredIteratorException",
        /^Iterator expired\. The iterator was created at time \w{3} \w{3} \d\d \d\d:\d\d:\d\d UTC \d{4} while right now it is .* tolerated delay of 300000 milliseconds\.$/,
      ]);
    });

    const of = { StreamName, ShardId };
    const wrong: readonly [string, string, object, string, RegExp][] = [
      [
        "what is not an iterator",
        "GetRecords",
        { ShardIterator: "abc" },
        "InvalidArgumentException",
        /^Invalid ShardIterator\.$/,
      ],
      [
        "an empty iterator",
        "GetRecords",
        { ShardIterator: "" },
        "ValidationException",
        /at 'shardIterator'/,
      ],
      [
        "a limit of 10,001",
        "GetRecords",
        { ShardIterator: "abc", Limit: 10_001 },
        "ValidationException",
        /less than or equal to 10000$/,
      ],
      [
        "a shard that does not exist",
        "GetShardIterator",
        { StreamName, ShardId: "shardId-000000000009", ShardIteratorType: "LATEST" },
        "ResourceNotFoundException",
        /^Shard shardId-000000000009 in stream events under account 123456789012 does not exist$/,
      ],
      [
        "an unknown type",
        "GetShardIterator",
        { ...of, ShardIteratorType: "NEWEST" },
        "ValidationException",
        /enum value set/,
      ],
      [
        "no sequence number where one is needed",
        "GetShardIterator",
        { ...of, ShardIteratorType: "AT_SEQUENCE_NUMBER" },
        "InvalidArgumentException",
        /Request specified AT_SEQUENCE_NUMBER and no StartingSequenceNumber\.$/,
      ],
      [
        "a sequence number where none is allowed",
        "GetShardIterator",
        { ...of, ShardIteratorType: "LATEST", StartingSequenceNumber: "1" },
        "InvalidArgumentException",
        /Request specified LATEST and also a StartingSequenceNumber\.$/,
      ],
      [
        "a sequence number of another stream",
        "GetShardIterator",
        { ...of, ShardIteratorType: "AT_SEQUENCE_NUMBER", StartingSequenceNumber: "1" },
        "InvalidArgumentException",
        /did not come from this stream/,
      ],
      [
        "no timestamp",
        "GetShardIterator",
        { ...of, ShardIteratorType: "AT_TIMESTAMP" },
        "InvalidArgumentException",
        /^Must specify timestampInMillis/,
      ],
      [
        "a timestamp in the future",
        "GetShardIterator",
        { ...of, ShardIteratorType: "AT_TIMESTAMP", Timestamp: 9_999_999_999 },
        "InvalidArgumentException",
        /cannot be greater than the currentTimestampInMillis/,
      ],
    ];
    for (const [what, name, input, code, message] of wrong)
      it(`rejects ${what} in ${name} as AWS does`, async () => {
        await caller.rejects(name, input, [code, message]);
      });

    it("rejects a sequence number of another shard", async () => {
      const name = await newStream({ ShardCount: 2 });
      const { SequenceNumber } = await caller.ok("PutRecord", {
        StreamName: name,
        Data,
        PartitionKey: "b",
      });
      await caller.rejects(
        "GetShardIterator",
        {
          StreamName: name,
          ShardId,
          ShardIteratorType: "AT_SEQUENCE_NUMBER",
          StartingSequenceNumber: SequenceNumber,
        },
        [
          "InvalidArgumentException",
          /It encodes shardId-000000000001, while it was used in a call to a shard with shardId-000000000000$/,
        ],
      );
    });
  });

  describe("about shards", () => {
    interface ListedShard {
      readonly ShardId: string;
      readonly ParentShardId?: string;
      readonly AdjacentParentShardId?: string;
      readonly SequenceNumberRange: {
        readonly StartingSequenceNumber: string;
        readonly EndingSequenceNumber?: string;
      };
    }
    const listed = async (name: string, change: object = {}): Promise<readonly ListedShard[]> => {
      const answer = await caller.ok("ListShards", { StreamName: name, ...change });
      return answer.Shards as ListedShard[];
    };
    const ids = (shards: readonly ListedShard[]): number[] =>
      shards.map((shard) => Number(shard.ShardId.slice(-3)));

    it("splits, merges and scales, with parents, ends and open shards as AWS has them", async () => {
      const name = await newStream();
      const split = (shard: number, key: bigint) =>
        caller.ok("SplitShard", {
          StreamName: name,
          ShardToSplit: `shardId-00000000000${shard}`,
          NewStartingHashKey: String(key),
        });
      await split(0, 2n ** 127n);
      await caller.ok("MergeShards", {
        StreamName: name,
        ShardToMerge: "shardId-000000000002",
        AdjacentShardToMerge: "shardId-000000000001",
      });
      const shards = await listed(name);
      assert.deepEqual(
        shards.map(({ ParentShardId, AdjacentParentShardId }) => [
          ParentShardId,
          AdjacentParentShardId,
        ]),
        [
          [undefined, undefined],
          [ShardId, undefined],
          [ShardId, undefined],
          ["shardId-000000000002", "shardId-000000000001"],
        ],
      );
      const numbers = shards.map(({ SequenceNumberRange: range }) => range);
      assert.deepEqual(
        numbers.map(({ EndingSequenceNumber }) => EndingSequenceNumber !== undefined),
        [true, true, true, false],
      );
      for (const { StartingSequenceNumber, EndingSequenceNumber = "9".repeat(56) } of numbers)
        assert.ok(StartingSequenceNumber < EndingSequenceNumber);
      assert.deepEqual(
        await caller.ok("UpdateShardCount", {
          StreamName: name,
          TargetShardCount: 2,
          ScalingType: "UNIFORM_SCALING",
        }),
        {
          StreamName: name,
          CurrentShardCount: 1,
          TargetShardCount: 2,
          StreamARN: `arn:aws:kinesis:${region}:123456789012:stream/${name}`,
        },
      );
      assert.deepEqual(ids(await listed(name, { ShardFilter: { Type: "AT_LATEST" } })), [4, 5]);
    });

    it("lists shards by pages and by filter", async () => {
      const name = await newStream({ ShardCount: 3 });
      const first = await caller.ok("ListShards", { StreamName: name, MaxResults: 2 });
      assert.deepEqual(ids(first.Shards as ListedShard[]), [0, 1]);
      const second = await caller.ok("ListShards", { NextToken: first.NextToken });
      assert.deepEqual(ids(second.Shards as ListedShard[]), [2]);
      assert.equal("NextToken" in second, false);
      clock.time += 300_001;
      await caller.rejects("ListShards", { NextToken: first.NextToken }, [
        "ExpiredNextTokenException",
        /expired/,
      ]);
      await caller.rejects("ListShards", { NextToken: "abc" }, [
        "InvalidArgumentException",
        /NextToken/,
      ]);
      await caller.rejects("ListShards", { NextToken: first.NextToken, StreamName: name }, [
        "InvalidArgumentException",
        /together/,
      ]);

      const created = clock.time - 300_001;
      await caller.ok("MergeShards", {
        StreamName: name,
        ShardToMerge: ShardId,
        AdjacentShardToMerge: "shardId-000000000001",
      });
      const filtered = async (filter: object) => ids(await listed(name, { ShardFilter: filter }));
      assert.deepEqual(await filtered({ Type: "AT_LATEST" }), [2, 3]);
      assert.deepEqual(await filtered({ Type: "AT_TRIM_HORIZON" }), [0, 1, 2]);
      assert.deepEqual(await filtered({ Type: "FROM_TRIM_HORIZON" }), [0, 1, 2, 3]);
      assert.deepEqual(
        await filtered({ Type: "AFTER_SHARD_ID", ShardId: "shardId-000000000001" }),
        [2, 3],
      );
      assert.deepEqual(
        await filtered({ Type: "AT_TIMESTAMP", Timestamp: created / 1000 }),
        [0, 1, 2],
      );
      assert.deepEqual(
        await filtered({ Type: "AT_TIMESTAMP", Timestamp: clock.time / 1000 }),
        [2, 3],
      );
      assert.deepEqual(
        await filtered({ Type: "FROM_TIMESTAMP", Timestamp: created / 1000 }),
        [0, 1, 2, 3],
      );
      await caller.rejects(
        "ListShards",
        { StreamName: name, ShardFilter: { Type: "AFTER_SHARD_ID" } },
        ["InvalidArgumentException", /ShardId/],
      );
      const { StreamDescription } = await caller.ok("DescribeStream", {
        StreamName: name,
        Limit: 1,
        ExclusiveStartShardId: ShardId,
      });
      const { Shards, HasMoreShards } = StreamDescription as {
        Shards: ListedShard[];
        HasMoreShards: boolean;
      };
      assert.deepEqual([ids(Shards), HasMoreShards], [[1], true]);
    });

    it("rejects splits, merges and shard counts that AWS rejects", async () => {
      const name = await newStream({ ShardCount: 3 });
      const split = (NewStartingHashKey: string, ShardToSplit = ShardId) =>
        ["SplitShard", { StreamName: name, ShardToSplit, NewStartingHashKey }] as const;
      const code = "InvalidArgumentException";
      for (const key of ["0", "1", String(2n ** 128n / 3n - 1n), maxHashKey])
        await caller.rejects(...split(key), [
          code,
          /is not both greater than one plus the shard's StartingHashKey 0 and less than/,
        ]);
      await caller.rejects(...split("5", "shardId-000000000007"), [
        "ResourceNotFoundException",
        /^Could not find shard shardId-000000000007 in stream/,
      ]);
      const merge = (AdjacentShardToMerge: string) =>
        ["MergeShards", { StreamName: name, ShardToMerge: ShardId, AdjacentShardToMerge }] as const;
      await caller.rejects(...merge("shardId-000000000002"), [
        code,
        /are not an adjacent pair of shards eligible for merging$/,
      ]);
      await caller.rejects(...merge(ShardId), [code, /are not an adjacent pair/]);
      await caller.ok(...split("2"));
      await caller.rejects(...split("3"), [code, /has already been merged or split/]);
      const scale = (TargetShardCount: number) =>
        [
          "UpdateShardCount",
          { StreamName: name, TargetShardCount, ScalingType: "UNIFORM_SCALING" },
        ] as const;
      await caller.rejects(...scale(9), [code, /over double .*count: 4 Target shard count: 9$/]);
      await caller.rejects(...scale(1), [code, /below half .*count: 4 Target shard count: 1$/]);
      await caller.ok(...scale(8));
    });
  });

  describe("about tags", () => {
    it("adds, lists and removes tags of a stream and of a consumer", async () => {
      const name = await newStream({ ShardCount: 1, Tags: { a: "1" } });
      const StreamARN = `arn:aws:kinesis:${region}:123456789012:stream/${name}`;
      await caller.ok("AddTagsToStream", { StreamName: name, Tags: { b: "2", c: "" } });
      await caller.ok("TagResource", { ResourceARN: StreamARN, Tags: { d: "4" } });
      await caller.ok("RemoveTagsFromStream", { StreamName: name, TagKeys: ["b"] });
      await caller.ok("UntagResource", { ResourceARN: StreamARN, TagKeys: ["a", "none"] });
      const tags = [
        { Key: "c", Value: "" },
        { Key: "d", Value: "4" },
      ];
      assert.deepEqual(await caller.ok("ListTagsForStream", { StreamName: name }), {
        Tags: tags,
        HasMoreTags: false,
      });
      assert.deepEqual(await caller.ok("ListTagsForStream", { StreamName: name, Limit: 1 }), {
        Tags: tags.slice(0, 1),
        HasMoreTags: true,
      });
      assert.deepEqual(
        await caller.ok("ListTagsForStream", { StreamName: name, ExclusiveStartTagKey: "c" }),
        { Tags: tags.slice(1), HasMoreTags: false },
      );
      assert.deepEqual(await caller.ok("ListTagsForResource", { ResourceARN: StreamARN }), {
        Tags: tags,
      });
      const { Consumer } = await caller.ok("RegisterStreamConsumer", {
        StreamARN,
        ConsumerName: "c",
        Tags: { x: "y" },
      });
      const { ConsumerARN } = Consumer as { ConsumerARN: string };
      await caller.ok("TagResource", { ResourceARN: ConsumerARN, Tags: { z: "1" } });
      await caller.ok("UntagResource", { ResourceARN: ConsumerARN, TagKeys: ["x"] });
      assert.deepEqual(await caller.ok("ListTagsForResource", { ResourceARN: ConsumerARN }), {
        Tags: [{ Key: "z", Value: "1" }],
      });
    });

    it("keeps all tags that are added at the same time", async () => {
      const name = await newStream();
      const keys = Array.from({ length: 20 }, (_, index) => `k${String(index).padStart(2, "0")}`);
      await Promise.all(
        keys.map((key) => caller.ok("AddTagsToStream", { StreamName: name, Tags: { [key]: "v" } })),
      );
      const { Tags } = await caller.ok("ListTagsForStream", { StreamName: name });
      assert.deepEqual(
        (Tags as { Key: string }[]).map(({ Key }) => Key),
        keys,
      );
    });

    it("rejects more than 50 tags, and keys and values that AWS rejects", async () => {
      const name = await newStream();
      const tags = (length: number) =>
        Object.fromEntries(Array.from({ length }, (_, index) => [`k${index}`, "v"]));
      await caller.rejects("AddTagsToStream", { StreamName: name, Tags: tags(51) }, [
        "InvalidArgumentException",
        /more than 50 tags/,
      ]);
      await caller.ok("AddTagsToStream", { StreamName: name, Tags: tags(50) });
      await caller.rejects("AddTagsToStream", { StreamName: name, Tags: { one: "more" } }, [
        "InvalidArgumentException",
        /more than 50 tags/,
      ]);
      for (const [Tags, code] of [
        [{}, "ValidationException"],
        [{ ["k".repeat(129)]: "v" }, "ValidationException"],
        [{ k: "v".repeat(257) }, "ValidationException"],
        [{ "k<": "v" }, "InvalidArgumentException"],
        [{ "aws:k": "v" }, "InvalidArgumentException"],
        [["k"], "SerializationException"],
      ] as const)
        await caller.rejects("AddTagsToStream", { StreamName, Tags }, [code, /./]);
    });
  });

  describe("about consumers", () => {
    it("registers, describes, lists and deregisters consumers", async () => {
      const name = await newStream();
      const StreamARN = `arn:aws:kinesis:${region}:123456789012:stream/${name}`;
      const consumer = (ConsumerName: string) => ({
        ConsumerName,
        ConsumerARN: `${StreamARN}/consumer/${ConsumerName}:${Math.floor(clock.time / 1000)}`,
        ConsumerStatus: "ACTIVE",
        ConsumerCreationTimestamp: clock.time / 1000,
      });
      for (const ConsumerName of ["b", "a"])
        assert.deepEqual(await caller.ok("RegisterStreamConsumer", { StreamARN, ConsumerName }), {
          Consumer: consumer(ConsumerName),
        });
      await caller.rejects("RegisterStreamConsumer", { StreamARN, ConsumerName: "a" }, [
        "ResourceInUseException",
        /already exists/,
      ]);
      const described = { ConsumerDescription: { ...consumer("a"), StreamARN } };
      assert.deepEqual(
        await caller.ok("DescribeStreamConsumer", { StreamARN, ConsumerName: "a" }),
        described,
      );
      assert.deepEqual(
        await caller.ok("DescribeStreamConsumer", { ConsumerARN: consumer("a").ConsumerARN }),
        described,
      );
      const first = await caller.ok("ListStreamConsumers", { StreamARN, MaxResults: 1 });
      assert.deepEqual(first.Consumers, [consumer("a")]);
      assert.deepEqual(
        await caller.ok("ListStreamConsumers", { StreamARN, NextToken: first.NextToken }),
        { Consumers: [consumer("b")] },
      );
      await caller.ok("DeregisterStreamConsumer", { StreamARN, ConsumerName: "a" });
      await caller.rejects("DescribeStreamConsumer", { StreamARN, ConsumerName: "a" }, [
        "ResourceNotFoundException",
        /^Consumer a, account 123456789012 not found\.$/,
      ]);
      await caller.rejects("DescribeStreamConsumer", {}, [
        "InvalidArgumentException",
        /ConsumerARN/,
      ]);
      for (let number = 1; number < 20; number += 1)
        await caller.ok("RegisterStreamConsumer", { StreamARN, ConsumerName: `c${number}` });
      await caller.rejects("RegisterStreamConsumer", { StreamARN, ConsumerName: "one-more" }, [
        "LimitExceededException",
        /more than 20/,
      ]);
    });
  });

  describe("about resource policies", () => {
    it("attaches, returns and removes the policy of a stream and of a consumer", async () => {
      const name = await newStream();
      const StreamARN = `arn:aws:kinesis:${region}:123456789012:stream/${name}`;
      const { Consumer } = await caller.ok("RegisterStreamConsumer", {
        ...{ StreamARN, ConsumerName: "reader" },
      });
      const { ConsumerARN } = Consumer as { ConsumerARN: string };
      const policyFor = (ResourceARN: string): string =>
        JSON.stringify({ Version: "2012-10-17", Statement: [{ Resource: ResourceARN }] });
      const both = [StreamARN, ConsumerARN];
      for (const ResourceARN of both)
        await caller.ok("PutResourcePolicy", { ResourceARN, Policy: policyFor(ResourceARN) });
      for (const ResourceARN of both) {
        assert.deepEqual(await caller.ok("GetResourcePolicy", { ResourceARN }), {
          Policy: policyFor(ResourceARN),
        });
        await caller.ok("DeleteResourcePolicy", { ResourceARN });
        assert.deepEqual(await caller.ok("GetResourcePolicy", { ResourceARN }), { Policy: "{}" });
        await caller.rejects("DeleteResourcePolicy", { ResourceARN }, [
          "ResourceNotFoundException",
          /^No resource policy found for resource ARN arn:.*\.$/,
        ]);
      }
    });

    it("rejects a policy that is not JSON, and one for a stream or consumer that does not exist", async () => {
      const ResourceARN = arn;
      for (const Policy of ["", "{", "[]", "null", '"text"'])
        await caller.rejects("PutResourcePolicy", { ResourceARN, Policy }, [
          "InvalidArgumentException",
          /^Policy is not a JSON object\.$/,
        ]);
      for (const [suffix, message] of [
        ["-none", /^Stream events-none under account 123456789012 not found\.$/],
        ["/consumer/none:1", /^Consumer arn:.* not found\.$/],
      ] as const)
        for (const [operation, rest] of [
          ["PutResourcePolicy", { Policy: "{}" }],
          ["GetResourcePolicy", {}],
          ["DeleteResourcePolicy", {}],
        ] as const)
          await caller.rejects(operation, { ResourceARN: `${arn}${suffix}`, ...rest }, [
            "ResourceNotFoundException",
            message,
          ]);
    });
  });

  describe("in the metrics", () => {
    it("counts puts, reads and failures as AWS does", async () => {
      const name = await newStream();
      calls.length = 0;
      await putLines(name, "ä", "b");
      await caller.call("PutRecords", { StreamName: "none", Records: [record, record] });
      await caller.call("PutRecord", { StreamName: name, Data, PartitionKey: "" });
      const start = await iterator(name, { ShardIteratorType: "TRIM_HORIZON" });
      clock.time += 700;
      const first = await page(start, { Limit: 1 });
      await page(first.NextShardIterator ?? "");
      clock.time += 300_001;
      await caller.call("GetRecords", { ShardIterator: start });
      await caller.call("ListShards", { StreamName: name });
      const put = { region, bytes: 0, throttledRecords: 0, failedRecords: 0 };
      const read = { operation: "GetRecords", region, streamName: name };
      assert.deepEqual(calls.map(callFacts), [
        { ...put, streamName: name, operation: "PutRecords", records: 2, bytes: 6 },
        {
          ...put,
          streamName: "none",
          operation: "PutRecords",
          records: 0,
          failedRecords: 2,
          errorCode: "ResourceNotFoundException",
        },
        {
          ...put,
          streamName: name,
          operation: "PutRecord",
          records: 0,
          failedRecords: 1,
          errorCode: "ValidationException",
        },
        { ...read, records: 1, bytes: 4, iteratorAge: 700 },
        { ...read, records: 1, bytes: 2, iteratorAge: 0 },
        { ...read, records: 0, bytes: 0, iteratorAge: 0, errorCode: "ExpiredIteratorException" },
      ]);
    });
  });
});
