import { quote } from "../../../../components/prefix/quote";
import { comparisons } from "../conditions/comparisons";
import {
  type ConditionOperator,
  operatorNames,
  readOperator,
} from "../conditions/conditionOperator";
import { type Comparison, isBoolean } from "../conditions/stringComparisons";
import type { IamCondition, PolicyVersion } from "../iamPolicy";
import { hasVariables, malformedVariables } from "../policyVariables";
import { objectOf, type ReportProblem, shown } from "./elements";

/** Reads a Condition: operator -> key -> values. */
export function readConditions(
  written: unknown,
  version: PolicyVersion,
  report: ReportProblem,
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
  `${operatorNames.join(", ")}; all but Null may start with ForAllValues: or ForAnyValue: ` +
  "and end with IfExists";

function readCondition(
  place: string,
  written: { operator: ConditionOperator; key: string; value: unknown },
  version: PolicyVersion,
  report: ReportProblem,
): IamCondition {
  const { operator, key, value } = written;
  if (!/^[\w-]+:./u.test(key))
    report(`${place} has the key ${quote(key)}; allowed: service:key, as in aws:SourceArn`);
  const values = valuesOf(value, `${place}.${key}`, report);
  for (const each of values) {
    const problem = valueProblem(operator, each, version);
    if (problem !== undefined) report(`${place}.${key} has ${quote(each)}; ${problem}`);
  }
  return { operator, key, values };
}

/** JSON numbers and booleans are converted to strings. */
function valuesOf(value: unknown, element: string, report: ReportProblem): readonly string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (list.length === 0) report(`${element} has no values; allowed: one or more`);
  return list.flatMap((item) => {
    if (typeof item === "string" || typeof item === "number" || typeof item === "boolean")
      return [String(item)];
    report(`${element} has ${shown(item)}; allowed: a string, a number, true or false`);
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
      : `${quote(malformed)} is not a policy variable; allowed: a form such as \${aws:PrincipalAccount}`;
  }
  const { format } = comparison;
  return !format || format.accepts(value) ? undefined : `allowed: ${format.description}`;
}

/** `Null` compares nothing; only the format of its values is checked. */
const nullCheck: Comparison = {
  format: { description: '"true" or "false"', accepts: isBoolean },
  variables: false,
  matches: () => false,
};
