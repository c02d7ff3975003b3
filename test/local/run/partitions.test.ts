import assert from "node:assert/strict";
import { setTimeout } from "node:timers/promises";
import { PutRecordsCommand } from "@aws-sdk/client-kinesis";
import { GetObjectCommand, ListObjectsV2Command } from "@aws-sdk/client-s3";
import type { Properties } from "../../../engine/graph/resourceGraph";
import { type LocalAws, startLocalAws } from "../../../local/run/startLocalAws";
import { extraction, partitioned, processing, processor } from "../../aws/firehose/support/inputs";
import { deliveryStreamResource, graphOf } from "../support/graph";
import { temporaryFolder } from "../support/temporaryFolder";

const region = "eu-central-1";
const roleArn = "arn:aws:iam::123456789012:role/not-declared";

/** A delivery stream with dynamic partitioning, and the stream of the same name. */
function pipeline(name: string, destination: Properties) {
  return graphOf(
    deliveryStreamResource(name, {
      destination: "extended_s3",
      kinesisSourceConfiguration: {
        kinesisStreamArn: `arn:aws:kinesis:${region}:123456789012:stream/${name}`,
        roleArn,
      },
      extendedS3Configuration: {
        ...{ roleArn, bucketArn: `arn:aws:s3:::${name}-lake` },
        ...partitioned,
        ...destination,
      },
    }),
  );
}

describe("a local run with dynamic partitioning", () => {
  const directory = temporaryFolder();
  let aws: LocalAws;
  let log: string[];

  before(async () => {
    aws = await startLocalAws({ directory, onLog: (line) => log.push(line) });
  });

  after(() => aws.stop());

  beforeEach(() => {
    log = [];
  });

  /** Delivers the records, and returns the bodies of the objects by what precedes their name. */
  async function delivered(
    name: string,
    destination: Properties,
    records: readonly string[],
  ): Promise<Readonly<Record<string, string>>> {
    let read = 0;
    const delivery = await aws.startDelivery(pipeline(name, destination), {
      onEvent: (event) => (read += event.type === "records-read" ? event.records : 0),
    });
    const Records = records.map((text) => ({ Data: Buffer.from(text), PartitionKey: "one" }));
    await aws.kinesisClient(region).send(new PutRecordsCommand({ StreamName: name, Records }));
    while (read < records.length) await setTimeout(20);
    await delivery.stop();
    const s3 = aws.s3Client(region);
    const Bucket = `${name}-lake`;
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket }));
    const bodies = Contents.map(async ({ Key = "" }) => {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
      const [, prefix = ""] =
        new RegExp(`^(.*)${name}-1-[\\d-]{19}-[0-9a-f-]{36}$`, "su").exec(Key) ?? [];
      return [prefix, (await Body?.transformToString()) ?? ""] as const;
    });
    return Object.fromEntries(await Promise.all(bodies));
  }

  it("delivers each record below the prefix of its keys, and failed ones below the error prefix", async () => {
    const customers = ["a", "b", "a/b", "..", "a b+c%20", "größe", "q?x#y"];
    const records = customers.map((customer) => JSON.stringify({ customer }));
    const objects = await delivered(
      "events",
      processing(extraction(), { type: "AppendDelimiterToRecord" }),
      [...records, "no JSON", '{"customer":"a","n":2}'],
    );
    const { "errors/metadata-extraction-failed/": errors = "", ...data } = objects;
    assert.deepEqual(data, {
      ...Object.fromEntries(
        customers.map((customer, index) => [`data/${customer}/`, records[index] ?? ""]),
      ),
      "data/a/": '{"customer":"a"}\n{"customer":"a","n":2}',
    });
    const { rawData, errorMessage } = JSON.parse(errors) as Readonly<Record<string, string>>;
    assert.equal(Buffer.from(rawData ?? "", "base64").toString(), "no JSON");
    assert.equal(errorMessage, "Non JSON record provided");
  });

  it("splits records, and has timestamps of their arrival in the prefix", async () => {
    const objects = await delivered(
      "batches",
      {
        prefix: "year=!{timestamp:yyyy}/customer=!{partitionKeyFromQuery:customer}/",
        ...processing(
          extraction(),
          processor("RecordDeAggregation", { SubRecordType: "JSON" }),
          processor("AppendDelimiterToRecord"),
        ),
      },
      ['{"customer":"a","n":1}{"customer":"b","n":2}\n{"customer":"a","n":3}\n'],
    );
    assert.deepEqual(
      Object.entries(objects).map(([prefix, body]) => [prefix.replace(/\d{4}/u, "yyyy"), body]),
      [
        ["year=yyyy/customer=a/", '{"customer":"a","n":1}\n{"customer":"a","n":3}'],
        ["year=yyyy/customer=b/", '{"customer":"b","n":2}'],
      ],
    );
  });

  it("says at the start that a query does not compile, and fails every record", async () => {
    const query = { MetadataExtractionQuery: "{customer: .customer" };
    const objects = await delivered("broken", processing(extraction(query)), ['{"customer":"a"}']);
    assert.deepEqual(Object.keys(objects), ["errors/metadata-extraction-failed/"]);
    assert.ok(
      log.includes(
        "broken: every record will fail, because MetadataExtractionQuery does not compile: " +
          "syntax error, unexpected end of file, expecting '}' in line 1.",
      ),
      log.join("\n"),
    );
  });
});
