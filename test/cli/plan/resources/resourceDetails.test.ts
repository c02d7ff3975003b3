import assert from "node:assert/strict";
import { resourceDetails } from "../../../../cli/plan/resources/resourceDetails";
import { type Properties, Secret, Unknown } from "../../../../engine/graph/resourceGraph";
import { declared, planOf } from "../../support/planGraph";

/** What is told of a resource: its facts in a row, then each of its rules. */
function toldOf(type: string, inputs: Properties): string[] {
  const { graph } = planOf({ stack: "dev", resources: [declared(type, { inputs })] });
  const [, resource] = graph.resources;
  assert.ok(resource);
  const { facts, rules } = resourceDetails(resource);
  return [
    facts.map(({ label, value }) => `${label} ${value}`).join(", "),
    ...rules.map(({ label, value }) => `${label}: ${value}`),
  ];
}

const lifecycle = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration";
const alarm = "aws:cloudwatch/metricAlarm:MetricAlarm";
const dashboard = "aws:cloudwatch/dashboard:Dashboard";

describe("what a plan tells of a resource", () => {
  it("is for a lifecycle what S3 does by each rule, and with which objects", () => {
    const rules = [
      {
        ...{ id: "clean", status: "Enabled", filter: {} },
        abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
        noncurrentVersionExpiration: { noncurrentDays: 1, newerNoncurrentVersions: 3 },
      },
      {
        ...{ id: "age", status: "Enabled", filter: { prefix: "raw/" } },
        transitions: [
          { storageClass: "STANDARD_IA", days: 30 },
          { storageClass: "GLACIER", date: "2030-01-01" },
        ],
        noncurrentVersionTransitions: [{ storageClass: "GLACIER", noncurrentDays: 30 }],
        expiration: { days: 365 },
      },
      {
        ...{ id: "large", status: "Disabled", filter: { objectSizeGreaterThan: 1024 } },
        expiration: { date: "2030-01-01" },
      },
      { id: "markers", status: "Enabled", expiration: { expiredObjectDeleteMarker: true } },
    ];
    assert.deepEqual(toldOf(lifecycle, { rules }), [
      "",
      "clean: abort unfinished uploads after 7 days, expire former versions but the latest 3 after 1 day",
      "age: move to STANDARD_IA after 30 days, move to GLACIER on 2030-01-01, " +
        "expire after 365 days, move former versions to GLACIER after 30 days; only raw/",
      'large: expire on 2030-01-01; only {"objectSizeGreaterThan":1024}; not in force',
      "markers: drop delete markers without versions",
    ]);
  });

  it("is for an alarm its metric, threshold, periods and what missing data mean", () => {
    const inputs = {
      ...{ metricName: "DeliveryToS3.Success", statistic: "Average", period: 300 },
      ...{ comparisonOperator: "LessThanThreshold", threshold: 0.99, evaluationPeriods: 3 },
      ...{ datapointsToAlarm: 2, treatMissingData: "notBreaching" },
    };
    assert.deepEqual(toldOf(alarm, inputs), [
      "metric DeliveryToS3.Success Average, threshold < 0.99, periods 2 of 3 x 300 s, missing data notBreaching",
    ]);
  });

  it("is for an alarm on several metrics what is made of them", () => {
    const metricQueries = [
      { id: "m0", metric: { metricName: "ThrottledGetRecords", period: 60 } },
      { id: "m1", metric: { metricName: "ThrottledDescribeStream", period: 60 } },
      { id: "sum", expression: "FILL(m0, 0) + FILL(m1, 0)", returnData: true },
    ];
    const inputs = { metricQueries, threshold: 0, evaluationPeriods: 4, datapointsToAlarm: 4 };
    assert.deepEqual(toldOf(alarm, inputs), [
      "metric FILL(ThrottledGetRecords, 0) + FILL(ThrottledDescribeStream, 0), threshold 0, periods 4 x 60 s",
    ]);
  });

  it("is for a dashboard its name and how many widgets it has", () => {
    const dashboardBody = JSON.stringify({ widgets: [{}, {}] });
    const inputs = { dashboardName: "events", dashboardBody };
    assert.deepEqual(toldOf(dashboard, inputs), ["name events, widgets 2"]);
    assert.deepEqual(toldOf(dashboard, { dashboardBody: "?" }), ["widgets not a dashboard body"]);
  });

  for (const [type, inputs, facts] of [
    [
      "aws:cloudwatch/compositeAlarm:CompositeAlarm",
      { alarmRule: 'ALARM("a")' },
      'rule ALARM("a")',
    ],
    [
      "aws:s3/bucketLogging:BucketLogging",
      { targetBucket: "logs", targetPrefix: "lake/" },
      "log bucket logs, prefix lake/",
    ],
    [
      "aws:iam/role:Role",
      { path: "/team/", permissionsBoundary: "arn:aws:iam::123456789012:policy/team" },
      "path /team/, boundary arn:aws:iam::123456789012:policy/team",
    ],
    ["aws:iam/role:Role", { path: "/" }, ""],
    [
      "aws:kinesis/stream:Stream",
      { shardLevelMetrics: ["IncomingBytes"] },
      'shard metrics ["IncomingBytes"]',
    ],
    ["aws:kinesis/stream:Stream", { shardLevelMetrics: [] }, ""],
    [
      "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream",
      {
        extendedS3Configuration: {
          fileExtension: ".jsonl.gz",
          processingConfiguration: {
            processors: [{ type: "Decompression" }, { type: "AppendDelimiterToRecord" }],
          },
        },
      },
      "file extension .jsonl.gz, processors Decompression, then AppendDelimiterToRecord",
    ],
  ] satisfies [string, Properties, string][])
    it(`is for ${type} with ${Object.keys(inputs).join(" and ")} "${facts}"`, () => {
      assert.deepEqual(toldOf(type, inputs), [facts]);
    });

  it("says what is unknown or secret by its mark only", () => {
    const [unknown, secret] = [new Unknown(), new Secret("hush-hush")];
    assert.deepEqual(toldOf(lifecycle, { rules: unknown }), ["", ": [unknown]"]);
    const rule = { id: "age", status: "Enabled", expiration: unknown, filter: { prefix: secret } };
    assert.deepEqual(toldOf(lifecycle, { rules: [rule] }), [
      "",
      "age: expiration [unknown]; only [secret]",
    ]);
    assert.deepEqual(toldOf(alarm, { metricQueries: secret, threshold: unknown }), [
      "metric [secret], threshold [unknown]",
    ]);
    assert.deepEqual(toldOf(dashboard, { dashboardBody: secret }), ["widgets [secret]"]);
  });
});
