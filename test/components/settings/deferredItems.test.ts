import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { ShardLevelMetric } from "../../../components/index";
import { resolveSettings } from "../../../components/settings/settings";
import { arns } from "./rules/rule";
import { problemStrings } from "./support/problemStrings";

const later = <T>(value: T) => pulumi.output(Promise.resolve(value));
const mustBeKnown = "is an Output, but determines which resources exist";

describe("resolveSettings with list items that are known only after deployment", () => {
  it("checks the other items of the list, each at its place", () => {
    assert.deepEqual(
      problemStrings({ stream: { shardLevelMetrics: [later("x"), "ALL", "IncomingBytes"] } }),
      ['stream.shardLevelMetrics[1] is "ALL"'],
    );
    assert.deepEqual(
      problemStrings({ alarms: { actionArns: [arns.topicArn, later("x"), "on-call"] } }),
      ['alarms.actionArns[2] is "on-call"'],
    );
  });

  it("includes deferred items in the length of the list", () => {
    const six = Array.from({ length: 6 }, () => later(arns.topicArn));
    assert.deepEqual(problemStrings({ alarms: { actionArns: six } }), [
      "alarms.actionArns is a list of 6",
    ]);
    const tags = Array.from({ length: 51 }, (_, index) => [`key-${index}`, later("")] as const);
    assert.deepEqual(problemStrings({ tags: Object.fromEntries(tags) }), ["tags has 51 tags"]);
  });

  it("returns a list with deferred items as a whole", () => {
    const actionArns = [arns.topicArn, later(arns.topicArn)];
    const shardLevelMetrics = later<ShardLevelMetric[]>(["IncomingBytes"]);
    const { alarms, stream } = resolveSettings("user-events", {
      alarms: { actionArns },
      stream: { shardLevelMetrics },
    });
    assert.deepEqual(alarms.actionArns, actionArns);
    assert.equal(stream.shardLevelMetrics, shardLevelMetrics);
  });

  it("rejects a deferred tiering step, or part of one", () => {
    const step = { storageClass: "GLACIER", afterDays: 1 };
    assert.deepEqual(problemStrings({ bucket: { tiering: [step, later(step)] } }), [
      `bucket.tiering[1] ${mustBeKnown}`,
    ]);
    assert.deepEqual(problemStrings({ bucket: { tiering: [{ ...step, afterDays: later(1) }] } }), [
      `bucket.tiering[0].afterDays ${mustBeKnown}`,
    ]);
    assert.deepEqual(problemStrings({ bucket: { tiering: later([step]) } }), [
      `bucket.tiering ${mustBeKnown}`,
    ]);
  });
});
