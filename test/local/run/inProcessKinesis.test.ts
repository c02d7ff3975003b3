import assert from "node:assert/strict";
import { PutRecordsCommand } from "@aws-sdk/client-kinesis";
import { kinesisSource } from "../../../aws/firehose/source/kinesisSource";
import type { KinesisCall } from "../../../aws/kinesis/kinesisCall";
import { type Kinesis, startKinesis } from "../../../aws/kinesis/startKinesis";
import { LocalClients } from "../../../local/run/awsClients";
import { inProcessProducer, inProcessReads } from "../../../local/run/inProcessKinesis";
import { awsFailure } from "../../../records/awsFailure";
import { temporaryFolder } from "../support/temporaryFolder";

const region = "eu-central-1";
const Data = Buffer.from([0xff, 0x00, 0x7b]);
const command = (StreamName: string, count = 1) =>
  new PutRecordsCommand({
    StreamName,
    Records: Array.from({ length: count }, () => ({ Data, PartitionKey: "p" })),
  });

describe("Kinesis in the process of a run", () => {
  const directory = temporaryFolder();
  const calls: KinesisCall[] = [];
  let kinesis: Kinesis;
  let clients: LocalClients;
  before(async () => {
    kinesis = await startKinesis({ directory, onCall: (call) => calls.push(call) });
    await kinesis.store.create({ region, name: "events" }, { shardCount: 1 });
    const { endpoint } = kinesis;
    clients = new LocalClients({ kinesis: endpoint, firehose: endpoint, s3: endpoint }, 1);
  });
  after(async () => {
    clients.destroy();
    await kinesis.stop();
  });

  it("answers a put like the endpoint, and stores and counts the same", async () => {
    const inProcess = await inProcessProducer(kinesis, region).send(command("events"));
    const answer = await clients.kinesis(region).send(command("events"));
    const results = [inProcess, answer].map(({ FailedRecordCount, Records: [record] = [] }) => [
      FailedRecordCount,
      record?.ShardId,
      record?.SequenceNumber?.length,
    ]);
    assert.deepEqual(results[0], results[1]);
    assert.deepEqual(results[0], [0, "shardId-000000000000", 56]);
    assert.deepEqual(
      calls.map(({ operation, records, bytes }) => [operation, records, bytes]),
      [
        ["PutRecords", 1, 4],
        ["PutRecords", 1, 4],
      ],
    );
    const source = kinesisSource(inProcessReads(kinesis, region), "events");
    const [shard] = await source.listShards(new AbortController().signal);
    const iterator = await source.shardIterator(
      shard?.id ?? "",
      undefined,
      new AbortController().signal,
    );
    const { records } = await source.records(iterator, new AbortController().signal);
    assert.deepEqual(
      records.map(({ data }) => Buffer.from(data)),
      [Data, Data],
    );
  });

  for (const [what, stream, count] of [
    ["a stream that does not exist", "none", 1],
    ["too many records", "events", 501],
  ] as const)
    it(`throws what a client of the SDK throws for ${what}`, async () => {
      const failures = await Promise.all(
        [inProcessProducer(kinesis, region), clients.kinesis(region)].map((producer) =>
          producer.send(command(stream, count)).then(() => undefined, awsFailure),
        ),
      );
      assert.ok(failures[0]);
      assert.deepEqual(failures[0], failures[1]);
    });

  it("rejects puts while the run ends, as a failure that can be repeated", async () => {
    await kinesis.rejectPuts();
    const failure = await inProcessProducer(kinesis, region)
      .send(command("events"))
      .then(() => undefined, awsFailure);
    assert.equal(failure?.code, "ServiceUnavailable");
    assert.equal(failure.transient, true);
  });
});
