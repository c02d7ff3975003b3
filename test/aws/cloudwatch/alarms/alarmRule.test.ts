import assert from "node:assert/strict";
import {
  alarmsIn,
  type AlarmState,
  holds,
  parseAlarmRule,
} from "../../../../aws/cloudwatch/alarms/alarmRule";

const states: Readonly<Record<string, AlarmState>> = {
  firing: "ALARM",
  fine: "OK",
  "new one": "INSUFFICIENT_DATA",
};

const is = (rule: string): boolean =>
  holds(parseAlarmRule(rule), (alarm) => states[alarm] ?? "INSUFFICIENT_DATA");

describe("the rule of a composite alarm", () => {
  it("looks at the states of alarms, by name or ARN, with quotes or without", () => {
    const arn = "arn:aws:cloudwatch:us-east-1:123456789012:alarm:firing";
    assert.ok(is('ALARM("firing")') && is("OK(fine)") && is('INSUFFICIENT_DATA("new one")'));
    assert.ok(is(`ALARM("${arn}")`) && is(`ALARM(${arn})`));
    assert.ok(!is("ALARM(fine)") && !is('OK("new one")'));
  });

  it("combines them with AND, OR and NOT, in that order but for NOT, which comes first", () => {
    assert.ok(is("TRUE OR FALSE AND FALSE"));
    assert.ok(!is("(TRUE OR FALSE) AND FALSE"));
    assert.ok(is("NOT FALSE OR TRUE"));
    assert.ok(!is("NOT (FALSE OR TRUE)"));
    assert.ok(is("ALARM(firing) AND NOT ALARM(fine) AND OK(fine)"));
    assert.ok(is("FALSE OR FALSE OR NOT NOT TRUE"));
  });

  it("tells which alarms it names", () => {
    assert.deepEqual(alarmsIn(parseAlarmRule('NOT (ALARM(a) OR OK("b c")) AND TRUE')), [
      "a",
      "b c",
    ]);
  });

  it("refuses what it does not know, and says what that is", () => {
    const refused: Readonly<Record<string, string>> = {
      "AT_LEAST(2, ALARM, (a, b))": "AT_LEAST is not evaluated here",
      "ALARM(a) XOR ALARM(b)": "XOR stands behind its end",
      "ALARM(a": "it ends too early",
      "ALARM a": "a stands where ( should",
      "": "it ends too early",
    };
    for (const [rule, message] of Object.entries(refused))
      assert.throws(() => parseAlarmRule(rule), { message });
  });
});
