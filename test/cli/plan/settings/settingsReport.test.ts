import assert from "node:assert/strict";
import pc from "picocolors";
import { planDocument } from "../../../../cli/plan/planDocument";
import { planReport } from "../../../../cli/plan/planReport";
import { type PropertyValue, Secret, Unknown } from "../../../../engine/graph/resourceGraph";
import { type Declared, lake, plain, planOf, told } from "../../support/planGraph";

const errorPrefix = "errors/user-events/!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd}/";
const alarm = (name: string, threshold: string, periods: string, enabled = "true") => ({
  [`alarms.${name}.enabled`]: enabled,
  [`alarms.${name}.threshold`]: threshold,
  [`alarms.${name}.evaluationPeriods`]: periods,
});

const settings = told(
  {
    "stream.shardCount": "none, and the stream scales on demand",
    "stream.retentionHours": "24",
    "stream.shardLevelMetrics": "[]",
    "delivery.bufferSizeMiB": "64",
    "delivery.errorPrefix": errorPrefix,
    "delivery.timeZone": "UTC",
    "alarms.enabled": "true",
    "alarms.actionArns": '["arn:aws:sns:us-east-1:123456789012:alerts"]',
    ...alarm("iteratorAge", "43200000", "15"),
    ...alarm("deliverySuccess", "0.99", "3", "false"),
    ...alarm("dataFreshness", "900", "3"),
    "existing.streamArn": "none: a new stream",
    "existing.keyArn": "none: a new key",
    protect: "false",
    tags: '{"environment":"dev"}',
  },
  [
    ...["stream.retentionHours", "alarms.actionArns", "alarms.deliverySuccess.enabled"],
    ...["alarms.dataFreshness.threshold", "protect", "delivery.errorPrefix"],
  ],
);

function sectionOf(component: Declared, style = plain): string {
  const text = planReport(planOf({ stack: "dev", resources: [component] }), style);
  return text.slice(text.indexOf("Settings"), text.indexOf("Policies of")).trimEnd();
}

describe("the settings of a plan", () => {
  it("stand in groups, an alarm in one item, with a mark at what the stack sets", () => {
    assert.equal(
      sectionOf(lake(settings)),
      `
Settings of events; * is set by the stack, all else is the default
  stream    shardCount none, and the stream scales on demand; *retentionHours 24
            shardLevelMetrics none
  delivery  bufferSizeMiB 64; *errorPrefix
    errors/user-events/!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd}/
            timeZone UTC
  alarms    enabled true
            *actionArns ["arn:aws:sns:us-east-1:123456789012:alerts"]
            each alarm: threshold x evaluation periods
            iteratorAge 43200000 x 15; *dataFreshness 900 x 3
            *deliverySuccess off
  existing  none
  protect   *false
  tags      {"environment":"dev"}`.trimStart(),
    );
  });

  it("are marked in colour too, if there are colours", () => {
    const section = sectionOf(lake(settings), { ...plain, colors: pc.createColors(true) });
    assert.ok(section.includes("\u001b[1m*retentionHours 24\u001b[22m"));
    assert.ok(!section.includes("\u001b[1mbufferSizeMiB"));
  });

  it("leave out what alarms are set to that are all off", () => {
    const off = told({ "alarms.enabled": "false", ...alarm("iteratorAge", "43200000", "15") });
    assert.match(sectionOf(lake(off)), /\n {2}alarms {2}enabled false$/);
  });

  it("keep to the width, with long values cut", () => {
    const tags = JSON.stringify({ purpose: "a tag with many words in it ".repeat(20) });
    const section = sectionOf(lake(told({ tags, "stream.retentionHours": "24" })));
    for (const line of section.split("\n")) assert.ok(line.length <= 80, line);
    assert.match(section, /\n {4}\{"purpose":.*… \(--json\)\n/);
  });

  it("show what is unknown or secret by its mark only", () => {
    const hidden = told({ "delivery.prefix": new Unknown(), tags: new Secret("hush-hush") });
    assert.match(sectionOf(lake(hidden)), /prefix \[unknown\]\n {2}tags +\[secret\]$/);
    assert.equal(sectionOf(lake(new Unknown())), "Settings of events\n  [unknown]");
    assert.equal(sectionOf(lake(new Secret(hidden))), "Settings of events\n  [secret]");
  });

  it("are told once, if the program exports them too, with the other outputs", () => {
    const outputs = { effectiveSettings: settings, streamName: "clicks" };
    const stackPlan = planOf({ stack: "dev", resources: [lake(settings)], outputs });
    const text = planReport(stackPlan, plain);
    assert.equal(text.split("retentionHours").length, 2);
    assert.match(text, /\nOutputs\n {2}streamName {2}clicks\n\n/);
    const document = planDocument(stackPlan);
    assert.equal(document.split("retentionHours").length, 2);
    assert.deepEqual((JSON.parse(document) as { settings: unknown }).settings, [
      { component: "urn:pulumi:dev::shop::acme:index:Lake::events", effectiveSettings: settings },
    ]);
  });

  for (const [title, effectiveSettings] of [
    ["text", "all of them"],
    ["a list of something else", ["stream.retentionHours"]],
    ["entries without a value", [{ setting: "stream.retentionHours", origin: "stack" }]],
  ] satisfies [string, PropertyValue][])
    it(`are not taken from an output of the same name with ${title}`, () => {
      assert.equal(sectionOf(lake(effectiveSettings)), "");
    });

  it("are an output like any other, if no component tells them", () => {
    const stackPlan = planOf({
      stack: "dev",
      resources: [],
      outputs: { effectiveSettings: "all" },
    });
    assert.match(planReport(stackPlan, plain), /\nOutputs\n {2}effectiveSettings {2}all\n/);
  });
});
