import { Tokens } from "./tokens";

export type AlarmState = "ALARM" | "INSUFFICIENT_DATA" | "OK";

/** A change of an alarm's state. */
export interface Transition {
  /** End of the minute that caused it, in milliseconds since 1970. */
  readonly at: number;
  readonly state: AlarmState;
}

/** When a composite alarm is in ALARM. */
export type AlarmRule =
  | { readonly kind: "constant"; readonly value: boolean }
  /** True while the alarm of that name is in that state. */
  | { readonly kind: "state"; readonly state: AlarmState; readonly alarm: string }
  | { readonly kind: "not"; readonly of: AlarmRule }
  | { readonly kind: "and" | "or"; readonly of: readonly [AlarmRule, AlarmRule] };

const token = /"[^"]*"|[^\s()",]+/;

/**
 * Parses `ALARM("name or ARN")`, OK, INSUFFICIENT_DATA, AND, OR, NOT, TRUE, FALSE and parentheses.
 * NOT binds more tightly than AND, and AND more tightly than OR.
 *
 * Source: Amazon CloudWatch API Reference, PutCompositeAlarm, AlarmRule.
 *
 * @throws if the rule contains anything else
 */
export function parseAlarmRule(text: string): AlarmRule {
  const tokens = new Tokens(text, token);
  const rule = parseOr(tokens);
  tokens.expectEnd();
  return rule;
}

/** The names of all alarms that a rule refers to. */
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

/** Whether a composite alarm with this rule is in ALARM. */
export function isMet(rule: AlarmRule, stateOf: (alarm: string) => AlarmState): boolean {
  switch (rule.kind) {
    case "constant":
      return rule.value;
    case "state":
      return stateOf(rule.alarm) === rule.state;
    case "not":
      return !isMet(rule.of, stateOf);
    case "and":
      return rule.of.every((part) => isMet(part, stateOf));
    case "or":
      return rule.of.some((part) => isMet(part, stateOf));
  }
}

function parseOr(tokens: Tokens): AlarmRule {
  let rule = parseAnd(tokens);
  while (tokens.takeIf("OR")) rule = { kind: "or", of: [rule, parseAnd(tokens)] };
  return rule;
}

function parseAnd(tokens: Tokens): AlarmRule {
  let rule = parseOperand(tokens);
  while (tokens.takeIf("AND")) rule = { kind: "and", of: [rule, parseOperand(tokens)] };
  return rule;
}

function parseOperand(tokens: Tokens): AlarmRule {
  if (tokens.takeIf("NOT")) return { kind: "not", of: parseOperand(tokens) };
  if (tokens.takeIf("(")) {
    const rule = parseOr(tokens);
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
