import assert from "node:assert/strict";
import { gunzipSync } from "node:zlib";
import type { DeliveryEvent } from "../../../aws/firehose/delivery/deliveryEvent";
import type { LambdaProcessor } from "../../../aws/firehose/features/processorFeature";
import { objectBody } from "../../../aws/firehose/packing/objectBody";
import { Monitoring } from "../../../local/monitoring/monitoring";
import { declaredPipeline } from "../../../local/simulation/declaredPipeline";
import { SeededRandom } from "../../../local/simulation/seededRandom";
import type { SimulationResult } from "../../../local/simulation/simulationResult";
import { syntheticEvents } from "../../../local/simulation/syntheticEvents";
import { conversionTo } from "../../aws/firehose/support/conversion";
import { pipelineGraph } from "../support/pipelineGraph";
import { configuration, MiB } from "../support/records";
import { begin, hour, minute, second, simulated } from "../support/simulation";

/** Only one in millions of puts takes longer. */
const longestPut = 2 * second;

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function assertConserved({ records, minutes }: SimulationResult): void {
  const { accepted, delivered, expired, undelivered } = records;
  assert.ok(accepted > 0);
  assert.equal(undelivered, 0);
  assert.equal(delivered + expired, accepted);
  assert.equal(sum(minutes.accepted), accepted);
  assert.equal(sum(minutes.delivered), delivered);
  assert.equal(sum(minutes.throttled), records.throttled);
}

describe("simulate", () => {
  it("gives the same result only for the same seed, including the keys", async () => {
    const run = async (seed: number) => {
      const events: DeliveryEvent[] = [];
      const result = await simulated({}, { seed, onDelivery: (event) => events.push(event) });
      return JSON.stringify({ result, events });
    };
    const first = await run(1);
    assert.equal(await run(1), first);
    assert.notEqual(await run(2), first);
  });

  it("calls a function by the size and the interval of its buffer, and counts the calls", async () => {
    const lambda: LambdaProcessor = {
      ...{ type: "Lambda", functionArn: "arn:aws:lambda:eu-central-1:123456789012:function:clean" },
      ...{ bufferSizeMiB: 1, bufferSeconds: 60, retries: 3 },
    };
    const result = await simulated(
      {
        recordsPerSecond: 1,
        duration: 10 * minute,
        deliveryStream: { processors: [lambda], bufferSeconds: 60 },
      },
      { shards: 1 },
    );
    assertConserved(result);
    assert.equal(result.objects.error, 0);
    // Each minute begins with its first record.
    const { functionCalls = 0 } = result;
    assert.ok(functionCalls >= 9 && functionCalls <= 11, String(functionCalls));
    assert.equal((await simulated({}, {})).functionCalls, undefined);
  });

  it("reads the shards in their order at each time, whichever of them have records", async () => {
    const reads = new Map<number, string[]>();
    await simulated(
      {
        recordsPerSecond: 2,
        duration: 5 * minute,
        deliveryStream: { bufferSeconds: 0 },
      },
      {
        shards: 4,
        onDelivery: (event) => {
          if (event.type !== "records-read") return;
          reads.set(event.at, [...(reads.get(event.at) ?? []), event.shardId]);
        },
      },
    );
    const order = [0, 1, 2, 3].map((shard) => `shardId-00000000000${shard}`);
    assert.ok(reads.size >= 300);
    for (const [at, shards] of reads) assert.deepEqual(shards, order, String(at));
  });

  it("delivers every record that the stream accepted", async () => {
    const result = await simulated();
    assertConserved(result);
    const { records, objects } = result;
    assert.equal(records.bytes, records.accepted * 1024);
    assert.equal(objects.data + objects.error, sum(result.minutes.objects));
    const { size, interval } = objects.reasons;
    assert.equal(size + interval, objects.data);
    assert.ok(size > 0 && interval > 0);
    assert.equal(result.minutes.lag.length, result.milliseconds / minute);
  });

  it("delivers each record within the buffer interval, a poll and a put", async () => {
    for (const bufferSeconds of [0, 60, 900]) {
      const { latency } = await simulated({
        deliveryStream: { bufferSeconds, bufferBytes: 128 * MiB },
      });
      const interval = bufferSeconds * second;
      assert.ok(latency.max <= interval + second + longestPut, `${bufferSeconds}: ${latency.max}`);
      assert.ok(latency.max > interval, `${bufferSeconds}: ${latency.max}`);
      assert.ok(latency.min > 0 && latency.p50 <= latency.p99 && latency.p99 <= latency.max);
    }
  });

  it("fills objects up to the buffer size if there are enough records", async () => {
    const { objects } = await simulated({ recordsPerSecond: 200, duration: 10 * minute });
    assert.ok(objects.reasons.size > 50, JSON.stringify(objects.reasons));
    // The buffer size of 1 MiB is a multiple of 1 KiB.
    for (const bytes of [objects.bytes.p50, objects.bytes.p99, objects.bytes.max])
      assert.equal(bytes, MiB);
  });

  it("reports latency and sizes by the minute, with null if nothing was delivered", async () => {
    const { minutes, latency, objects } = await simulated({
      deliveryStream: { bufferSeconds: 300 },
    });
    const largest = (values: readonly (number | null)[]): number =>
      Math.max(...values.filter((value) => value !== null));
    assert.equal(largest(minutes.latency.max), latency.max);
    assert.equal(largest(minutes.storedBytes.max), objects.storedBytes.max);
    minutes.objects.forEach((count, index) => {
      assert.equal(minutes.latency.p50[index] === null, count === 0);
      assert.equal(minutes.storedBytes.min[index] === null, count === 0);
    });
    assert.ok(minutes.objects.includes(0));
  });

  it("estimates the sizes of objects from contents that are actually packed", async () => {
    const deliveryStream = { compression: "GZIP", bufferSeconds: 900 } as const;
    const { objects, records } = await simulated({ deliveryStream, duration: 10 * minute });
    const contents = syntheticEvents(new SeededRandom(1, 0), 1024, 64);
    const { body } = await objectBody(contents, configuration(deliveryStream));
    const ratio = body.length / (64 * 1024);
    assert.equal(gunzipSync(body).length, 64 * 1024 + 63);
    assert.equal(objects.allBytes, records.bytes);
    const estimated = objects.allStoredBytes / objects.allBytes;
    assert.ok(Math.abs(estimated / ratio - 1) < 0.001, `${estimated} for ${ratio}`);
  });

  it("counts the same records with bundles of records as with single ones", async () => {
    const run = (bufferBytes: number) =>
      simulated({
        deliveryStream: { bufferBytes, bufferSeconds: 60 },
        recordsPerSecond: 300,
        recordBytes: 100,
        duration: 20 * minute,
      });
    // A bundle has at most a 1024th of the buffer: one record of 100 bytes, or more than a thousand.
    const [single, bundled] = [await run(100 * 1023), await run(128 * MiB)];
    for (const result of [single, bundled]) assertConserved(result);
    assert.deepEqual(bundled.records, single.records);
    // The last minutes without traffic depend on the last delivery.
    const accepted = ({ minutes }: SimulationResult) => minutes.accepted.slice(0, 20);
    assert.deepEqual(accepted(bundled), accepted(single));
    assert.ok(bundled.objects.data < single.objects.data);
  });

  it("counts records of the stream when they are split, partitioned or fail", async () => {
    const customers = ["a", "b", ""].map((customer) => JSON.stringify({ customer }));
    const contents = [...customers, customers.join("")].map((text) => Buffer.from(text));
    const deliveryStream = {
      prefix: "!{partitionKeyFromQuery:customer}/",
      partitions: true,
      processors: [
        { type: "RecordDeAggregation", subRecords: "JSON" },
        { type: "MetadataExtraction", query: "{customer: .customer}" },
      ],
    } as const;
    const traffic = { contents, recordsPerSecond: 2, begin, end: begin + minute };
    const prefixes = new Set<string>();
    const result = await simulated(
      { deliveryStream },
      {
        traffic,
        onDelivery: (event) => {
          if (event.type === "object-delivered") prefixes.add(event.key.split("/", 1)[0] ?? "");
        },
      },
    );
    assertConserved(result);
    assert.deepEqual([...prefixes].sort(), ["a", "b", "errors"]);
  });

  describe("with made-up partition keys", () => {
    const deliveryStream = {
      ...{ prefix: "!{partitionKeyFromQuery:customer}/", partitions: true, bufferSeconds: 60 },
      processors: [{ type: "MetadataExtraction", query: "{customer: .customer}" }],
    } as const;

    it("has as many active partitions as there are keys, of which each has its objects", async () => {
      const prefixes = new Map<string, number>();
      const result = await simulated(
        { deliveryStream },
        {
          keys: { type: "uniform", values: 20 },
          onDelivery: (event) => {
            if (event.type !== "object-delivered") return;
            const [prefix = ""] = event.key.split("/", 1);
            prefixes.set(prefix, (prefixes.get(prefix) ?? 0) + event.records);
          },
        },
      );
      assertConserved(result);
      assert.deepEqual(result.partitions, { limit: 500, most: 20, recordsOverLimit: 0 });
      assert.equal(Math.max(...(result.minutes.partitions ?? [])), 20);
      assert.deepEqual([...prefixes.keys()].sort().slice(0, 2), ["key-01", "key-02"]);
      assert.equal(prefixes.size, 20);
      const mean = result.records.delivered / 20;
      for (const records of prefixes.values()) assert.ok(Math.abs(records / mean - 1) < 0.2);
      assert.equal(result.objects.small, result.objects.data);
    });

    it("has few frequent and many rare ones by Zipf's law", async () => {
      const counts = new Map<string, number>();
      await simulated(
        { deliveryStream: { ...deliveryStream, bufferSeconds: 900 } },
        {
          keys: { type: "zipf", values: 100 },
          onDelivery: (event) => {
            const [prefix = ""] = event.type === "object-delivered" ? event.key.split("/", 1) : [];
            if (event.type === "object-delivered")
              counts.set(prefix, (counts.get(prefix) ?? 0) + event.records);
          },
        },
      );
      const [first = 0, second = 0, tenth = 0] = ["001", "002", "010"].map((n) =>
        counts.get(`key-${n}`),
      );
      assert.ok(Math.abs(first / second / 2 - 1) < 0.2, `${first} ${second}`);
      assert.ok(Math.abs(first / tenth / 10 - 1) < 0.3, `${first} ${tenth}`);
    });

    it("fails the records beyond the limit of active partitions", async () => {
      const keys = { type: "uniform", values: 600 } as const;
      const result = await simulated({ deliveryStream, duration: 3 * minute }, { keys });
      assertConserved(result);
      const { partitions, objects } = result;
      assert.equal(partitions?.most, 500);
      assert.ok(partitions.recordsOverLimit > 0);
      assert.deepEqual(
        objects.errors?.map(({ errorOutputType }) => errorOutputType),
        ["activePartitionExceeded"],
      );
      assert.equal(objects.errors[0]?.records, partitions.recordsOverLimit);
    });

    it("rejects them for a prefix without keys", async () => {
      await assert.rejects(
        simulated({}, { keys: { type: "uniform", values: 2 } }),
        /--partitions distributes records over partition keys, but the prefix/,
      );
    });
  });

  it("rejects records of which none would be delivered, with the reason and what to specify", async () => {
    const deliveryStream = {
      ...{ prefix: "!{partitionKeyFromQuery:customer}/", partitions: true },
      processors: [{ type: "MetadataExtraction", query: "{customer: .customer}" }],
    } as const;
    await assert.rejects(
      simulated({ deliveryStream }),
      /^Error: No record would be delivered: DynamicPartitioning\.MetadataExtractionFailed: partitionKeys values must not be null or empty\. Specify records of your own with --input, or distribute them over made-up keys with --partitions\.$/,
    );
  });

  it("converts records, fails those that do not fit the table, and counts both", async () => {
    const contents = ['{"c":1}', '{"c":2}', '{"c":"no"}'].map((text) => Buffer.from(text));
    const traffic = { contents, recordsPerSecond: 3, begin, end: begin + 10 * minute };
    const deliveryStream = { conversion: conversionTo({ c: "int" }), newlineDelimiter: false };
    const run = async (some: readonly Buffer[]) => {
      const counts = { converted: 0, failed: 0 };
      const result = await simulated(
        { deliveryStream },
        {
          traffic: { ...traffic, contents: some },
          onDelivery: (event) => {
            if (event.type !== "records-converted") return;
            counts.converted += event.records;
            counts.failed += event.failedRecords;
          },
        },
      );
      assertConserved(result);
      const { records: converted, failedRecords: failed } = result.conversion ?? {};
      assert.deepEqual({ converted, failed }, counts);
      assert.equal(counts.converted + counts.failed, result.records.accepted);
      return { ...counts, errors: result.objects.errors };
    };
    const mixed = await run(contents);
    assert.ok(Math.abs(mixed.converted / mixed.failed / 2 - 1) < 0.05);
    assert.equal(mixed.errors?.[0]?.errorOutputType, "format-conversion-failed");
    assert.equal(mixed.errors[0].records, mixed.failed);
    // Without failures, many records are moved as one.
    assert.equal((await run(contents.slice(0, 2))).errors, undefined);
  });

  it("combines partitions, a function, conversion and a backup", async () => {
    const lambda: LambdaProcessor = {
      ...{ type: "Lambda", functionArn: "arn:aws:lambda:eu-central-1:123456789012:function:clean" },
      ...{ bufferSizeMiB: 1, bufferSeconds: 60, retries: 3 },
    };
    const objects = ["a", "b"].map((customer) => JSON.stringify({ customer, c: 1 }));
    const contents = [...objects, objects.join(""), "x"].map((text) => Buffer.from(text));
    const backup = configuration({ bucket: "my-backup", newlineDelimiter: false });
    const result = await simulated(
      {
        deliveryStream: {
          ...{ prefix: "!{partitionKeyFromQuery:customer}/", partitions: true, backup },
          ...{ conversion: conversionTo({ c: "int" }), newlineDelimiter: false },
          processors: [
            { type: "RecordDeAggregation", subRecords: "JSON" },
            lambda,
            { type: "MetadataExtraction", query: "{customer: .customer}" },
          ],
        },
      },
      { traffic: { contents, recordsPerSecond: 4, begin, end: begin + 10 * minute } },
    );
    assertConserved(result);
    const { records, partitions, conversion, functionCalls = 0, recordsPerCall = 0 } = result;
    assert.equal(partitions?.most, 2);
    assert.equal(result.backup?.records, records.accepted);
    const { errors = [] } = result.objects;
    assert.deepEqual(
      errors.map(({ errorOutputType }) => errorOutputType),
      ["metadata-extraction-failed"],
    );
    // Of four records, one has two parts and one is not JSON: 5 go to the function, 4 are converted.
    const sent = Math.round(functionCalls * recordsPerCall);
    assert.equal(sent, (conversion?.records ?? 0) + (errors[0]?.records ?? 0));
    assert.ok(Math.abs(sent / records.accepted / 1.25 - 1) < 0.05);
  });

  it("loses nothing in an S3 outage, but delivers late and reports the failed calls", async () => {
    const outages = [{ after: 10 * minute, milliseconds: 10 * minute }];
    const result = await simulated({ recordsPerSecond: 200 }, { outages });
    assertConserved(result);
    assert.ok(result.latency.max > 9 * minute, String(result.latency.max));
    const { delivered, lag } = result.minutes;
    assert.equal(sum(delivered.slice(11, 20)), 0);
    assert.ok(Math.max(...lag) > 8 * minute);
    assert.equal(lag.at(-1), 0);
    const failed = result.failedCalls.find(({ code }) => code === "ServiceUnavailable");
    assert.equal(failed?.operation, "PutObject");
    // The longest back-off is 10 s: about 60 attempts.
    assert.ok(failed.times > 50 && failed.times < 80, String(failed.times));
  });

  it("counts records that expire in an S3 outage longer than the retention", async () => {
    const outages = [{ after: minute, milliseconds: 3 * hour }];
    const traffic = { recordsPerSecond: 5, duration: 2 * hour };
    const result = await simulated(
      { ...traffic, deliveryStream: { bufferBytes: MiB } },
      { outages, retentionHours: 1 },
    );
    assertConserved(result);
    assert.ok(result.records.expired > 0);
  });

  it("counts throttled records separately from accepted records", async () => {
    const result = await simulated({ recordsPerSecond: 3000, recordBytes: 200, duration: minute });
    assertConserved(result);
    const { accepted, throttled } = result.records;
    assert.ok(accepted <= 2 * 1000 * 60 && throttled > 50_000, `${accepted} ${throttled}`);
  });

  it("rejects with the reason of its signal", async () => {
    const abort = new AbortController();
    const running = simulated(
      { duration: 24 * hour },
      {
        signal: abort.signal,
        onProgress: (now) => {
          if (now >= begin + hour) abort.abort(new Error("enough"));
        },
      },
    );
    await assert.rejects(running, /enough/);
  });
});

describe("simulate with a backup", () => {
  it("delivers every record once to each output, and measures only the destination", async () => {
    const alone = await simulated();
    const backup = configuration({
      ...{ bucket: "my-backup", bufferBytes: 2 ** 20, bufferSeconds: 120, newlineDelimiter: false },
    });
    const backedUp: number[] = [];
    const { backup: found, ...result } = await simulated(
      { deliveryStream: { backup } },
      {
        onDelivery: (event) => {
          if (event.type === "object-delivered" && event.backup) backedUp.push(event.records);
        },
      },
    );
    assert.equal(found?.records, result.records.accepted);
    assert.equal(found.objects, backedUp.length);
    assert.equal(
      backedUp.reduce((sum, records) => sum + records, 0),
      result.records.accepted,
    );
    assert.ok(found.storedBytes > 0);
    assert.equal(alone.backup, undefined);
    assert.deepEqual(result.records, alone.records);
    assert.equal(result.objects.data, alone.objects.data);
    assert.equal(result.objects.allBytes, alone.objects.allBytes);
  });
});

describe("simulate with a declared pipeline", function () {
  const pipeline = { delivery: { bufferSizeMiB: 5, bufferIntervalSeconds: 60 } };

  async function firedIn(outages: readonly { after: number; milliseconds: number }[]) {
    const graph = await pipelineGraph(pipeline);
    const { configuration: deliveryStream, stream } = declaredPipeline(graph);
    const monitoring = new Monitoring(graph);
    const { shards, retentionHours } = stream;
    const { onDelivery, onKinesis } = monitoring;
    const result = await simulated(
      { deliveryStream, recordsPerSecond: 5, duration: 2 * hour },
      { shards, retentionHours, outages, onDelivery, onKinesis },
    );
    return monitoring
      .alarms(begin + result.milliseconds)
      .filter((alarm) => !alarm.isCondition && "firedAt" in alarm)
      .map(({ resource }) => resource);
  }

  it("fires no alarm without an outage", async () => {
    assert.deepEqual(await firedIn([]), []);
  });

  it("fires the delivery alarms in an S3 outage", async () => {
    const fired = await firedIn([{ after: 30 * minute, milliseconds: hour }]);
    for (const alarm of ["delivery-success", "delivery-stalled"])
      assert.ok(fired.includes(`events-${alarm}`), fired.join(" "));
  });
});
