import { quote } from "../../../../components/prefix/quote";
import { type Comparison, isBoolean } from "../conditions/textComparisons";
import {
  type ConditionOperator,
  operatorNames,
  readOperator,
} from "../conditions/conditionOperator";
import { comparisons } from "../conditions/comparisons";
import type { IamCondition, PolicyVersion } from "../iamPolicy";
import { hasVariables, malformedVariables } from "../policyVariables";
import { objectOf, type Report, shown } from "./elements";

/** Of `Null`, which compares nothing, its values. */
const nullCheck: Comparison = {
  wants: { what: '"true" or "false"', accepts: isBoolean },
  variables: false,
  matches: () => false,
};

/** Reads a Condition: operators, in each of them keys, for each of them values. */
export function readConditions(
  written: unknown,
  version: PolicyVersion,
  report: Report,
): readonly IamCondition[] {
  const operators = objectOf(written, "Condition", report) ?? {};
  return Object.entries(operators).flatMap(([name, keys]) => {
    const operator = readOperator(name);
    if (!operator) {
      report(`Condition has the operator ${quote(name)}; allowed: ${operatorForms}`);
      return [];
    }
    return Object.entries(objectOf(keys, `Condition.${name}`, report) ?? {}).map(([key, value]) =>
      readCondition(`Condition.${name}`, { operator, key, value }, version, report),
    );
  });
}

const operatorForms =
  `${operatorNames.join(", ")}; before all but Null ForAllValues: or ForAnyValue:, ` +
  "after them IfExists";

function readCondition(
  place: string,
  written: { operator: ConditionOperator; key: string; value: unknown },
  version: PolicyVersion,
  report: Report,
): IamCondition {
  const { operator, key, value } = written;
  if (!/^[\w-]+:./u.test(key))
    report(`${place} has the key ${quote(key)}; allowed: service:key, as in aws:SourceArn`);
  const values = valuesOf(value, `${place}.${key}`, report);
  for (const text of values) {
    const problem = valueProblem(operator, text, version);
    if (problem !== undefined) report(`${place}.${key} has ${quote(text)}; ${problem}`);
  }
  return { operator, key, values };
}

/** JSON numbers and booleans are taken as their texts. */
function valuesOf(value: unknown, element: string, report: Report): readonly string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (list.length === 0) report(`${element} has no values; allowed: one or more`);
  return list.flatMap((item) => {
    if (typeof item === "string" || typeof item === "number" || typeof item === "boolean")
      return [String(item)];
    report(`${element} has ${shown(item)}; allowed: a text, a number, true or false`);
    return [];
  });
}

function valueProblem(
  { comparison: name }: ConditionOperator,
  value: string,
  version: PolicyVersion,
): string | undefined {
  const comparison: Comparison = name === "Null" ? nullCheck : comparisons[name];
  if (comparison.variables && hasVariables(value, version)) {
    const [malformed] = malformedVariables(value, version);
    return malformed === undefined
      ? undefined
      : `${quote(malformed)} is no policy variable; allowed: as in \${aws:PrincipalAccount}`;
  }
  const { wants } = comparison;
  return !wants || wants.accepts(value) ? undefined : `allowed: ${wants.what}`;
}
