import assert from "node:assert/strict";
import pc from "picocolors";
import { resultFacts } from "../../../cli/simulate/resultFacts";
import type { SimulationDocument } from "../../../cli/simulate/simulationDocument";
import { simulationReport, simulationSucceeded } from "../../../cli/simulate/simulationReport";
import { assertSnapshot } from "../../support/snapshot";

const begin = Date.parse("2026-01-01T00:00:00Z");
const minute = 60_000;
const hour = 60 * minute;

/** A made-up result of each kind, with whole numbers. */
const document: SimulationDocument = {
  settings: {
    stack: "prod",
    begin: new Date(begin).toISOString(),
    milliseconds: 2 * hour,
    recordsPerSecond: 500,
    contents: { records: 4096, bytes: 1024 },
    seed: 1,
    outages: [{ after: 30 * minute, milliseconds: hour }],
    stream: { name: "events", declared: false, mode: "on-demand", shards: 4, retentionHours: 168 },
    deliveryStream: {
      name: "user-events",
      bufferBytes: 64 * 1024 * 1024,
      bufferSeconds: 300,
      compression: "GZIP",
      sample: { bytes: 1000, ratio: 0.25, emptyBytes: 20, single: [], joined: [] },
    },
  },
  result: {
    records: {
      ...{ accepted: 3_600_000, bytes: 3_686_400_000, throttled: 12 },
      ...{ expired: 0, delivered: 3_599_900, undelivered: 100 },
    },
    objects: {
      ...{ data: 60, error: 1, small: 2, reasons: { size: 50, interval: 10, shutdown: 0 } },
      bytes: { min: 1024, p50: 50_000_000, p99: 67_108_864, max: 67_108_864 },
      storedBytes: { min: 256, p50: 12_500_000, p99: 16_777_216, max: 16_777_216 },
      ...{ allBytes: 3_686_400_000, allStoredBytes: 921_600_000 },
    },
    latency: { min: 350, p50: 120_000, p99: 3_700_000, max: 3_900_000 },
    failedCalls: [{ operation: "PutObject", code: "ServiceUnavailable", times: 361 }],
    milliseconds: 2 * hour + 5 * minute,
    minutes: {
      ...{ accepted: [1], throttled: [0], delivered: [1], objects: [1] },
      latency: { p50: [1], p99: [1], max: [1] },
      storedBytes: { min: [1], max: [1] },
      lag: [0, 3_600_000],
    },
  },
  alarms: [
    {
      ...{ name: "user-events-stalled", resource: "user-events-stalled", isCondition: false },
      ...{ state: "OK", wouldHaveFired: true, firedAt: begin + hour },
      transitions: [
        { at: begin + hour, state: "ALARM" },
        { at: begin + 2 * hour, state: "OK" },
      ],
    },
  ],
  errorLog: {
    count: 2,
    lines: [
      { at: begin + hour, message: '{"errorCode":"S3.InternalError","message":"Try again."}' },
      { at: begin + hour, message: '{"errorCode":"S3.InternalError","message":"Try again."}' },
    ].map((line) => ({ ...line, logGroupName: "group", logStreamName: "stream" })),
  },
};

describe("simulationReport", () => {
  it("reports traffic, records, objects, error log and alarms within 80 columns", () => {
    const report = simulationReport(document, "simulation.html", pc.createColors(false));
    assertSnapshot("simulate/outage.txt", report);
    for (const line of report.split("\n")) assert.ok(line.length <= 80, line);
  });
});

describe("resultFacts", () => {
  const throttled = (count: number, accepted: number, recordsPerSecond: number) =>
    resultFacts({
      ...document,
      settings: { ...document.settings, recordsPerSecond },
      result: {
        ...document.result,
        records: { ...document.result.records, accepted, throttled: count },
      },
    }).find(({ name }) => name === "Throttled");

  it("reports the share of throttled records and the shards that the traffic needs", () => {
    assert.deepEqual(throttled(5_500_000, 10_700_000, 8200), {
      name: "Throttled",
      value: "5,500,000 (34 % of all); needed: at least 9 shards",
      bad: true,
    });
    // 20 records a second fit on average, but not in every second.
    assert.match(throttled(3, 100_000, 20)?.value ?? "", /^3 \(< 0\.1 % .* at least 5 shards$/);
    assert.deepEqual(throttled(0, 10, 20), { name: "Throttled", value: "0", bad: false });
  });

  it("shows partitions, failures, conversion and calls of a function within 80 columns", () => {
    const facts = resultFacts({
      ...document,
      settings: {
        ...document.settings,
        partitionKeys: { type: "zipf", values: 1000 },
        deliveryStream: {
          ...document.settings.deliveryStream,
          ...{ format: "Parquet", compression: "SNAPPY" },
        },
      },
      result: {
        ...document.result,
        objects: {
          ...document.result.objects,
          ...{ small: 45, error: 1 },
          errors: [{ errorOutputType: "activePartitionExceeded", objects: 1, records: 1234 }],
        },
        partitions: { limit: 500, most: 500, recordsOverLimit: 1234 },
        conversion: { records: 3_598_766, failedRecords: 0 },
        ...{ functionCalls: 7200, recordsPerCall: 500 },
      },
    });
    const names = ["In the bucket", "Failed records", "Converted", "Partition keys", "Partitions"];
    names.push("Over the limit", "Small objects", "Function calls", "Function time");
    for (const { value } of facts) assert.ok(value.length <= 64, value);
    assert.deepEqual(
      Object.fromEntries(
        facts.flatMap(({ name, value, bad = false }) =>
          names.includes(name) ? [[name, [value, bad]]] : [],
        ),
      ),
      {
        "In the bucket": ["878.9 MiB (Parquet with SNAPPY, estimated: 25 % of the data)", false],
        "Failed records": ["1,234 as activePartitionExceeded", true],
        Converted: ["3,598,766 records", false],
        "Partition keys": ["1,000 values, few of them frequent", false],
        Partitions: ["at most 500 active at once; the limit is 500", true],
        "Over the limit": ["1,234", true],
        "Small objects": ["75 % are below 1 MiB", true],
        "Function calls": ["7,200, of 500 records each; assumed to change nothing", false],
        "Function time": ["may take 20 s on average: 5 calls at once for each shard", false],
      },
    );
  });

  it("shows the size of records before and after their compression by producers", () => {
    const contents = { records: 4096, bytes: 412.4, uncompressedBytes: 1024 };
    const records = (more: object): string | undefined =>
      resultFacts({
        ...document,
        settings: { ...document.settings, contents: { ...contents, ...more } },
      }).find(({ name }) => name === "Records")?.value;
    assert.equal(records({}), "generated events of 1.0 KiB, each compressed to 412 bytes; seed 1");
    assert.equal(
      records({ input: "a.jsonl" }),
      "4,096 of a.jsonl, on average 1.0 KiB, each compressed to 412 bytes; seed 1",
    );
  });
});

describe("simulationSucceeded", () => {
  it("fails for expired and undelivered records, and for error objects", () => {
    const { records, objects } = document.result;
    const good = { records: { ...records, undelivered: 0 }, objects: { ...objects, error: 0 } };
    const withResult = (changes: Partial<SimulationDocument["result"]>) =>
      simulationSucceeded({ ...document, result: { ...document.result, ...good, ...changes } });
    assert.equal(withResult({}), true);
    assert.equal(withResult({ records }), false);
    assert.equal(withResult({ objects }), false);
    assert.equal(withResult({ records: { ...good.records, expired: 1 } }), false);
  });
});
