import assert from "node:assert/strict";
import fc from "fast-check";
import type {
  LambdaProcessor,
  Processor,
} from "../../../../aws/firehose/features/processorFeature";
import { backOff } from "../../../../aws/firehose/delivery/retry";
import { lambda } from "../../../../aws/firehose/features/lambda";
import type { ProcessedRecord } from "../../../../aws/firehose/processing/processedRecord";
import { processRecords, slicesOf } from "../../../../aws/firehose/processing/processRecords";
import type { SourceRecord } from "../../../../aws/firehose/source/streamSource";
import type {
  FunctionCall,
  FunctionContext,
  FunctionInvoker,
  FunctionReply,
} from "../../../../aws/firehose/transformation/functionInvoker";
import { FakeClock } from "../../../local/support/fakeClock";
import { MiB, record, recordsOf } from "../../../local/support/records";
import { aggregateOf } from "../support/aggregate";
import { functionArn } from "../support/inputs";
import { transformationVectors } from "../support/transformationVectors";

interface EventRecord {
  readonly recordId: string;
  readonly approximateArrivalTimestamp: number;
  readonly data: string;
  readonly kinesisRecordMetadata?: Readonly<Record<string, unknown>>;
}

interface FirehoseEvent {
  readonly invocationId: string;
  readonly records: readonly EventRecord[];
}

const processor: LambdaProcessor = {
  ...{ type: "Lambda", functionArn, bufferSizeMiB: 1, bufferSeconds: 60, retries: 3 },
};
const streamArn = "arn:aws:kinesis:eu-central-1:123456789012:stream/events-stream";
const deliveryStreamArn = "arn:aws:firehose:eu-central-1:123456789012:deliverystream/events";

/** Answers each record with what a function makes of its text. */
function answering(change: (text: string) => string): (event: FirehoseEvent) => FunctionReply {
  return ({ records }) => ({
    payload: JSON.stringify({
      records: records.map(({ recordId, data }) => ({
        ...{ recordId, result: "Ok" },
        data: Buffer.from(change(Buffer.from(data, "base64").toString())).toString("base64"),
      })),
    }),
  });
}

const unchanged = answering((text) => text);

describe("the processor Lambda", () => {
  let clock: FakeClock;
  let events: FirehoseEvent[];
  let sizes: number[];
  let calls: FunctionCall[];
  let giveUp: AbortController;

  beforeEach(() => {
    clock = new FakeClock();
    [events, sizes, calls] = [[], [], []];
    giveUp = new AbortController();
  });

  function contextWith(invoker: FunctionInvoker): FunctionContext {
    return {
      ...{ invoker, clock, deliveryStreamArn, region: "eu-central-1", sourceStreamArn: streamArn },
      ...{ shardId: "shardId-000000000002", signal: giveUp.signal },
      attempts: () => ({ pause: (attempt) => clock.sleep(backOff(attempt), giveUp.signal) }),
      onCall: (call) => calls.push(call),
    };
  }

  /** What becomes of records, while the time between two attempts passes. */
  async function transformed(
    records: readonly SourceRecord[],
    reply: (event: FirehoseEvent) => FunctionReply | Promise<FunctionReply>,
    changes: Partial<LambdaProcessor> = {},
    ofContext: Partial<FunctionContext> = {},
  ): Promise<readonly ProcessedRecord[]> {
    const invoker: FunctionInvoker = {
      invoke: async (_, payload) => {
        sizes.push(Buffer.byteLength(payload));
        const event = JSON.parse(payload) as FirehoseEvent;
        events.push(event);
        return reply(event);
      },
    };
    const functions = { ...contextWith(invoker), ...ofContext };
    const context = { at: clock.now(), functions };
    const processors = [{ ...processor, ...changes }];
    const all: ProcessedRecord[] = [];
    const processing = (async () => {
      for await (const slice of slicesOf(processRecords(records, processors, context)))
        all.push(...slice);
      return "done";
    })();
    const later = () => clock.advance(10_000).then(() => "later");
    while ((await Promise.race([processing, later()])) === "later");
    return all;
  }

  function textsOf(results: readonly ProcessedRecord[]): readonly string[] {
    return results.map((one) => ("data" in one ? Buffer.from(one.data).toString() : "-"));
  }

  it("is supported", () => {
    assert.equal(lambda.supported, true);
  });

  for (const vector of transformationVectors) {
    const { id, what, source, records: texts = ["a"], retries = 3, replies, expected } = vector;
    it(`${id}: ${what} (${source})`, async () => {
      const records = texts.map((text, index) => record(text, 0, index));
      const results = await transformed(
        records,
        ({ records: sent }) => {
          const reply = replies[Math.min(events.length, replies.length) - 1] ?? [];
          if (reply instanceof Error) throw reply;
          const idOf = (one: number | string): string =>
            typeof one === "number" ? (sent[one]?.recordId ?? "") : one;
          if ("functionError" in reply) return reply;
          if ("payload" in reply) return { payload: reply.payload.replaceAll("#0", idOf(0)) };
          const answers = reply.map(({ id: one, ...others }) => ({
            recordId: idOf(one),
            ...others,
          }));
          return { payload: JSON.stringify({ records: answers }) };
        },
        { retries },
      );
      const shown = results.map((one) => {
        if ("dropped" in one) return "dropped";
        if ("failure" in one)
          return [one.failure.errorCode.replace("Lambda.", ""), one.failure.attemptsMade];
        const isText = Buffer.from(one.data).equals(Buffer.from(Buffer.from(one.data).toString()));
        const text = Buffer.from(one.data).toString(isText ? "utf8" : "latin1");
        return { ok: text, ...(one.partitionKeys && { keys: one.partitionKeys.lambda }) };
      });
      assert.deepEqual(shown, expected);
      assert.deepEqual(
        results.map((one) => one.record),
        records,
      );
    });
  }

  it("writes failures as AWS does: type, message, times and the function as it is called", async () => {
    const begin = clock.now();
    const source = record("secret", 1000, 7);
    const [failed] = await transformed([source], () => ({ functionError: "Error: no" }), {
      retries: 1,
    });
    assert.ok(failed && "failure" in failed);
    const { attemptEndingTimestamp, ...others } = failed.failure;
    assert.deepEqual(others, {
      errorOutputType: "processing-failed",
      errorCode: "Lambda.FunctionError",
      errorMessage: "The Lambda function was successfully invoked but it returned an error result.",
      attemptsMade: 2,
      details: { lambdaARN: `${functionArn}:$LATEST` },
    });
    assert.equal(attemptEndingTimestamp, begin + 250);
    assert.equal(failed.record, source);
  });

  for (const qualifier of ["7", "live", "$LATEST"])
    it(`names the version or alias ${qualifier} in failures`, async () => {
      const qualified = { functionArn: `${functionArn}:${qualifier}`, retries: 0 };
      const [failed] = await transformed([record("a")], () => ({ functionError: "" }), qualified);
      assert.ok(failed && "failure" in failed);
      assert.deepEqual(failed.failure.details, { lambdaARN: qualified.functionArn });
    });

  it("sends an event with the members of AWS, in their order", async () => {
    const source = { ...record("hi", 1_765_030_657_336, 49), partitionKey: "customer-1" };
    await transformed([source], unchanged);
    const [event] = events;
    assert.match(event?.invocationId ?? "", /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u);
    assert.equal(
      JSON.stringify({ ...event, invocationId: "" }),
      JSON.stringify({
        invocationId: "",
        sourceKinesisStreamArn: streamArn,
        deliveryStreamArn,
        region: "eu-central-1",
        records: [
          {
            recordId: `shardId-000000000002${"49".padStart(131, "0")}000000000000`,
            approximateArrivalTimestamp: 1_765_030_657_336,
            data: "aGk=",
            kinesisRecordMetadata: {
              sequenceNumber: "49",
              subsequenceNumber: 0,
              partitionKey: "customer-1",
              shardId: "shardId-000000000002",
              approximateArrivalTimestamp: 1_765_030_657_336,
            },
          },
        ],
      }),
    );
  });

  it("sends neither a stream nor metadata of it without a Kinesis source", async () => {
    const context = contextWith({
      invoke: (_arn, payload) => {
        events.push(JSON.parse(payload) as FirehoseEvent);
        return Promise.resolve(unchanged(events[0] ?? { invocationId: "", records: [] }));
      },
    });
    const { invoker, shardId, signal, attempts, onCall } = context;
    const functions = {
      ...{ invoker, shardId, signal, attempts, onCall, clock, deliveryStreamArn },
      region: "eu-central-1",
    };
    const processed = processRecords([record("a")], [processor], { at: 0, functions });
    for await (const slice of slicesOf(processed)) assert.deepEqual(textsOf(slice), ["a"]);
    assert.deepEqual(Object.keys(events[0] ?? {}), [
      ...["invocationId", "deliveryStreamArn", "region", "records"],
    ]);
    assert.deepEqual(Object.keys(events[0]?.records[0] ?? {}), [
      ...["recordId", "approximateArrivalTimestamp", "data"],
    ]);
  });

  it("sends the user records of an aggregate with their keys and numbers, each under its own ID", async () => {
    const source = { ...record("", 5, 7), data: aggregateOf(Buffer.from("a"), Buffer.from("b")) };
    const results = await transformed(
      [{ ...source, partitionKey: "outer" }],
      answering((t) => t + t),
    );
    assert.deepEqual(textsOf(results), ["aa", "bb"]);
    const sent = events[0]?.records ?? [];
    assert.deepEqual(
      sent.map(({ kinesisRecordMetadata = {} }) => [
        kinesisRecordMetadata["subsequenceNumber"],
        kinesisRecordMetadata["partitionKey"],
        kinesisRecordMetadata["sequenceNumber"],
      ]),
      [
        [0, "key", "7"],
        [1, "key", "7"],
      ],
    );
    assert.equal(new Set(sent.map(({ recordId }) => recordId)).size, 2);
    assert.deepEqual(
      results.map(({ record: one }) => one.endsRecord),
      [false, undefined],
    );
  });

  it("keeps why a record was not split, which is why its keys cannot be extracted then", async () => {
    const invoker: FunctionInvoker = {
      invoke: (_, payload) => Promise.resolve(unchanged(JSON.parse(payload) as FirehoseEvent)),
    };
    const processors: readonly Processor[] = [
      { type: "RecordDeAggregation", subRecords: "JSON" },
      processor,
      { type: "MetadataExtraction", query: "{a: .a}" },
    ];
    const context = { at: 0, functions: contextWith(invoker) };
    const page = [record('{"a":1}'.repeat(501))];
    const codes: (string | undefined)[] = [];
    for await (const slice of slicesOf(processRecords(page, processors, context)))
      codes.push(...slice.map((one) => ("failure" in one ? one.failure.errorCode : undefined)));
    assert.deepEqual(codes, ["DynamicPartitioning.DeAggregationRecordCountLimitExceeded"]);
  });

  it("repeats a call with a new invocation ID, and the same record IDs and data", async () => {
    await transformed([record("a"), record("b", 0, 1)], () => ({ functionError: "no" }));
    assert.equal(events.length, 4);
    assert.equal(new Set(events.map(({ invocationId }) => invocationId)).size, 4);
    assert.equal(new Set(events.map(({ records }) => JSON.stringify(records))).size, 1);
  });

  it("divides records by the size of its buffer", async () => {
    const records = recordsOf(MiB / 4, 10);
    const results = await transformed(records, unchanged, { bufferSizeMiB: 1 });
    assert.equal(results.length, 10);
    assert.deepEqual(
      events.map((event) => event.records.length),
      [4, 4, 2],
    );
  });

  it("sends a record alone that is larger than its buffer", async () => {
    const records = recordsOf(MiB / 2, 3);
    await transformed(records, unchanged, { bufferSizeMiB: 0.2 });
    assert.deepEqual(
      events.map((event) => event.records.length),
      [1, 1, 1],
    );
  });

  it("keeps requests below 6 MB, even with many small records", async () => {
    // 200 KB of data take about 9 MB in JSON.
    const count = 20_000;
    const results = await transformed(recordsOf(10, count), unchanged, { bufferSizeMiB: 3 });
    assert.equal(results.length, count);
    assert.ok(events.length > 1);
    assert.ok(Math.max(...sizes) <= 6 * MiB, `${Math.max(...sizes)} bytes`);
    // No request is smaller than necessary, except the last one.
    assert.ok(Math.min(...sizes.slice(0, -1)) > 5.9 * MiB);
  });

  it("has at most 5 calls in progress, and keeps the order whatever ends first", async () => {
    let inProgress = 0;
    let most = 0;
    let number = 0;
    const results = await transformed(
      Array.from({ length: 23 }, (_, index) => record(String(index), 0, index)),
      async (event) => {
        most = Math.max(most, (inProgress += 1));
        // The later a call, the shorter it takes.
        await clock.sleep(1000 - 40 * number++, giveUp.signal);
        inProgress -= 1;
        return unchanged(event);
      },
      { bufferSizeMiB: 1e-6 },
    );
    assert.equal(most, 5);
    assert.deepEqual(
      textsOf(results),
      Array.from({ length: 23 }, (_, index) => String(index)),
    );
  });

  it("ends calls without results when the delivery stream gives up", async () => {
    const results = await transformed([record("a"), record("b", 0, 1)], () => {
      giveUp.abort();
      return { functionError: "no" };
    });
    assert.deepEqual(results, []);
    assert.equal(events.length, 1);
    assert.deepEqual(calls, []);
  });

  it("reports every call: its duration, what it returned, and why it failed", async () => {
    const replies: FunctionReply[] = [{ functionError: "TypeError: no" }];
    await transformed([record("a"), record("b", 0, 1), record("c", 0, 2)], async ({ records }) => {
      await clock.sleep(30, giveUp.signal);
      const answer = records.map(({ recordId }, index) => ({
        recordId,
        ...(index === 0 ? { result: "Ok", data: "eHl6" } : { result: "Dropped" }),
      }));
      return replies.shift() ?? { payload: JSON.stringify({ records: answer.slice(0, 2) }) };
    });
    const common = { functionArn, maximumAttempts: 4, milliseconds: 30, records: 3 };
    assert.deepEqual(calls, [
      {
        ...{ ...common, attempt: 1, okRecords: 0, okBytes: 0, droppedRecords: 0 },
        failure: {
          errorCode: "Lambda.FunctionError",
          errorMessage:
            "The Lambda function was successfully invoked but it returned an error result.",
          reason: "TypeError: no",
        },
      },
      { ...common, attempt: 2, okRecords: 1, okBytes: 3, droppedRecords: 1 },
    ]);
  });

  it("delivers, drops or fails every record, once and in order, whatever functions answer", async () => {
    const outcome = fc.constantFrom("Ok", "Dropped", "ProcessingFailed", "missing", "twice");
    await fc.assert(
      fc.asyncProperty(
        fc.array(outcome, { minLength: 1, maxLength: 40 }),
        fc.array(fc.boolean(), { maxLength: 6 }),
        fc.nat(3),
        async (outcomes, failing, retries) => {
          [clock, events, calls] = [new FakeClock(), [], []];
          const records = outcomes.map((one, index) => record(`${index}:${one}`, 0, index));
          const isFailing = [...failing];
          const results = await transformed(
            records,
            ({ records: sent }) => {
              if (isFailing.shift() === true) return { functionError: "no" };
              const answers = sent.flatMap(({ recordId, data }) => {
                const [, result = ""] = Buffer.from(data, "base64").toString().split(":");
                const answer = { recordId, result: result === "twice" ? "Ok" : result, data };
                if (result === "missing") return [];
                return result === "twice" ? [answer, answer] : [answer];
              });
              return { payload: JSON.stringify({ records: answers }) };
            },
            { retries, bufferSizeMiB: 2e-5 },
          );
          assert.deepEqual(
            results.map((one) => one.record),
            records,
          );
          for (const [index, one] of results.entries()) {
            const expected = outcomes[index];
            // A call that failed on all attempts fails all of its records.
            if ("failure" in one && one.failure.errorCode === "Lambda.FunctionError") continue;
            assert.equal("data" in one, expected === "Ok");
            assert.equal("dropped" in one, expected === "Dropped");
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});
