import type { Decision } from "./decision";
import { UNKNOWN, asList, isObject } from "./value";
import type { Unknown, Value, ValueObject } from "./value";

/**
 * An IAM policy document in one shape, whichever of the allowed forms it was written in: JSON text
 * or object, one statement or a list, one action or a list.
 * Grammar: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export interface PolicyDocument {
  readonly statements: readonly Statement[];
  /** What AWS would refuse, as sentences without values. Statements that can be read are kept. */
  readonly problems: readonly string[];
}

export interface Statement {
  /** Where it stands: `Statement[0]` also for a single statement outside a list. */
  readonly path: string;
  readonly effect: "Allow" | "Deny" | Unknown;
  /** Absent elements are `undefined`. A wholly unknown element is one unknown pattern. */
  readonly action: readonly Pattern[] | undefined;
  readonly notAction: readonly Pattern[] | undefined;
  readonly resource: readonly Pattern[] | undefined;
  readonly notResource: readonly Pattern[] | undefined;
  /** Whether Principal names everyone: `"*"`, `{ "AWS": "*" }` or `{ "AWS": ["*"] }`. */
  readonly everyone: Decision;
  /** All of them must hold. */
  readonly conditions: readonly Condition[] | Unknown;
}

export type Pattern = string | Unknown;

export interface Condition {
  readonly operator: string;
  readonly key: string;
  /** One of them must match. Booleans and numbers are given as text, as AWS compares them. */
  readonly values: readonly Pattern[];
}

/** Reads a document. `undefined` when there is none. Never throws, whatever the value is. */
export function readPolicyDocument(value: Value | undefined): PolicyDocument | undefined {
  if (value === undefined) return undefined;
  if (value === UNKNOWN) return { statements: [unknownStatement("Statement[0]")], problems: [] };
  const document = typeof value === "string" ? parseJson(value) : value;
  if (document === undefined) return broken("is not valid JSON");
  if (!isObject(document)) return broken("is not a JSON object");
  const listed = asList(document["Statement"]);
  if (listed.length === 0) return broken("has no Statement");
  const problems: string[] = [];
  const statements = listed.flatMap((statement, index) =>
    readStatement(statement, `Statement[${index}]`, problems),
  );
  return { statements, problems };
}

const elementNames = [
  "Sid",
  "Effect",
  "Principal",
  "NotPrincipal",
  "Action",
  "NotAction",
  "Resource",
  "NotResource",
  "Condition",
];

function readStatement(value: Value, path: string, problems: string[]): readonly Statement[] {
  if (value === UNKNOWN) return [unknownStatement(path)];
  if (!isObject(value)) {
    problems.push(`${path} is not an object`);
    return [];
  }
  // Element names in another case would hide from every rule what the statement says.
  if (Object.keys(value).some((name) => !elementNames.includes(name))) {
    problems.push(`${path} has an element other than ${elementNames.join(", ")}`);
  }
  for (const element of ["Action", "Resource"]) {
    if (!Object.hasOwn(value, element) && !Object.hasOwn(value, `Not${element}`)) {
      problems.push(`${path} has neither ${element} nor Not${element}`);
    }
  }
  const patterns = (element: string) => readPatterns(value, element, path, problems);
  const effect = value["Effect"];
  if (effect !== "Allow" && effect !== "Deny" && effect !== UNKNOWN) {
    problems.push(`${path}.Effect is neither "Allow" nor "Deny"`);
    return [];
  }
  return [
    {
      path,
      effect,
      action: patterns("Action"),
      notAction: patterns("NotAction"),
      resource: patterns("Resource"),
      notResource: patterns("NotResource"),
      everyone: namesEveryone(value["Principal"]),
      conditions: readConditions(value["Condition"], path, problems),
    },
  ];
}

function readPatterns(
  statement: ValueObject,
  element: string,
  path: string,
  problems: string[],
): readonly Pattern[] | undefined {
  if (!Object.hasOwn(statement, element)) return undefined;
  const values = asList(statement[element]);
  const patterns = values.filter(isPattern);
  if (patterns.length < values.length) {
    problems.push(`${path}.${element} is not a string or a list of strings`);
  }
  return patterns;
}

function namesEveryone(principal: Value | undefined): Decision {
  if (principal === UNKNOWN) return UNKNOWN;
  if (!isObject(principal)) return principal === "*";
  const accounts = asList(principal["AWS"]);
  return accounts.includes("*") || (accounts.includes(UNKNOWN) ? UNKNOWN : false);
}

function readConditions(
  block: Value | undefined,
  path: string,
  problems: string[],
): readonly Condition[] | Unknown {
  if (block === undefined) return [];
  if (block === UNKNOWN) return UNKNOWN;
  const operators = isObject(block) ? Object.entries(block) : undefined;
  if (operators?.some(([, keys]) => keys === UNKNOWN)) return UNKNOWN;
  if (!operators?.every(([, keys]) => isObject(keys))) {
    problems.push(`${path}.Condition is not an object of operators with an object of keys each`);
    return [];
  }
  return operators.flatMap(([operator, keys]) =>
    Object.entries(keys as ValueObject).map(([key, values]) => ({
      operator,
      key,
      values: asList(values).map(conditionValue),
    })),
  );
}

function conditionValue(value: Value): Pattern {
  return value === UNKNOWN || typeof value === "string" ? value : JSON.stringify(value);
}

function isPattern(value: Value): value is Pattern {
  return typeof value === "string" || value === UNKNOWN;
}

/** Any element may turn out to be there, so all of them are, unknown. */
function unknownStatement(path: string): Statement {
  return {
    path,
    effect: UNKNOWN,
    action: [UNKNOWN],
    notAction: [UNKNOWN],
    resource: [UNKNOWN],
    notResource: [UNKNOWN],
    everyone: UNKNOWN,
    conditions: UNKNOWN,
  };
}

function broken(problem: string): PolicyDocument {
  return { statements: [], problems: [problem] };
}

function parseJson(text: string): Value | undefined {
  try {
    return JSON.parse(text) as Value;
  } catch {
    return undefined;
  }
}
