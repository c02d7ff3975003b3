import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { errorObjectBody } from "../../../../aws/firehose/delivery/outgoingObjects";
import type { OutgoingRecord } from "../../../../records/send/batchRecords";
import type { SendTarget } from "../../../../records/send/sendTarget";
import { probeLake, type ProbeLakeOptions } from "../../../../records/verify/probe/probeLake";
import { defaultTemplate, probeRecords } from "../../../../records/verify/probe/probeRecords";
import { convert, conversionTo } from "../../../aws/firehose/support/conversion";
import { FakeLake, objectKey } from "../../support/fakeLake";

const today = new Date().toISOString().slice(0, 10);
const dataPrefix = `raw/${today.replaceAll("-", "/")}/10/`;
const dataKey = (number: number, extension?: string) =>
  objectKey(dataPrefix, today, number, extension);
const errorKey = (number: number) => objectKey("errors/processing-failed/", today, number, "");

/** A pipeline: records that are put appear in its bucket after some looks at it. */
class FakePipeline {
  readonly objects: Record<string, Uint8Array> = {};
  readonly put: Buffer[] = [];
  milliseconds = 0;
  readonly #after: (pipeline: FakePipeline) => void | Promise<void>;

  /** @param after called before each look at the bucket but the first two */
  constructor(after: (pipeline: FakePipeline) => void | Promise<void> = () => undefined) {
    this.#after = after;
  }

  probe(options: Partial<ProbeLakeOptions> = {}, count = 2) {
    const now = () => this.milliseconds;
    return probeLake({
      client: this.#client(),
      ...{ bucket: "lake", prefix: "raw/", errorPrefix: "errors/!{firehose:error-output-type}/" },
      ...{ timeZone: "UTC", delimiter: "newline", target: this.#target() },
      probe: probeRecords({ count, template: defaultTemplate, recordCompression: "none", now: 0 }),
      ...{ waitMilliseconds: 100_000, signal: new AbortController().signal, now },
      sleep: async (milliseconds) => {
        this.milliseconds += milliseconds;
        await this.#after(this);
      },
      ...options,
    });
  }

  #client(): ProbeLakeOptions["client"] {
    // Objects appear while it is used.
    const send = (command: never) => new FakeLake(this.objects).send(command);
    return { send };
  }

  #target(): SendTarget {
    return {
      ...{ title: 'Kinesis stream "events"', service: "Kinesis", maxDataBytes: 1_000_000 },
      ...{ maxRequestBytes: 5_000_000, keyBytes: 36 },
      put: (records: readonly OutgoingRecord[]) => {
        this.milliseconds += 10;
        this.put.push(...records.map(({ data }) => Buffer.from(data)));
        return Promise.resolve(records.map(() => undefined));
      },
    };
  }
}

const summary = ({ records }: Awaited<ReturnType<FakePipeline["probe"]>>) =>
  records.map(({ found }) => found && [found.key, found.latencyMilliseconds, found.error?.code]);

describe("probeLake", () => {
  it("waits for each record, and measures from the acknowledgment to the object", async () => {
    const pipeline = new FakePipeline(({ objects, put, milliseconds }) => {
      if (milliseconds >= 2000) objects[dataKey(1)] = gzipSync(put[0] ?? "");
      if (milliseconds >= 5000) objects[dataKey(2)] = gzipSync(`other\n${put[1]?.toString()}`);
    });
    const looks: number[] = [];
    const report = await pipeline.probe({ onProgress: ({ found }) => looks.push(found) });
    assert.deepEqual(summary(report), [
      [dataKey(1), 2000, undefined],
      [dataKey(2), 5000, undefined],
    ]);
    assert.deepEqual([report.sent, report.resolutionMilliseconds], [2, 500]);
    assert.deepEqual([looks[0], looks.at(-1), looks.includes(1)], [0, 2, true]);
  });

  it("finds a record that failed below the error prefix, with its cause", async () => {
    const pipeline = new FakePipeline(({ objects, put }) => {
      const [first = Buffer.alloc(0), second = ""] = put;
      objects[dataKey(1, "")] = Buffer.from(second);
      const failure = {
        ...{ errorOutputType: "processing-failed", errorCode: "Lambda.FunctionError" },
        // A message may quote the record.
        ...{ errorMessage: `It failed: ${first.toString()}`, attemptsMade: 1 },
        attemptEndingTimestamp: 0,
      };
      const record = { shardId: "s", sequenceNumber: "1", partitionKey: "", arrival: 0 };
      const body = errorObjectBody([{ record: { ...record, data: gzipSync(first) }, failure }]);
      objects[errorKey(2)] = body.body;
    });
    const { records } = await pipeline.probe();
    assert.equal(records[1]?.found?.error, undefined);
    const { key, error } = records[0]?.found ?? {};
    assert.deepEqual([key, error?.type], [errorKey(2), "processing-failed"]);
    assert.match(error?.message ?? "", /^It failed: /);
  });

  it("finds failed records below the prefix without an error prefix", async () => {
    const key = objectKey("raw/processing-failed/", today, 1, "");
    const pipeline = new FakePipeline(({ objects, put }) => {
      const lines = put.map((data) => ({ rawData: data.toString("base64"), errorCode: "X" }));
      objects[key] = Buffer.from(lines.map((line) => JSON.stringify(line)).join("\n"));
    });
    const report = await pipeline.probe({ errorPrefix: "" });
    assert.deepEqual(
      report.records.map(({ found }) => found?.error?.code),
      ["X", "X"],
    );
  });

  it("finds records without a delimiter between them, and in the columns of Parquet", async () => {
    const glued = new FakePipeline(({ objects, put }) => {
      objects[dataKey(1)] = gzipSync(Buffer.concat([Buffer.from('{"a":1}'), ...put]));
    });
    const found = await glued.probe({ delimiter: "none" });
    assert.deepEqual(
      summary(found).map((one) => one?.[0]),
      [dataKey(1), dataKey(1)],
    );

    const converted = new FakePipeline(async ({ objects, put }) => {
      const lines = put.map((data) => data.toString());
      const { body } = await convert(conversionTo({ event_id: "string" }), ...lines);
      objects[dataKey(1, ".parquet")] = body;
    });
    const rows = await converted.probe();
    assert.ok(rows.records.every(({ found: row }) => row && !row.error));
  });

  it("gives up after the wait, and does not read objects from before", async () => {
    const pipeline = new FakePipeline();
    pipeline.objects[dataKey(1)] = Buffer.from("damaged").subarray(0, 3);
    const report = await pipeline.probe({ waitMilliseconds: 20_000 });
    assert.deepEqual(summary(report), [undefined, undefined]);
    assert.deepEqual(report.corrupt, []);
    assert.ok(pipeline.milliseconds >= 20_000 && pipeline.milliseconds < 22_000);
  });

  it("ends at an interruption with what it has found", async () => {
    const stop = new AbortController();
    const pipeline = new FakePipeline(({ objects, put, milliseconds }) => {
      objects[dataKey(1, "")] = Buffer.from(put[0] ?? "");
      if (milliseconds > 3000) stop.abort();
    });
    const report = await pipeline.probe({ signal: stop.signal });
    assert.deepEqual(
      summary(report).map((one) => one !== undefined),
      [true, false],
    );
  });

  it("reports damaged objects and records that are not accepted", async () => {
    const pipeline = new FakePipeline(({ objects }) => {
      objects[dataKey(1)] = Buffer.from("not GZIP");
    });
    const rejecting: SendTarget = {
      ...{ title: "t", service: "Kinesis", maxDataBytes: 1, maxRequestBytes: 1_000, keyBytes: 0 },
      put: () => Promise.resolve([]),
    };
    const { sent, records, notAccepted } = await pipeline.probe({ target: rejecting });
    assert.deepEqual([sent, records], [0, []]);
    assert.match(notAccepted.join(), /bytes; Kinesis accepts at most 1,/);
    const { corrupt } = await pipeline.probe({ waitMilliseconds: 5000 });
    assert.equal(corrupt[0]?.key, dataKey(1));
  });
});
