import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import type { DeliveryEvent } from "../../../aws/firehose/delivery/deliveryEvent";
import type { Processor } from "../../../aws/firehose/features/processorFeature";
import type { DeliveryConfiguration } from "../../../aws/firehose/model/deliveryConfiguration";
import { RunFile } from "../../../cli/local/runFile";
import { type LocalDeliveryStream, readLocalRun } from "../../../records/target/localRun";

const endpoint = "http://127.0.0.1:1";
const endpoints = { kinesisEndpoint: endpoint, firehoseEndpoint: endpoint, s3Endpoint: endpoint };
const configuration: DeliveryConfiguration = {
  ...{ name: "clicks", arn: "arn:aws:firehose:eu-central-1:123456789012:deliverystream/clicks" },
  source: { type: "direct-put", region: "eu-central-1" },
  ...{ bucket: "lake", bucketArn: "arn:aws:s3:::lake", roleArn: "", prefix: "", errorPrefix: "" },
  ...{ bufferBytes: 1, bufferSeconds: 60, compression: "GZIP", fileExtension: ".gz" },
  ...{ timeZone: "UTC", newlineDelimiter: true, processors: [] },
};
const lambda: Processor = {
  type: "Lambda",
  functionArn: "f",
  ...{ bufferSizeMiB: 1, bufferSeconds: 60, retries: 3 },
};
const event: DeliveryEvent = {
  ...{ type: "records-buffered", deliveryStream: "clicks", at: 0, records: 0, bytes: 0 },
  sealed: { objects: 0, records: 0, bytes: 0 },
};

describe("the file of a run", () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "streamlake-run-file-"));
  });
  afterEach(() => {
    rmSync(directory, { recursive: true });
  });

  function written(): LocalDeliveryStream | undefined {
    return readLocalRun(directory)?.deliveryStreams[0];
  }

  it("contains the number of dropped records while the run is up, and over all runs of its directory", async () => {
    let dropped = 0;
    const start = () => new RunFile(directory, "dev", [configuration], endpoints, () => dropped);
    const first = start();
    assert.equal(written()?.droppedRecords, 0);
    dropped = 3;
    first.onDelivery(event);
    while (written()?.droppedRecords !== 3) await setTimeout(5);
    assert.equal(readLocalRun(directory)?.running, true);
    dropped = 5;
    first.end();
    assert.equal(written()?.droppedRecords, 5);
    assert.equal(readLocalRun(directory)?.running, false);

    dropped = 2;
    start().end();
    assert.equal(written()?.droppedRecords, 7);
  });

  for (const [what, changes, steps] of [
    ["nothing", {}, []],
    ["calling a function", { processors: [lambda] }, ["transform"]],
    [
      "extracting the messages of logs",
      {
        processors: [
          { type: "Decompression" },
          { type: "CloudWatchLogProcessing", dataMessageExtraction: true },
        ],
      },
      ["messages"],
    ],
    [
      "splitting and partitioning",
      {
        processors: [
          { type: "RecordDeAggregation", subRecords: { delimiter: "Cg==" } },
          { type: "MetadataExtraction", query: "{a:.a}" },
        ],
        partitions: true,
      },
      ["split-lines", "partition"],
    ],
  ] as const satisfies readonly (readonly [string, Partial<DeliveryConfiguration>, object])[])
    it(`names the processing of a delivery stream: ${what}`, () => {
      const changed = { ...configuration, ...changes };
      new RunFile(directory, "dev", [changed], endpoints, () => 0).end();
      assert.deepEqual(written()?.processing, steps);
    });
});
