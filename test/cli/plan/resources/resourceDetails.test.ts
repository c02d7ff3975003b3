import assert from "node:assert/strict";
import { resourceDetails } from "../../../../cli/plan/resources/resourceDetails";
import { type Properties, Secret, Unknown } from "../../../../engine/graph/resourceGraph";
import { declared, planOf } from "../../support/planGraph";

/** The details of a resource: its facts in one string, then each rule or statement. */
function detailsOf(type: string, inputs: Properties): string[] {
  const { graph } = planOf({ stack: "dev", resources: [declared(type, { inputs })] });
  const [, resource] = graph.resources;
  assert.ok(resource);
  const { facts, rules, statements } = resourceDetails(resource);
  return [
    facts.map(({ label, value }) => `${label} ${value}`).join(", "),
    ...[...rules, ...statements].map(({ label, value }) => `${label}: ${value}`),
  ];
}

const lifecycle = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration";
const alarm = "aws:cloudwatch/metricAlarm:MetricAlarm";
const dashboard = "aws:cloudwatch/dashboard:Dashboard";
const rolePolicy = "aws:iam/rolePolicy:RolePolicy";

describe("the details of a resource", () => {
  it("shows the actions and the scope of each lifecycle rule", () => {
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
    assert.deepEqual(detailsOf(lifecycle, { rules }), [
      "",
      "clean: abort incomplete uploads after 7 days, " +
        "expire noncurrent versions except the latest 3 after 1 day",
      "age: transition to STANDARD_IA after 30 days, transition to GLACIER on 2030-01-01, " +
        "expire after 365 days, transition noncurrent versions to GLACIER after 30 days; only raw/",
      'large: expire on 2030-01-01; only {"objectSizeGreaterThan":1024}; disabled',
      "markers: delete expired object delete markers",
    ]);
  });

  it("shows the metric, threshold, periods and missing data treatment of an alarm", () => {
    const inputs = {
      ...{ metricName: "DeliveryToS3.Success", statistic: "Average", period: 300 },
      ...{ comparisonOperator: "LessThanThreshold", threshold: 0.99, evaluationPeriods: 3 },
      ...{ datapointsToAlarm: 2, treatMissingData: "notBreaching" },
    };
    assert.deepEqual(detailsOf(alarm, inputs), [
      "metric DeliveryToS3.Success Average, threshold < 0.99, periods 2 of 3 x 300 s, missing data notBreaching",
    ]);
  });

  it("shows the expression of an alarm on several metrics, with the names of the metrics", () => {
    const metricQueries = [
      { id: "m0", metric: { metricName: "ThrottledGetRecords", period: 60 } },
      { id: "m1", metric: { metricName: "ThrottledDescribeStream", period: 60 } },
      { id: "sum", expression: "FILL(m0, 0) + FILL(m1, 0)", returnData: true },
    ];
    const inputs = { metricQueries, threshold: 0, evaluationPeriods: 4, datapointsToAlarm: 4 };
    assert.deepEqual(detailsOf(alarm, inputs), [
      "metric FILL(ThrottledGetRecords, 0) + FILL(ThrottledDescribeStream, 0), threshold 0, periods 4 x 60 s",
    ]);
  });

  it("shows the name of a dashboard and its number of widgets", () => {
    const dashboardBody = JSON.stringify({ widgets: [{}, {}] });
    const inputs = { dashboardName: "events", dashboardBody };
    assert.deepEqual(detailsOf(dashboard, inputs), ["name events, widgets 2"]);
    assert.deepEqual(detailsOf(dashboard, { dashboardBody: "{}" }), ["widgets 0"]);
    assert.deepEqual(detailsOf(dashboard, { dashboardBody: "?" }), [
      "widgets not a dashboard body",
    ]);
  });

  for (const dashboardBody of ["null", "[{}]", '"widgets"', '{"widgets":"three"}'])
    it(`shows that ${dashboardBody} is not a dashboard body`, () => {
      assert.deepEqual(detailsOf(dashboard, { dashboardBody }), ["widgets not a dashboard body"]);
    });

  it("shows the effect and actions of each statement in a policy document", () => {
    const policy = {
      Statement: [
        { Sid: "Read", Effect: "Allow", Action: ["s3:GetObject", "s3:ListBucket"], Resource: "*" },
        { Effect: "Deny", NotAction: "s3:*", Resource: "*" },
        {},
      ],
    };
    assert.deepEqual(detailsOf(rolePolicy, { policy: JSON.stringify(policy) }), [
      "",
      "Read: allow s3:GetObject, s3:ListBucket",
      ": deny all except s3:*",
      ": ",
    ]);
    const only = { Statement: { Effect: "Allow", Action: "s3:*", Resource: "*" } };
    assert.deepEqual(detailsOf(rolePolicy, { policy: JSON.stringify(only) }), ["", ": allow s3:*"]);
    assert.deepEqual(detailsOf(rolePolicy, { policy: "{}" }), [""]);
  });

  for (const policy of [
    ...["?", "null", '"Allow"', '{"Statement":"Allow"}', '{"Statement":[null]}'],
    ...['{"Statement":{"Effect":true}}', '{"Statement":{"Effect":"Allow","Action":[1]}}'],
  ])
    it(`shows that ${policy} is not a policy document`, () => {
      assert.deepEqual(detailsOf(rolePolicy, { policy }), ["", ": not a policy document"]);
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
    it(`shows "${facts}" for ${type} with ${Object.keys(inputs).join(" and ")}`, () => {
      assert.deepEqual(detailsOf(type, inputs), [facts]);
    });

  it("shows only the marks of unknown and secret values", () => {
    const [unknown, secret] = [new Unknown(), new Secret("hush-hush")];
    assert.deepEqual(detailsOf(lifecycle, { rules: unknown }), ["", ": [unknown]"]);
    const rule = { id: "age", status: "Enabled", expiration: unknown, filter: { prefix: secret } };
    assert.deepEqual(detailsOf(lifecycle, { rules: [rule] }), [
      "",
      "age: expiration [unknown]; only [secret]",
    ]);
    assert.deepEqual(detailsOf(alarm, { metricQueries: secret, threshold: unknown }), [
      "metric [secret], threshold [unknown]",
    ]);
    assert.deepEqual(detailsOf(dashboard, { dashboardBody: secret }), ["widgets [secret]"]);
    assert.deepEqual(detailsOf(rolePolicy, { policy: unknown }), ["", ": [unknown]"]);
  });
});
