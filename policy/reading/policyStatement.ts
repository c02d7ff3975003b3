import {
  anyOf,
  asList,
  type Decision,
  isObject,
  UNKNOWN,
  type Unknown,
  type Value,
  type ValueObject,
} from "./value";

/** One statement of a policy document, normalized. */
export interface Statement {
  /** Its position: `Statement[0]` also for a single statement outside a list. */
  readonly path: string;
  readonly effect: "Allow" | "Deny" | Unknown;
  /** Absent elements are `undefined`. A completely unknown element is one unknown pattern. */
  readonly action: readonly Pattern[] | undefined;
  readonly notAction: readonly Pattern[] | undefined;
  readonly resource: readonly Pattern[] | undefined;
  readonly notResource: readonly Pattern[] | undefined;
  /** A completely unknown element is one principal of an unknown kind. */
  readonly principals: readonly Principal[] | undefined;
  readonly notPrincipals: readonly Principal[] | undefined;
  /** Whether Principal names everyone: `"*"`, `{ "AWS": "*" }` or `{ "AWS": ["*"] }`. */
  readonly everyone: Decision;
  /** All of them must match. */
  readonly conditions: readonly Condition[] | Unknown;
}

export type Pattern = string | Unknown;

export interface Principal {
  /** `AWS`, `Service`, `Federated`, `CanonicalUser`; `*` for `"Principal": "*"`. */
  readonly kind: Pattern;
  readonly name: Pattern;
}

export interface Condition {
  readonly operator: string;
  readonly key: string;
  /** One of them must match. Booleans and numbers become strings, as AWS compares them. */
  readonly values: readonly Pattern[];
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

/**
 * @param required the elements that the statement must have, each possibly in its Not form
 * @param problems receives what AWS would reject
 * @returns one statement, or none if it cannot be read
 */
export function readStatement(
  value: Value,
  path: string,
  required: readonly string[],
  problems: string[],
): readonly Statement[] {
  if (value === UNKNOWN) return [unknownStatement(path)];
  if (!isObject(value)) {
    problems.push(`${path} is not an object`);
    return [];
  }
  // Rules would not see an element whose name is in another case.
  if (Object.keys(value).some((name) => !elementNames.includes(name))) {
    problems.push(`${path} has an element other than ${elementNames.join(", ")}`);
  }
  for (const element of required) {
    if (!Object.hasOwn(value, element) && !Object.hasOwn(value, `Not${element}`)) {
      problems.push(`${path} has neither ${element} nor Not${element}`);
    }
  }
  const patterns = (element: string) => readPatterns(value, element, path, problems);
  const principals = readPrincipals(value, "Principal", path, problems);
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
      principals,
      notPrincipals: readPrincipals(value, "NotPrincipal", path, problems),
      everyone: namesEveryone(principals),
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

function readPrincipals(
  statement: ValueObject,
  element: string,
  path: string,
  problems: string[],
): readonly Principal[] | undefined {
  const block = statement[element];
  if (block === undefined) return undefined;
  if (block === UNKNOWN) return [{ kind: UNKNOWN, name: UNKNOWN }];
  if (block === "*") return [{ kind: "*", name: "*" }];
  if (!isObject(block)) {
    problems.push(`${path}.${element} is neither "*" nor an object`);
    return [];
  }
  return Object.entries(block).flatMap(([kind, names]) => {
    const listed = asList(names);
    const patterns = listed.filter(isPattern);
    if (patterns.length < listed.length) {
      problems.push(`${path}.${element} has a name that is not a string`);
    }
    return patterns.map((name) => ({ kind, name }));
  });
}

function namesEveryone(principals: readonly Principal[] = []): Decision {
  return anyOf(
    principals.map(({ kind, name }) => {
      const isAccount = kind === UNKNOWN || ["*", "AWS"].includes(kind);
      if (!isAccount) return false;
      return kind === UNKNOWN || name === UNKNOWN ? UNKNOWN : name === "*";
    }),
  );
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

/** Any element may turn out to be present, so every element is present and unknown. */
export function unknownStatement(path: string): Statement {
  return {
    path,
    effect: UNKNOWN,
    action: [UNKNOWN],
    notAction: [UNKNOWN],
    resource: [UNKNOWN],
    notResource: [UNKNOWN],
    principals: [{ kind: UNKNOWN, name: UNKNOWN }],
    notPrincipals: [{ kind: UNKNOWN, name: UNKNOWN }],
    everyone: UNKNOWN,
    conditions: UNKNOWN,
  };
}
