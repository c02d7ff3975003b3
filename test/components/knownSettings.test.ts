import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import * as sns from "@pulumi/aws/sns";
import { DeliveryPipeline } from "../../components/deliveryPipeline";
import { checkedWhenKnown, checkTogether } from "../../components/knownSettings";
import type { Path } from "../../components/settings/problem";
import { resolveSettings, type Settings } from "../../components/settings/settings";
import { changedAt, valueAt } from "../../components/settings/valueAt";
import { record } from "../support/record";
import { allRules } from "./settings/rules/allRules";
import { problemStrings } from "./settings/support/problemStrings";

const later = <T>(value: T) => pulumi.output(Promise.resolve(value));
const name = "user-events";

function checked(args: object): Settings {
  return checkedWhenKnown({ name, args }, resolveSettings(name, args));
}

/** The value of an Output; rejected if it is. */
async function valueOf(output: unknown): Promise<unknown> {
  return (output as { promise(): Promise<unknown> }).promise();
}

const errorOf = (args: object) => {
  try {
    resolveSettings(name, args);
  } catch (error) {
    return (error as Error).message;
  }
  return undefined;
};

/** Args of each rule with one problem, at a single value that may be an Output. */
const deferrable = Object.values(allRules)
  .flat()
  .flatMap(({ rejected }) => rejected)
  .flatMap(({ args, path }): { args: object; place: Path }[] => {
    const place = path.split(".");
    const value = valueAt(args, place);
    if (value === undefined || value === null || typeof value === "object") return [];
    const isAccepted = problemStrings(changedAt(args, place, later(value))).length === 0;
    return isAccepted ? [{ args, place }] : [];
  });

describe("a setting whose value is an Output", () => {
  it("is rejected when it is known, with the same message as a plain value", async () => {
    const seen = new Set<string>();
    for (const { args, place } of deferrable) {
      const settings = checked(changedAt(args, place, later(valueAt(args, place))) as object);
      await assert.rejects(valueOf(valueAt(settings, place)), { message: errorOf(args) });
      seen.add(place.join("."));
    }
    for (const setting of ["stream.retentionHours", "delivery.compression", "delivery.prefix"])
      assert.ok(seen.has(setting), setting);
    assert.ok(seen.size > 20, [...seen].join(", "));
  });

  it("is compared with plain values, whichever of them the problem is at", async () => {
    const args = { delivery: { fileExtension: ".json", compression: later("ZIP") } };
    const plain = { delivery: { fileExtension: ".json", compression: "ZIP" } };
    await assert.rejects(valueOf(valueAt(checked(args), ["delivery", "compression"])), {
      message: errorOf(plain),
    });
  });

  it("has its value if nothing is wrong", async () => {
    const topic = "arn:aws:sns:us-east-1:123456789012:on-call";
    const { stream, alarms } = checked({
      stream: { retentionHours: later(24) },
      alarms: { actionArns: [topic, later(topic)] },
    });
    assert.equal(await valueOf(stream.retentionHours), 24);
    assert.equal(await valueOf(valueAt(alarms, ["actionArns", 1])), topic);
    assert.equal(valueAt(alarms, ["actionArns", 0]), topic);
  });

  it("is rejected in a list, too", async () => {
    const settings = checked({ alarms: { actionArns: [later("on-call")] } });
    await assert.rejects(valueOf(valueAt(settings, ["alarms", "actionArns", 0])), {
      message: /alarms\.actionArns\[0\] is "on-call"/,
    });
  });

  it("is rejected without its value if it is a secret", async () => {
    const settings = checked({ stream: { retentionHours: pulumi.secret(13) } });
    await assert.rejects(valueOf(settings.stream.retentionHours), (error: Error) => {
      assert.match(error.message, /stream\.retentionHours is not allowed/);
      assert.match(error.message, /allowed: a whole number of hours from 24 to 8760/);
      assert.doesNotMatch(error.message, /13/);
      return true;
    });
  });

  it("is compared with other Outputs once all are known", async () => {
    const known = { delivery: { fileExtension: ".gz", compression: "ZIP" } };
    const args = { delivery: { fileExtension: later(".gz"), compression: later("ZIP") } };
    await assert.rejects(checkTogether({ name, args }, known), { message: errorOf(known) });
    const secret = { delivery: { ...args.delivery, fileExtension: pulumi.secret(".gz") } };
    await checkTogether({ name, args: secret }, known);
  });

  it("does not stop a preview in which it is unknown", async () => {
    const recording = await record(
      () => {
        // Not a valid value, but the ARN is unknown before the topic exists.
        const retentionHours = new sns.Topic("hours").arn.apply(() => 12);
        new DeliveryPipeline(name, { stream: { retentionHours } });
      },
      { preview: true },
    );
    assert.ok(recording.one("aws:kinesis/stream:Stream"));
  });
});
