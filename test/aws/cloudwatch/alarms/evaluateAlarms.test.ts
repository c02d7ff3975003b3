import assert from "node:assert/strict";
import fc from "fast-check";
import { missingDataTreatments } from "../../../../aws/cloudwatch/alarms/alarm";
import { AlarmHistory } from "../../../../aws/cloudwatch/alarms/alarmHistory";
import { declaredAlarms } from "../../../../aws/cloudwatch/alarms/declaredAlarms";
import { evaluateAlarms } from "../../../../aws/cloudwatch/alarms/evaluateAlarms";
import { MetricStore, MINUTE } from "../../../../aws/cloudwatch/metricStore";
import type { GraphResource, Properties } from "../../../../engine/graph/resourceGraph";
import { compositeAlarm, delivered, metricAlarm, resultOf } from "../../../local/support/alarms";
import { graphOf } from "../../../local/support/graph";

/** Values by minute. */
type Data = readonly (readonly [minute: number, value: number])[];

function evaluate(data: Data, minutes: number, ...resources: readonly GraphResource[]) {
  const store = new MetricStore();
  for (const [minute, value] of data) store.record(delivered(minute * MINUTE, value));
  const alarms = declaredAlarms(graphOf(...resources));
  return evaluateAlarms(alarms, store, new AlarmHistory(alarms, store, 0), minutes * MINUTE);
}

function one(inputs: Properties, data: Data, minutes: number) {
  return resultOf(evaluate(data, minutes, metricAlarm("alarm", inputs)), "alarm");
}

/** States, each with the minute at whose end it started. */
const changes = ({ transitions }: ReturnType<typeof one>) =>
  transitions.map(({ at, state }) => `${at / MINUTE} ${state}`);

describe("evaluateAlarms", () => {
  it("evaluates at the end of each minute, over periods that end then", () => {
    const inputs = { comparisonOperator: "GreaterThanThreshold", threshold: 4, period: 300 };
    const result = one(inputs, [...[0, 3, 5].map((at) => [at, 2] as const), [9, 0]], 12);
    // Three values of 2 within five minutes are only in minutes 1 to 5.
    assert.deepEqual(changes(result), ["1 OK"]);
    const closer = one(inputs, [...[2, 3, 6].map((at) => [at, 2] as const), [9, 0]], 12);
    assert.deepEqual(changes(closer), ["3 OK", "7 ALARM", "8 OK"]);
    assert.deepEqual([closer.firedAt, closer.wouldHaveFired], [7 * MINUTE, true]);
  });

  it("compares with all four operators", () => {
    const fires = (comparisonOperator: string) =>
      [0, 1, 2].filter((value) => one({ comparisonOperator }, [[0, value]], 1).wouldHaveFired);
    assert.deepEqual(fires("LessThanThreshold"), [0]);
    assert.deepEqual(fires("LessThanOrEqualToThreshold"), [0, 1]);
    assert.deepEqual(fires("GreaterThanOrEqualToThreshold"), [1, 2]);
    assert.deepEqual(fires("GreaterThanThreshold"), [2]);
  });

  it("starts with INSUFFICIENT_DATA and stays there without data", () => {
    const result = one({}, [], 5);
    assert.deepEqual([result.state, result.transitions], ["INSUFFICIENT_DATA", []]);
    assert.equal(result.firesAfterSeconds, undefined);
  });

  it("evaluates the minute in progress as if nothing more happened in it", () => {
    const result = one({}, [[0.1, 0]], 0.25);
    assert.deepEqual([result.state, result.firedAt], ["ALARM", MINUTE]);
  });

  it("reports how long a breach must last to fire", () => {
    const inputs = { period: 300, evaluationPeriods: 3, treatMissingData: "ignore" };
    const result = one(inputs, [[0.1, 0]], 0.25);
    assert.deepEqual(
      [result.state, result.wouldHaveFired, result.firesAfterSeconds],
      ["INSUFFICIENT_DATA", false, 45 + 600],
    );
    // With only minutes like this one, it fires then.
    const lasting = Array.from({ length: 11 }, (_, minute) => [minute + 0.1, 0] as const);
    assert.equal(one(inputs, lasting.slice(0, 10), 10).wouldHaveFired, false);
    assert.equal(one(inputs, lasting, 11).firedAt, 11 * MINUTE);
  });

  it("reports how long missing data must last to fire if they count as breaching", () => {
    const inputs = { evaluationPeriods: 3, treatMissingData: "breaching" };
    const result = one(inputs, [[0, 1]], 2);
    assert.deepEqual([result.state, result.firesAfterSeconds], ["OK", 240]);
  });

  it("reports no duration for an alarm that does not breach or has fired", () => {
    assert.equal(one({ evaluationPeriods: 3 }, [[0, 1]], 1).firesAfterSeconds, undefined);
    const fired = one({}, [[0, 0]], 1);
    assert.deepEqual([fired.state, fired.firesAfterSeconds], ["ALARM", undefined]);
  });

  it("combines alarms minute by minute", () => {
    const few = metricAlarm("few", { threshold: 5 });
    const none = metricAlarm("none", { threshold: 1 });
    const some = compositeAlarm("some", "ALARM(few) AND NOT ALARM(none)");
    const above = compositeAlarm("above", "ALARM(some) OR FALSE");
    const data = [9, 3, 0, 3].map((value, minute) => [minute, value] as const);
    const results = evaluate(data, 4, few, none, some, above);
    const expected = ["1 OK", "2 ALARM", "3 OK", "4 ALARM"];
    assert.deepEqual(changes(resultOf(results, "some")), expected);
    assert.deepEqual(changes(resultOf(results, "above")), expected);
  });

  it("reports how long a breach must last for a composite alarm to fire", () => {
    const results = evaluate(
      [[0, 0]],
      1,
      metricAlarm("soon", { evaluationPeriods: 3 }),
      metricAlarm("later", { evaluationPeriods: 6 }),
      compositeAlarm("both", "ALARM(soon) AND ALARM(later)"),
      compositeAlarm("any", "ALARM(soon) OR ALARM(later)"),
    );
    const seconds = (name: string) => resultOf(results, name).firesAfterSeconds;
    assert.deepEqual(["soon", "later", "both", "any"].map(seconds), [120, 300, 300, 120]);
  });

  it("lists alarms that it cannot evaluate", () => {
    const [result] = evaluate([], 1, metricAlarm("fast", { period: 10 }));
    assert.deepEqual(result, {
      name: "fast",
      resource: "fast",
      isCondition: false,
      notEvaluated: "period is 10; supported: multiples of 60",
    });
  });

  it("agrees with a second implementation of CloudWatch's rules on any data", () => {
    const rules = fc.record({
      period: fc.integer({ min: 1, max: 3 }),
      evaluationPeriods: fc.integer({ min: 1, max: 4 }),
      datapoints: fc.integer({ min: 1, max: 4 }),
      treatMissingData: fc.constantFrom(...missingDataTreatments),
    });
    const data = fc.array(
      fc.tuple(fc.integer({ min: 0, max: 19 }), fc.integer({ min: 0, max: 1 })),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(rules, data, (rule, values) => {
        const datapointsToAlarm = Math.min(rule.datapoints, rule.evaluationPeriods);
        const { transitions } = one(
          { ...rule, period: rule.period * 60, datapointsToAlarm },
          values,
          20,
        );
        assert.deepEqual(
          transitions.map(({ at, state }) => [at / MINUTE, state]),
          expectedChanges({ ...rule, datapoints: datapointsToAlarm }, values),
        );
      }),
      { numRuns: 500 },
    );
  });
});

interface Rule {
  readonly period: number;
  readonly evaluationPeriods: number;
  readonly datapoints: number;
  readonly treatMissingData: string;
}

/** For twenty minutes; a period with a sum below 1 breaches. Periods are strings, the newest first. */
function expectedChanges(rule: Rule, data: Data): [minute: number, state: string][] {
  const changes: [number, string][] = [];
  let state = "INSUFFICIENT_DATA";
  for (let now = 1; now <= 20; now += 1) {
    let range = "";
    for (let back = 0; back < rule.evaluationPeriods + 2; back += 1) {
      const end = now - back * rule.period;
      const values = data.filter(([minute]) => end - rule.period <= minute && minute < end);
      if (values.length === 0) range += "-";
      else range += values.some(([, value]) => value > 0) ? "0" : "X";
    }
    const next = expectedState(rule, range, state);
    if (next !== state) changes.push([now, next]);
    state = next;
  }
  return changes;
}

function expectedState(rule: Rule, range: string, state: string): string {
  const filler = { breaching: "X", notBreaching: "0" }[rule.treatMissingData] ?? "-";
  const real = range.replaceAll("-", "");
  const used = real.padEnd(rule.evaluationPeriods, filler).slice(0, rule.evaluationPeriods);
  if (used.replaceAll(/[^X]/g, "").length >= rule.datapoints) return "ALARM";
  if (used.includes("0")) return "OK";
  if (rule.treatMissingData === "ignore") return state;
  return range.lastIndexOf("X") + 1 >= rule.datapoints ? "ALARM" : "INSUFFICIENT_DATA";
}
