import { Tokens } from "./tokens";

/** When a composite alarm is in ALARM. */
export type AlarmRule =
  | { readonly kind: "constant"; readonly value: boolean }
  /** True while the alarm of that name is in that state. */
  | { readonly kind: "state"; readonly state: AlarmState; readonly alarm: string }
  | { readonly kind: "not"; readonly of: AlarmRule }
  | { readonly kind: "and" | "or"; readonly of: readonly [AlarmRule, AlarmRule] };

const token = /"[^"]*"|[^\s()",]+/;

/**
 * Reads `ALARM("name or ARN")`, OK, INSUFFICIENT_DATA, AND, OR, NOT, TRUE, FALSE and parentheses.
 * NOT binds before AND, and AND before OR.
 *
 * Source: Amazon CloudWatch API Reference, PutCompositeAlarm, AlarmRule.
 *
 * @throws Error that says what it cannot read
 */
export function parseAlarmRule(text: string): AlarmRule {
  const tokens = new Tokens(text, token);
  const rule = either(tokens);
  tokens.expectEnd();
  return rule;
}

/** The names of all alarms that a rule looks at. */
export function alarmsIn(rule: AlarmRule): readonly string[] {
  switch (rule.kind) {
    case "constant":
      return [];
    case "state":
      return [rule.alarm];
    case "not":
      return alarmsIn(rule.of);
    case "and":
    case "or":
      return rule.of.flatMap(alarmsIn);
  }
}

export function holds(rule: AlarmRule, stateOf: (alarm: string) => AlarmState): boolean {
  switch (rule.kind) {
    case "constant":
      return rule.value;
    case "state":
      return stateOf(rule.alarm) === rule.state;
    case "not":
      return !holds(rule.of, stateOf);
    case "and":
      return rule.of.every((part) => holds(part, stateOf));
    case "or":
      return rule.of.some((part) => holds(part, stateOf));
  }
}

function either(tokens: Tokens): AlarmRule {
  let rule = both(tokens);
  while (tokens.takeIf("OR")) rule = { kind: "or", of: [rule, both(tokens)] };
  return rule;
}

function both(tokens: Tokens): AlarmRule {
  let rule = single(tokens);
  while (tokens.takeIf("AND")) rule = { kind: "and", of: [rule, single(tokens)] };
  return rule;
}

function single(tokens: Tokens): AlarmRule {
  if (tokens.takeIf("NOT")) return { kind: "not", of: single(tokens) };
  if (tokens.takeIf("(")) {
    const rule = either(tokens);
    tokens.expect(")");
    return rule;
  }
  const word = tokens.take();
  if (word === "TRUE" || word === "FALSE") return { kind: "constant", value: word === "TRUE" };
  if (!isState(word)) throw new Error(`${word} is not evaluated here`);
  tokens.expect("(");
  const name = tokens.take().replaceAll('"', "");
  tokens.expect(")");
  return { kind: "state", state: word, alarm: name.replace(/^arn:.*:alarm:/, "") };
}

function isState(word: string): word is AlarmState {
  return word === "ALARM" || word === "OK" || word === "INSUFFICIENT_DATA";
}

export type AlarmState = "ALARM" | "INSUFFICIENT_DATA" | "OK";

/** An alarm came into a state. */
export interface Transition {
  /** In milliseconds since 1970: the end of the minute that brought it about. */
  readonly at: number;
  readonly state: AlarmState;
}
