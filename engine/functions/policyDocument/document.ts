/** An IAM policy document between its arguments and its JSON text. */
export interface PolicyDocument {
  /** Empty if a merged document does not set it. */
  readonly version: string;
  readonly id: string;
  readonly statements: readonly PolicyStatement[];
}

export interface PolicyStatement {
  /** Empty without a Sid; such a statement never replaces another one. */
  readonly sid: string;
  readonly effect: string;
  readonly lists: StatementLists;
  readonly principals: readonly Principals[];
  readonly notPrincipals: readonly Principals[];
  readonly conditions: readonly Condition[];
}

/** A list of a document that is merged keeps its form: one string, or several in their order. */
type StatementLists = Readonly<Partial<Record<StatementList, unknown>>>;
export type StatementList = "Action" | "NotAction" | "Resource" | "NotResource";

export interface Principals {
  /** `AWS`, `Service`, `Federated`, `CanonicalUser` or `*`. */
  readonly type: string;
  readonly identifiers: readonly string[];
}

export interface Condition {
  readonly test: string;
  readonly variable: string;
  readonly values: readonly string[];
}

/**
 * Merges documents in order: the last id and the newest version win, and a statement replaces an
 * earlier one with the same Sid, in its place.
 */
export function mergedDocument(documents: readonly PolicyDocument[]): PolicyDocument {
  let [version, id] = ["", ""];
  const statements: PolicyStatement[] = [];
  for (const document of documents) {
    if (document.version > version) version = document.version;
    if (document.id !== "") id = document.id;
    for (const statement of document.statements) {
      const same = statements.findIndex(({ sid }) => sid !== "" && sid === statement.sid);
      if (same === -1) statements.push(statement);
      else statements[same] = statement;
    }
  }
  return { version, id, statements };
}

/** The document as JSON. @param indent spaces of each level; 0 for one line */
export function documentJson(document: PolicyDocument, indent: number): string {
  const { version, id, statements } = document;
  const json = {
    ...(version !== "" && { Version: version }),
    ...(id !== "" && { Id: id }),
    ...(statements.length > 0 && { Statement: statements.map(statementJson) }),
  };
  // The provider escapes these characters, so that a document is safe inside HTML.
  return JSON.stringify(json, undefined, indent).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function statementJson(statement: PolicyStatement): object {
  const { sid, effect, lists, principals, notPrincipals, conditions } = statement;
  const { Action, NotAction, Resource, NotResource } = lists;
  return {
    ...(sid !== "" && { Sid: sid }),
    ...(effect !== "" && { Effect: effect }),
    ...(Action !== undefined && { Action }),
    ...(NotAction !== undefined && { NotAction }),
    ...(Resource !== undefined && { Resource }),
    ...(NotResource !== undefined && { NotResource }),
    ...(principals.length > 0 && { Principal: principalsJson(principals) }),
    ...(notPrincipals.length > 0 && { NotPrincipal: principalsJson(notPrincipals) }),
    ...(conditions.length > 0 && { Condition: conditionsJson(conditions) }),
  };
}

/**
 * Everyone is `"*"`. `{"AWS": "*"}` means the same, but trust policies accept only that form. Several
 * identifiers are in descending order; the provider orders those of separate groups by a hash.
 */
function principalsJson(principals: readonly Principals[]): unknown {
  const [only, ...others] = principals;
  if (others.length === 0 && only?.type === "*" && only.identifiers.join("\0") === "*") return "*";
  const byType = new Map<string, string[]>();
  for (const { type, identifiers } of principals)
    byType.set(type, [...(byType.get(type) ?? []), ...identifiers]);
  return sortedRecord(byType, (identifiers) =>
    oneOrMany([...identifiers].sort((one, other) => inByteOrder(other, one))),
  );
}

/** Values of one test and variable are joined in their order, which can matter. */
function conditionsJson(conditions: readonly Condition[]): unknown {
  const byTest = new Map<string, Map<string, string[]>>();
  for (const { test, variable, values } of conditions) {
    const variables = byTest.get(test) ?? new Map<string, string[]>();
    variables.set(variable, [...(variables.get(variable) ?? []), ...values]);
    byTest.set(test, variables);
  }
  return sortedRecord(byTest, (variables) => sortedRecord(variables, oneOrMany));
}

function sortedRecord<Value>(map: ReadonlyMap<string, Value>, json: (value: Value) => unknown) {
  const entries = [...map].sort(([one], [other]) => inByteOrder(one, other));
  return Object.fromEntries(entries.map(([key, value]) => [key, json(value)]));
}

/** A list with one entry is written as that entry. */
export function oneOrMany(list: readonly string[]): unknown {
  const [only] = list;
  return list.length === 1 ? only : list;
}

/** Compares strings as Go does, which differs from JavaScript beyond U+FFFF. */
export function inByteOrder(one: string, other: string): number {
  return Buffer.compare(Buffer.from(one), Buffer.from(other));
}
