import assert from "node:assert/strict";
import { DeliveryPipeline } from "../../../components/deliveryPipeline";
import { settingsProblems } from "../../../components/settings/settingsProblems";
import { record } from "../../support/record";
import { told } from "./support/told";

/** `-` and seven hexadecimal digits, which Pulumi appends to names that it makes up. */
const suffix = "-0123456";

/**
 * What AWS allows in the names of what a pipeline is made of, and the input that holds the name
 * where Pulumi does not make it up.
 *
 * Source: CreateStream, CreateDeliveryStream, "Bucket naming rules", CreateRole, PutRolePolicy,
 * CreateAlias, CreateLogGroup, CreateLogStream, PutMetricAlarm, PutCompositeAlarm, PutDashboard.
 */
const named: Readonly<Record<string, { input: string; pattern: RegExp }>> = {
  "aws:kinesis/stream:Stream": { input: "name", pattern: /^[\w.-]{1,128}$/ },
  "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream": {
    input: "name",
    pattern: /^[\w.-]{1,64}$/,
  },
  "aws:s3/bucket:Bucket": {
    input: "bucket",
    pattern: /^(?!xn--|sthree-|amzn-s3-demo-)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
  },
  "aws:iam/role:Role": { input: "name", pattern: /^[\w+=,.@-]{1,64}$/ },
  "aws:iam/rolePolicy:RolePolicy": { input: "name", pattern: /^[\w+=,.@-]{1,128}$/ },
  "aws:kms/alias:Alias": { input: "name", pattern: /^[\w/-]{1,250}$/ },
  "aws:cloudwatch/logGroup:LogGroup": { input: "name", pattern: /^[.\w/#-]{1,512}$/ },
  "aws:cloudwatch/logStream:LogStream": { input: "name", pattern: /^[^:*]{1,512}$/ },
  "aws:cloudwatch/metricAlarm:MetricAlarm": { input: "name", pattern: /^.{1,255}$/ },
  "aws:cloudwatch/compositeAlarm:CompositeAlarm": { input: "alarmName", pattern: /^.{1,255}$/ },
  "aws:cloudwatch/dashboard:Dashboard": { input: "dashboardName", pattern: /^[\w-]{1,255}$/ },
};

/** Parts of others, without a name of their own. */
const nameless =
  /^aws:(kms\/(key|keyPolicy)|s3\/bucket(Policy|Versioning|Logging|OwnershipControls|PublicAccessBlock|ServerSideEncryptionConfiguration|LifecycleConfiguration)):/;

describe("the name of a pipeline", () => {
  for (const name of ["ab", "user-events", `a${"9-".repeat(19)}z`])
    it(`may be ${name}`, () => {
      assert.deepEqual(told({}, name), []);
    });

  for (const name of [
    ...["", "x", "User-Events", "user_events", "-events", "events-", "7-events", "a".repeat(41)],
    ...["xn--events", "sthree-events", "amzn-s3-demo-events", "events\n", "größe", "a.b"],
    ...[7, null, undefined, ["events"], { name: "events" }],
  ])
    it(`is refused: ${JSON.stringify(name)}`, () => {
      const [problem, ...others] = settingsProblems(name, {});
      assert.deepEqual(problem?.path, ["name"]);
      assert.match(problem.reason, /^is /);
      assert.equal(problem.suggestion, "user-events");
      assert.deepEqual(others, []);
    });

  it("makes names that AWS takes, however long it is", async () => {
    const name = "a".repeat(40);
    assert.deepEqual(told({}, name), []);
    const args = { bucket: { accessLogs: true }, encryption: { errorLog: true } };
    const { resources } = await record(() => new DeliveryPipeline(name, args));
    for (const { type, name: child, inputs } of resources.filter(({ custom }) => custom)) {
      if (nameless.test(type)) continue;
      const rule = named[type];
      assert.ok(rule, `${type} has a name, and no rule for it`);
      const given = inputs[rule.input];
      const physical = typeof given === "string" ? given : `${child}${suffix}`;
      assert.match(physical, rule.pattern, type);
    }
  });
});
