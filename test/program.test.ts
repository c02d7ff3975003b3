import assert from "node:assert/strict";
import { resolve } from "node:path";
import { planWithAccess } from "../cli/plan/access/planWithAccess";
import { compareStacks } from "../cli/plan/compare/comparison";
import { switchNames } from "../cli/plan/compare/settingSwitches";
import { isHidden } from "../cli/plan/resources/inputValue";
import { reportedSettings } from "../cli/plan/settings/reportedSettings";
import { shownOutputs } from "../engine/graph/redaction";
import { resourcesOfType, Secret, Unknown } from "../engine/graph/resourceGraph";
import { planStack, type StackPlan } from "../engine/planStack";
import { checkAccess } from "../local/access/checkAccess";
import { destroy } from "./support/deploymentSteps";

const firehose = "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream";

const silentAlarms =
  "warning: user-events: 12 alarms notify nobody. Set alarms.actionArns to the ARN of an SNS topic, or alarms.enabled to false.\n";
/** Not mandatory anywhere: the topic belongs to the account, not to the program. */
const silentAlarmsRule = "advisory cloudwatch-alarms-have-actions";

/** Plans the real program with the real policy pack on the offline engine. */
async function plan(stack: string, preview = false): Promise<StackPlan> {
  let printed = "";
  const stackPlan = await planStack(
    { directory: resolve("."), stack, preview, policyPack: resolve("policy") },
    (text) => (printed += text),
  );
  // In dev, alarms are off; in the others, nobody is notified until somebody adds a topic.
  assert.equal(printed, stack === "dev" ? "" : silentAlarms);
  return stackPlan;
}

/** The violated rules with their levels, without that of the alarms, which is printed as well. */
const violatedRules = ({ report }: StackPlan) =>
  report.violations
    .map(({ policy, level }) => `${level} ${policy}`)
    .filter((violated) => violated !== silentAlarmsRule)
    .sort();

describe("program with the policy pack on the offline engine", () => {
  let dev: StackPlan;
  let prod: StackPlan;
  before(async () => {
    [dev, prod] = await Promise.all([plan("dev"), plan("prod")]);
  });

  it("declares roles that allow all calls of Firehose, and no more than AWS requires", () => {
    for (const { graph } of [dev, prod]) {
      const [accessCheck] = checkAccess(graph);
      assert.ok(accessCheck);
      const outcomes = new Set(accessCheck.decisions.map(({ decision }) => decision.outcome));
      assert.deepEqual([...outcomes], ["allowed"]);
      assert.deepEqual(accessCheck.unused.tooMuch, []);
    }
  });

  it("plans dev with 20 resources, only the expected advisory violations and nothing undecided", () => {
    const { graph, report } = dev;
    assert.equal(graph.resources.length, 20);
    assert.deepEqual(violatedRules(dev), [
      "advisory logs-groups-are-encrypted",
      "advisory s3-buckets-log-access",
    ]);
    assert.deepEqual(report.undecided, []);
    const [stream] = resourcesOfType(graph, "aws:kinesis/stream:Stream");
    assert.equal(stream?.inputs["retentionPeriod"], 24);
    const [delivery] = resourcesOfType(graph, firehose);
    const { bufferingSize, bufferingInterval } = delivery?.inputs[
      "extendedS3Configuration"
    ] as Record<string, number>;
    assert.deepEqual([bufferingSize, bufferingInterval], [5, 60]);
    assert.deepEqual(delivery?.options.errorHooks, ["user-events-iam-propagation"]);
    assert.deepEqual(Object.keys(graph.outputs).sort(), [
      "alarmArns",
      "athenaDatabaseName",
      "athenaTable",
      "athenaTableName",
      "backupBucketArn",
      "bucketArn",
      "bucketName",
      "bufferIntervalSeconds",
      "dashboardName",
      "delimiter",
      "deliveryRoleArn",
      "deliveryStreamArn",
      "deliveryStreamName",
      "errorPrefix",
      "keyArn",
      "logGroupName",
      "prefix",
      "processing",
      "producerPolicy",
      "readerPolicy",
      "recordCompression",
      "region",
      "requiredBackupBucketPolicy",
      "requiredBackupKeyPolicy",
      "requiredBucketKeyPolicy",
      "requiredBucketPolicy",
      "requiredKeyPolicy",
      "requiredPolicy",
      "requiredStreamKeyPolicy",
      "sourceRoleArn",
      "streamArn",
      "streamName",
      "timeZone",
    ]);
    assert.equal(graph.outputs["region"], "us-east-1");
  });

  it("marks the documents among its outputs, which a plan still shows", () => {
    for (const { graph } of [dev, prod]) {
      const documents = ["athenaTable", "producerPolicy", "readerPolicy", "requiredPolicy"];
      const shown = shownOutputs(graph);
      for (const [name, value] of Object.entries(graph.outputs)) {
        assert.equal(value instanceof Secret, documents.includes(name), name);
        assert.ok(!(shown[name] instanceof Secret), name);
      }
      assert.match(JSON.stringify(shown["producerPolicy"]), /kinesis:PutRecords/);
      assert.deepEqual([shown["requiredKeyPolicy"], shown["requiredBucketPolicy"]], ["", ""]);
    }
  });

  it("reports each of the 12 alarms of prod that notify nobody", () => {
    const silent = prod.report.violations.map(({ policy, level }) => `${level} ${policy}`);
    assert.deepEqual(silent, Array<string>(12).fill(silentAlarmsRule));
  });

  it("plans prod with all other rules mandatory, without a violation or undecided result", () => {
    const { report } = prod;
    assert.deepEqual(violatedRules(prod), []);
    assert.deepEqual(report.undecided, []);
    const others = report.policies.filter(({ level }) => level !== "mandatory");
    const advisory = others.filter(({ level }) => level !== "disabled").map(({ name }) => name);
    assert.deepEqual(advisory, [
      "firehose-partition-keys-have-defaults",
      "firehose-partition-keys-are-few",
      "iam-actions-exist",
      "cloudwatch-alarms-have-actions",
    ]);
    assert.match(report.configFile ?? "", /policy\/config\/prod\.json$/);
  });

  it("differs between dev and prod in retention and protection, but not in data privacy", () => {
    const comparison = compareStacks(planWithAccess(dev), planWithAccess(prod));
    const { resources, onlyHere, mandatoryViolations, access, deniedCalls } = comparison;
    assert.deepEqual([access, deniedCalls], [[], { here: 0, there: 0 }]);
    const stream = resources.find(({ type }) => type === "aws:kinesis/stream:Stream");
    const differing = new Map(stream?.differences.map(({ what, ...values }) => [what, values]));
    assert.deepEqual(differing.get("retention"), { here: "24 h", there: "168 h" });
    assert.deepEqual(differing.get("protect"), { here: "no", there: "yes" });
    const types = [...resources, ...onlyHere].map(({ type }) => type);
    const publicAccess = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock";
    const protection = resources.find(({ type }) => type === publicAccess)?.differences ?? [];
    assert.deepEqual(protection.map(({ what }) => what).sort(), ["protect", "retain on delete"]);
    assert.equal(types.filter((type) => type === publicAccess).length, 1);
    assert.deepEqual(mandatoryViolations, { here: 0, there: 0 });
  });

  for (const skipPreview of [false, true])
    it(`keeps the data of prod ${skipPreview ? "without" : "with"} a preview of pulumi destroy`, () => {
      const { deleted, retained, errors } = destroy(prod.graph.resources, { skipPreview });
      assert.deepEqual(retained, []);
      assert.notDeepEqual(errors, []);
      for (const urn of deleted) assert.match(urn, /\$aws:cloudwatch\//);
      const monitoring = prod.graph.resources.filter(({ type }) => /^aws:cloudwatch/.test(type));
      const others = prod.graph.resources.filter(
        ({ custom, options }) => custom && !(options.protect && options.retainOnDelete),
      );
      assert.deepEqual(others, monitoring);
    });

  it("keeps the key of dev, which is not protected, and deletes the rest with pulumi destroy", () => {
    const { deleted, retained, errors, state } = destroy(dev.graph.resources);
    assert.deepEqual([errors, state], [[], []]);
    const types = retained.map((urn) => urn.replace(/^.*\$(.*)::.*$/, "$1"));
    const key = ["aws:kms/alias:Alias", "aws:kms/key:Key", "aws:kms/keyPolicy:KeyPolicy"];
    assert.deepEqual(types.filter((type) => type.startsWith("aws:kms/")).sort(), key);
    assert.equal(deleted.length, dev.graph.resources.filter(({ custom }) => custom).length - 3);
  });

  it("has every setting that switches a part of it off", () => {
    const settings = reportedSettings(dev.graph).flatMap((reported) =>
      isHidden(reported.settings) ? [] : reported.settings.map(({ setting }) => setting),
    );
    for (const name of switchNames) assert.ok(settings.includes(name), name);
  });

  it("previews prod without a violation, undecided about what depends on unknown values", async () => {
    const preview = await plan("prod", true);
    const { graph, report } = preview;
    assert.deepEqual(violatedRules(preview), []);
    const undecided = report.undecided.map(({ policy }) => policy);
    for (const policy of ["iam-actions-are-specific", "s3-bucket-policies-require-tls"])
      assert.ok(undecided.includes(policy), policy);
    assert.ok(graph.outputs["streamArn"] instanceof Unknown);
  });

  it("plans existing with only a delivery stream, its error log and monitoring", async () => {
    const existing = await plan("existing");
    const { graph } = existing;
    assert.deepEqual(violatedRules(existing), [
      "advisory firehose-roles-are-separate",
      "advisory logs-groups-are-encrypted",
    ]);
    const declared = graph.resources.filter(({ custom }) => custom).map(({ type }) => type);
    assert.deepEqual([...new Set(declared)].sort(), [
      "aws:cloudwatch/compositeAlarm:CompositeAlarm",
      "aws:cloudwatch/dashboard:Dashboard",
      "aws:cloudwatch/logGroup:LogGroup",
      "aws:cloudwatch/logStream:LogStream",
      "aws:cloudwatch/metricAlarm:MetricAlarm",
      firehose,
    ]);
    assert.equal(graph.outputs["streamName"], "user-events-stream");
    assert.equal(graph.outputs["bucketName"], "my-data-lake-bucket");
  });
});
