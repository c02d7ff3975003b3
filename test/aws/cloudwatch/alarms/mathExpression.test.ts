import assert from "node:assert/strict";
import { idsIn, parseMathExpression } from "../../../../aws/cloudwatch/alarms/mathExpression";
import { mathValue, type TimeSeries } from "../../../../aws/cloudwatch/alarms/mathValue";

const none = undefined;

const metrics: Readonly<Record<string, TimeSeries>> = {
  m1: [30, 20, 0, 0],
  m2: [20, none, 20, none],
  gaps: [none, 5, none, none],
  empty: [none, none, none, none],
};

const value = (expression: string): TimeSeries =>
  mathValue(parseMathExpression(expression), (id) => metrics[id] ?? [], 4);

describe("metric math", () => {
  it("computes values period by period, with multiplication before addition", () => {
    assert.deepEqual(value("m1 + 2 * 3 - m1 / 10"), [33, 24, 6, 6]);
    assert.deepEqual(value("(m1 + 2) * -3"), [-96, -66, -6, -6]);
    assert.deepEqual(value("m1 - 10 - 5"), [15, 5, -15, -15]);
    assert.deepEqual(value("-m1/.5"), [-60, -40, 0, 0]);
  });

  it("counts a missing value as 0 if another has one, and yields none if both are missing", () => {
    assert.deepEqual(value("m1 - m2"), [10, 20, -20, 0]);
    assert.deepEqual(value("m2 + gaps"), [20, 5, 20, none]);
    assert.deepEqual(value("m2 * 2"), [40, none, 40, none]);
  });

  it("yields no value for a division by 0", () => {
    assert.deepEqual(value("m2 / m1"), [20 / 30, 0, none, none]);
    assert.deepEqual(value("1 / 0"), [none, none, none, none]);
  });

  it("fills missing values, but not a metric without values", () => {
    assert.deepEqual(value("FILL(gaps, 0)"), [0, 5, 0, 0]);
    assert.deepEqual(value("FILL(gaps, -1.5)"), [-1.5, 5, -1.5, -1.5]);
    assert.deepEqual(value("FILL(gaps, REPEAT)"), [none, 5, 5, 5]);
    assert.deepEqual(value("FILL(empty, 0)"), [none, none, none, none]);
    assert.deepEqual(value("FILL(empty, 0) + FILL(gaps, 0)"), [0, 5, 0, 0]);
  });

  it("compares values as in CloudWatch's example", () => {
    assert.deepEqual(value("m1 < m2"), [0, 0, 1, 0]);
    assert.deepEqual(value("m1 >= 30"), [1, 0, 0, 0]);
    assert.deepEqual(value("(m1 != 20) + (m1 == 0) + (m1 <= 0) + (m1 > 20)"), [2, 0, 3, 3]);
  });

  it("selects values by a condition", () => {
    assert.deepEqual(value("IF(m1 > 10, m2, 7)"), [20, 0, 7, 7]);
    assert.deepEqual(value("IF(m1 > 10, m1)"), [30, 20, none, none]);
    assert.deepEqual(value("IF(gaps, 1, 2)"), [none, 1, none, none]);
    assert.deepEqual(value("IF(1, m1, m2)"), metrics["m1"]);
  });

  it("computes sum, maximum and minimum of several metrics", () => {
    assert.deepEqual(value("SUM([m1, m2, gaps])"), [50, 25, 20, 0]);
    assert.deepEqual(value("MAX([m1, m2])"), [30, 20, 20, 0]);
    assert.deepEqual(value("MIN([m2, gaps])"), [20, 5, 20, none]);
  });

  it("lists the metrics that an expression refers to", () => {
    const expression = parseMathExpression("IF(FILL(a, 0) > -b, SUM([c, 1]), d / 2)");
    assert.deepEqual(idsIn(expression), ["a", "b", "c", "d"]);
  });

  it("rejects anything else, and reports where", () => {
    const rejected: Readonly<Record<string, string>> = {
      "ANOMALY_DETECTION_BAND(m1, 2)": "ANOMALY_DETECTION_BAND is not evaluated here",
      "FILL(m1, LINEAR)": "FILL supports only a number or REPEAT",
      "SUM(m1)": "expected [ but found m1",
      "m1 +": "unexpected end",
      "(m1": "unexpected end",
      "m1 m2": "unexpected m2 after the end",
      "m1 AND m2": "unexpected AND after the end",
      "m1 ^ 2": "unexpected ^ after the end",
      "": "unexpected end",
    };
    for (const [expression, message] of Object.entries(rejected))
      assert.throws(() => parseMathExpression(expression), { message });
  });
});
