import assert from "node:assert/strict";
import { join } from "node:path";
import { shownOutputs } from "../../engine/graph/redaction";
import {
  type GraphResource,
  type PropertyValue,
  resourcesOfType,
  Secret,
} from "../../engine/graph/resourceGraph";
import { planStack, type StackPlan } from "../../engine/planStack";
import { destroy } from "../support/deploymentSteps";

const ROOT = join(__dirname, "../..");

async function plan(example: string): Promise<StackPlan> {
  const request = {
    directory: join(ROOT, "examples", example),
    stack: "dev",
    preview: false,
    policyPack: join(ROOT, "policy"),
    // Staging keeps the default levels, so mandatory rules are mandatory.
    policyConfig: join(ROOT, "policy/config/staging.json"),
  };
  return planStack(request, (line) => {
    assert.fail(`${example} printed: ${line}`);
  });
}

describe("the examples in TypeScript", () => {
  let own: StackPlan;
  let existing: StackPlan;
  before(async () => {
    [own, existing] = await Promise.all([plan("typescript"), plan("existing")]);
  });
  const inputsOf = ({ graph }: StackPlan, type: string): readonly GraphResource["inputs"][] =>
    resourcesOfType(graph, type).map(({ inputs }) => inputs);

  it("have no violations of mandatory rules", () => {
    for (const { report } of [own, existing])
      assert.deepEqual(
        report.violations.filter(({ level }) => level === "mandatory"),
        [],
      );
  });

  for (const skipPreview of [false, true])
    it(`keep their data in pulumi destroy ${skipPreview ? "without" : "with"} a preview`, () => {
      for (const { graph } of [own, existing]) {
        const pipelines = graph.resources.filter(({ urn }) => /DeliveryPipeline\$/.test(urn));
        const others = pipelines.filter(({ type }) => !type.startsWith("aws:cloudwatch/"));
        assert.ok(others.length > 0);
        const { deleted, retained } = destroy(graph.resources, { skipPreview });
        for (const { urn } of others) assert.ok(![...deleted, ...retained].includes(urn), urn);
      }
    });

  it("mark every long output, so that pulumi up does not print it", () => {
    for (const { graph } of [own, existing]) {
      const texts = Object.values(graph.outputs).map((value) => {
        if (!(value instanceof Secret)) return value;
        assert.ok(stringOf(value.reveal()).length > 200);
        return "";
      });
      for (const text of texts) assert.doesNotMatch(stringOf(text), /\n|.{200}/);
    }
  });

  describe("examples/typescript", () => {
    it("notifies only its own topic about alarms", () => {
      const [topic] = resourcesOfType(own.graph, "aws:sns/topic:Topic");
      const alarms = inputsOf(own, "aws:cloudwatch/metricAlarm:MetricAlarm");
      for (const actions of ["alarmActions", "okActions"]) {
        const called = alarms.flatMap((alarm) => alarm[actions] ?? []);
        assert.deepEqual([...new Set(called)], [topic?.outputs["arn"]]);
      }
    });

    it("allows its producer to put records on the pipeline's stream", () => {
      const [stream] = resourcesOfType(own.graph, "aws:kinesis/stream:Stream");
      const policies = resourcesOfType(own.graph, "aws:iam/rolePolicy:RolePolicy");
      const producer = policies.find(({ name }) => name === "shop-sends-clicks");
      const document = stringOf(producer?.inputs["policy"]);
      assert.match(document, /"kinesis:PutRecords"/);
      assert.ok(document.includes(stringOf(stream?.outputs["arn"])));
    });
  });

  describe("examples/existing", () => {
    it("creates neither a stream nor a bucket", () => {
      for (const type of ["aws:kinesis/stream:Stream", "aws:s3/bucket:Bucket"])
        assert.deepEqual(inputsOf(existing, type), []);
    });

    it("delivers to both existing buckets", () => {
      const type = "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream";
      const buckets = inputsOf(existing, type).map(
        ({ extendedS3Configuration }) =>
          (extendedS3Configuration as GraphResource["inputs"])["bucketArn"],
      );
      assert.deepEqual(buckets, ["arn:aws:s3:::shop-data-lake", "arn:aws:s3:::finance-data-lake"]);
    });

    it("outputs what role, key and the other account's bucket must allow", () => {
      const { ordersRolePolicy, ordersKeyPolicy, financeBucketPolicy, financeRoleArn } =
        shownOutputs(existing.graph);
      assert.match(stringOf(ordersRolePolicy), /"kinesis:GetRecords"/);
      assert.match(stringOf(ordersKeyPolicy), /"kms:GenerateDataKey"/);
      assert.ok(stringOf(financeBucketPolicy).includes(stringOf(financeRoleArn)));
    });
  });
});

function stringOf(value: PropertyValue | undefined): string {
  assert.ok(typeof value === "string");
  return value;
}
