import assert from "node:assert/strict";
import {
  alarmsIn,
  type AlarmState,
  isMet,
  parseAlarmRule,
} from "../../../../aws/cloudwatch/alarms/alarmRule";

const states: Readonly<Record<string, AlarmState>> = {
  firing: "ALARM",
  fine: "OK",
  "new one": "INSUFFICIENT_DATA",
};

const is = (rule: string): boolean =>
  isMet(parseAlarmRule(rule), (alarm) => states[alarm] ?? "INSUFFICIENT_DATA");

describe("the rule of a composite alarm", () => {
  it("evaluates the states of alarms, by name or ARN, with or without quotes", () => {
    const arn = "arn:aws:cloudwatch:us-east-1:123456789012:alarm:firing";
    assert.ok(is('ALARM("firing")') && is("OK(fine)") && is('INSUFFICIENT_DATA("new one")'));
    assert.ok(is(`ALARM("${arn}")`) && is(`ALARM(${arn})`));
    assert.ok(!is("ALARM(fine)") && !is('OK("new one")'));
  });

  it("combines states with NOT before AND, and AND before OR", () => {
    assert.ok(is("TRUE OR FALSE AND FALSE"));
    assert.ok(!is("(TRUE OR FALSE) AND FALSE"));
    assert.ok(is("NOT FALSE OR TRUE"));
    assert.ok(!is("NOT (FALSE OR TRUE)"));
    assert.ok(is("ALARM(firing) AND NOT ALARM(fine) AND OK(fine)"));
    assert.ok(is("FALSE OR FALSE OR NOT NOT TRUE"));
  });

  it("lists the alarms that it refers to", () => {
    assert.deepEqual(alarmsIn(parseAlarmRule('NOT (ALARM(a) OR OK("b c")) AND TRUE')), [
      "a",
      "b c",
    ]);
  });

  it("rejects anything else, and reports where", () => {
    const rejected: Readonly<Record<string, string>> = {
      "AT_LEAST(2, ALARM, (a, b))": "AT_LEAST is not evaluated here",
      "ALARM(a) XOR ALARM(b)": "unexpected XOR after the end",
      "ALARM(a": "unexpected end",
      "ALARM a": "expected ( but found a",
      "": "unexpected end",
    };
    for (const [rule, message] of Object.entries(rejected))
      assert.throws(() => parseAlarmRule(rule), { message });
  });
});
