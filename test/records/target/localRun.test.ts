import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type LocalDeliveryStream,
  localTarget,
  type LocalRun,
  readLocalRun,
  writeLocalRun,
} from "../../../records/target/localRun";

const puts: LocalDeliveryStream = {
  ...{ name: "puts", region: "eu-central-1", bucket: "lake" },
  ...{ prefix: "raw/", errorPrefix: "", timeZone: "UTC" },
  ...{ delimiter: "newline", recordCompression: "GZIP" },
};
const clicks: LocalDeliveryStream = {
  ...puts,
  ...{ name: "clicks", stream: "clicks-stream", recordCompression: "none" },
};

function runOf(...deliveryStreams: LocalDeliveryStream[]): LocalRun {
  const endpoint = "http://127.0.0.1:1";
  const endpoints = { kinesis: endpoint, firehose: endpoint, s3: endpoint };
  return { version: 1, stack: "dev", process: 1, running: true, endpoints, deliveryStreams };
}

describe("the file of a local run", () => {
  let directory: string;
  before(() => {
    directory = mkdtempSync(join(tmpdir(), "streamlake-run-"));
  });
  after(() => {
    rmSync(directory, { recursive: true });
  });

  it("contains what was written last", () => {
    for (const running of [true, false]) {
      const run = { ...runOf(clicks, puts), running };
      writeLocalRun(directory, run);
      assert.deepEqual(readLocalRun(directory), run);
    }
  });

  it("counts as missing if it is not one", () => {
    assert.equal(readLocalRun(join(directory, "missing")), undefined);
    for (const content of ["", "{}", JSON.stringify({ ...runOf(clicks), version: 2 })]) {
      writeFileSync(join(directory, "run.json"), content);
      assert.equal(readLocalRun(directory), undefined);
    }
  });
});

describe("the target of a local run", () => {
  it("is its only delivery stream", () => {
    const target = localTarget(runOf(clicks), "The run");
    assert.deepEqual(target.entry(), {
      ...{ type: "stream", name: "clicks-stream", region: "eu-central-1" },
      recordCompression: "none",
    });
    assert.equal(target.lake().bucket, "lake");
    assert.equal(target.lake().region, "eu-central-1");
    assert.deepEqual(target.delivery(), {
      ...{ name: "clicks", stream: "clicks-stream", region: "eu-central-1" },
      ...{ bucket: "lake", prefix: "raw/", errorPrefix: "" },
    });
  });

  it("is one of several by its name, with or without a stream", () => {
    const run = runOf(clicks, puts);
    assert.equal(localTarget(run, "The run", "clicks").entry().name, "clicks-stream");
    assert.deepEqual(localTarget(run, "The run", "puts").entry(), {
      ...{ type: "delivery-stream", name: "puts", region: "eu-central-1" },
      recordCompression: "GZIP",
    });
  });

  it("contains the buffer, the processing and the dropped records, which older runs lack", () => {
    const facts = { bufferSeconds: 5, processing: ["transform", "fold"], droppedRecords: 7 };
    assert.deepEqual(localTarget(runOf({ ...clicks, ...facts }), "The run").lake().processing, {
      ...{ bufferSeconds: 5, droppedRecords: 7, steps: new Set(["transform"]) },
    });
    assert.deepEqual(localTarget(runOf(clicks), "The run").lake().processing, {});
  });

  it("must be named if there are several, and must exist", () => {
    const run = runOf(clicks, puts);
    assert.throws(() => localTarget(run, "The run"), {
      message: "The run has 2 delivery streams. Choose one with --delivery-stream: clicks, puts.",
    });
    assert.throws(() => localTarget(run, "The run", "other"), {
      message: 'The run has no delivery stream "other"; it has clicks, puts.',
    });
  });
});
