import assert from "node:assert/strict";
import { DeliveryPipeline } from "../../../components/deliveryPipeline";
import { settingsProblems } from "../../../components/settings/settingsProblems";
import { record } from "../../support/record";
import { problemStrings } from "./support/problemStrings";

/** `-` and seven hexadecimal digits, which Pulumi appends to generated names. */
const suffix = "-0123456";

/**
 * What AWS allows in the names of a pipeline's resources, and the input that contains the name if
 * Pulumi does not generate it.
 *
 * Source: CreateStream, CreateDeliveryStream, "Bucket naming rules", CreateRole, PutRolePolicy,
 * CreateAlias, CreateLogGroup, CreateLogStream, PutMetricAlarm, PutCompositeAlarm, PutDashboard.
 */
const nameRules: Readonly<Record<string, { input: string; pattern: RegExp }>> = {
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

/** Resources that are identified by the one that they belong to. */
const nameless =
  /^aws:(kms\/(key|keyPolicy)|s3\/bucket(Policy|Versioning|Logging|OwnershipControls|PublicAccessBlock|ServerSideEncryptionConfiguration|LifecycleConfiguration)):/;

describe("the name of a pipeline", () => {
  for (const name of ["ab", "user-events", `a${"9-".repeat(19)}z`])
    it(`can be ${name}`, () => {
      assert.deepEqual(problemStrings({}, name), []);
    });

  for (const name of [
    ...["", "x", "User-Events", "user_events", "-events", "events-", "7-events", "a".repeat(41)],
    ...["xn--events", "sthree-events", "amzn-s3-demo-events", "events\n", "größe", "a.b"],
    ...[7, null, undefined, ["events"], { name: "events" }],
  ])
    it(`cannot be ${JSON.stringify(name)}`, () => {
      const [problem, ...others] = settingsProblems(name, {});
      assert.deepEqual(problem?.path, ["name"]);
      assert.match(problem.reason, /^is /);
      assert.equal(problem.suggestion, "user-events");
      assert.deepEqual(others, []);
    });

  it("has 40 characters at most, so that AWS accepts the names of all resources", async () => {
    const name = "a".repeat(40);
    assert.deepEqual(problemStrings({}, name), []);
    const args = { bucket: { accessLogs: true }, encryption: { errorLog: true } };
    const { resources } = await record(() => new DeliveryPipeline(name, args));
    for (const { type, name: child, inputs } of resources.filter(({ custom }) => custom)) {
      if (nameless.test(type)) continue;
      const rule = nameRules[type];
      assert.ok(rule, `${type} has a name, but no rule for it`);
      const input = inputs[rule.input];
      const physical = typeof input === "string" ? input : `${child}${suffix}`;
      assert.match(physical, rule.pattern, type);
    }
  });
});
