import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { resolveSettings } from "../../../components/settings/settings";
import { own } from "./rules/rule";
import { told } from "./support/told";

const later = <T>(value: T) => pulumi.output(Promise.resolve(value));
const tooLate = "is an Output, but decides which resources there are";

describe("lists with items that only the deployment knows", () => {
  it("leave the other items to be judged, each at its place", () => {
    assert.deepEqual(
      told({ stream: { shardLevelMetrics: [later("x"), "ALL", "IncomingBytes"] } }),
      ['stream.shardLevelMetrics[1] is "ALL"'],
    );
    assert.deepEqual(told({ alarms: { actionArns: [own.topicArn, later("x"), "on-call"] } }), [
      'alarms.actionArns[2] is "on-call"',
    ]);
  });

  it("count as items", () => {
    const six = Array.from({ length: 6 }, () => later(own.topicArn));
    assert.deepEqual(told({ alarms: { actionArns: six } }), ["alarms.actionArns is a list of 6"]);
    const tags = Array.from({ length: 51 }, (_, index) => [`key-${index}`, later("")] as const);
    assert.deepEqual(told({ tags: Object.fromEntries(tags) }), ["tags has 51 tags"]);
  });

  it("come back with the whole list", () => {
    const actionArns = [own.topicArn, later(own.topicArn)];
    const shardLevelMetrics = later(["IncomingBytes"]);
    const { alarms, stream } = resolveSettings("user-events", {
      alarms: { actionArns },
      stream: { shardLevelMetrics },
    });
    assert.deepEqual(alarms.actionArns, actionArns);
    assert.equal(stream.shardLevelMetrics, shardLevelMetrics);
  });

  it("cannot be steps of tiering, or parts of them", () => {
    const step = { storageClass: "GLACIER", afterDays: 1 };
    assert.deepEqual(told({ bucket: { tiering: [step, later(step)] } }), [
      `bucket.tiering[1] ${tooLate}`,
    ]);
    assert.deepEqual(told({ bucket: { tiering: [{ ...step, afterDays: later(1) }] } }), [
      `bucket.tiering[0].afterDays ${tooLate}`,
    ]);
    assert.deepEqual(told({ bucket: { tiering: later([step]) } }), [`bucket.tiering ${tooLate}`]);
  });
});
