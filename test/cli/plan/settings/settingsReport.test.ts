import assert from "node:assert/strict";
import pc from "picocolors";
import { planDocument } from "../../../../cli/plan/planDocument";
import { planReport } from "../../../../cli/plan/planReport";
import { type PropertyValue, Secret, Unknown } from "../../../../engine/graph/resourceGraph";
import { assertSnapshot } from "../../../support/snapshot";
import { type Declared, lake, plain, planOf, settingsOutput } from "../../support/planGraph";

const errorPrefix = "errors/user-events/!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd}/";
const alarm = (name: string, threshold: string, periods: string, enabled = "true") => ({
  [`alarms.${name}.enabled`]: enabled,
  [`alarms.${name}.threshold`]: threshold,
  [`alarms.${name}.evaluationPeriods`]: periods,
});

const settings = settingsOutput(
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
  return text.slice(text.indexOf("Settings"), text.indexOf("Policy pack")).trimEnd();
}

describe("the settings section of a plan", () => {
  it("groups settings, shows each alarm as one item and marks what the stack sets", () => {
    assertSnapshot("plan/settings.txt", `${sectionOf(lake(settings))}\n`);
  });

  it("shows settings of the stack in bold if colors are enabled", () => {
    const section = sectionOf(lake(settings), { ...plain, colors: pc.createColors(true) });
    assert.ok(section.includes("\u001b[1m*retentionHours 24\u001b[22m"));
    assert.ok(!section.includes("\u001b[1mbufferSizeMiB"));
  });

  it("leaves out the settings of alarms if all alarms are off", () => {
    const off = settingsOutput({
      "alarms.enabled": "false",
      ...alarm("iteratorAge", "43200000", "15"),
    });
    assert.match(sectionOf(lake(off)), /\n {2}alarms {2}enabled false$/);
  });

  it("cuts long values to the width of the report", () => {
    const tags = JSON.stringify({ purpose: "a tag with many words in it ".repeat(20) });
    const section = sectionOf(lake(settingsOutput({ tags, "stream.retentionHours": "24" })));
    for (const line of section.split("\n")) assert.ok(line.length <= 80, line);
    assert.match(section, /\n {4}\{"purpose":.*… \(--json\)\n/);
  });

  it("shows only the marks of unknown and secret settings", () => {
    const hidden = settingsOutput({
      "delivery.prefix": new Unknown(),
      tags: new Secret("hush-hush"),
    });
    assert.match(sectionOf(lake(hidden)), /prefix \[unknown\]\n {2}tags +\[secret\]$/);
    assert.equal(sectionOf(lake(new Unknown())), "Settings of events\n  [unknown]");
    assert.equal(sectionOf(lake(new Secret(hidden))), "Settings of events\n  [secret]");
  });

  it("shows settings once if they are also an output of the stack", () => {
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
    ["a string", "all of them"],
    ["a list of strings", ["stream.retentionHours"]],
    ["entries without a value", [{ setting: "stream.retentionHours", origin: "stack" }]],
  ] satisfies [string, PropertyValue][])
    it(`ignores an output of the same name with ${title}`, () => {
      assert.equal(sectionOf(lake(effectiveSettings)), "");
    });

  it("leaves effectiveSettings among the outputs if no component reports settings", () => {
    const stackPlan = planOf({
      stack: "dev",
      resources: [],
      outputs: { effectiveSettings: "all" },
    });
    assert.match(planReport(stackPlan, plain), /\nOutputs\n {2}effectiveSettings {2}all\n/);
  });
});
