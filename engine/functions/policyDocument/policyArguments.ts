import type { Properties, PropertyValue } from "../../graph/resourceGraph";
import { isGroup } from "../../graph/resourceGraph";
import {
  type Condition,
  inByteOrder,
  oneOrMany,
  type PolicyDocument,
  type PolicyStatement,
  type Principals,
  type StatementList,
} from "./document";

/**
 * The document that the arguments of `getPolicyDocument` describe, without the documents to merge.
 *
 * @throws Error if the provider would reject an argument
 */
export function declaredDocument(args: Properties): PolicyDocument {
  const version = string(args["version"], "version") ?? "2012-10-17";
  if (version !== "2012-10-17" && version !== "2008-10-17")
    throw new Error(`version is "${version}"; allowed: "2012-10-17" and "2008-10-17".`);
  const statements = groups(args["statements"], "statements").map((statement, index) =>
    declaredStatement(statement, `statements[${index}]`, version),
  );
  rejectSameSids(statements, (index) => `statements[${index}]`);
  return { version, id: string(args["policyId"], "policyId") ?? "", statements };
}

/** @throws Error if two statements have the same Sid */
export function rejectSameSids(
  statements: readonly PolicyStatement[],
  place: (index: number) => string,
): void {
  const first = new Map<string, number>();
  for (const [index, { sid }] of statements.entries()) {
    const earlier = first.get(sid);
    if (sid !== "" && earlier !== undefined)
      throw new Error(
        `duplicate Sid "${sid}" in ${place(earlier)} and ${place(index)}. Rename or remove one of them.`,
      );
    first.set(sid, index);
  }
}

function declaredStatement(given: Properties, place: string, version: string): PolicyStatement {
  const effect = string(given["effect"], `${place}.effect`) ?? "Allow";
  if (effect !== "Allow" && effect !== "Deny")
    throw new Error(`${place}.effect is "${effect}"; allowed: "Allow" and "Deny".`);
  const sid = string(given["sid"], `${place}.sid`) ?? "";
  if (!/^[a-zA-Z0-9]*$/.test(sid))
    throw new Error(`${place}.sid is "${sid}"; allowed: letters and digits.`);
  const withVariables = (value: string, name: string): string =>
    policyVariables(value, `${place}.${name}`, version);
  const list = (element: StatementList, name: string, variables: boolean) => {
    const found = descending(strings(given[name], `${place}.${name}`));
    const values = variables ? found.map((value) => withVariables(value, name)) : found;
    return values.length === 0 ? {} : { [element]: oneOrMany(values) };
  };
  const principals = (name: string): Principals[] =>
    distinct(groups(given[name], `${place}.${name}`)).map((group) => ({
      type: string(group["type"], `${place}.${name}.type`) ?? "",
      identifiers: descending(strings(group["identifiers"], `${place}.${name}.identifiers`)).map(
        (identifier) => withVariables(identifier, name),
      ),
    }));
  const condition = (group: Properties): Condition => ({
    test: string(group["test"], `${place}.conditions.test`) ?? "",
    variable: string(group["variable"], `${place}.conditions.variable`) ?? "",
    values: strings(group["values"], `${place}.conditions.values`).map((value) =>
      withVariables(value, "conditions"),
    ),
  });
  return {
    sid,
    effect,
    lists: {
      ...list("Action", "actions", false),
      ...list("NotAction", "notActions", false),
      ...list("Resource", "resources", true),
      ...list("NotResource", "notResources", true),
    },
    principals: principals("principals"),
    notPrincipals: principals("notPrincipals"),
    conditions: distinct(groups(given["conditions"], `${place}.conditions`)).map(condition),
  };
}

/** `&{aws:username}` stands for `${aws:username}`, which HCL would interpolate itself. */
function policyVariables(value: string, place: string, version: string): string {
  if (version === "2008-10-17" && value.includes("&{"))
    throw new Error(
      `found &{ sequence in ${place} (${value}), which is not supported in document version 2008-10-17. Set version: "2012-10-17".`,
    );
  return value.replaceAll("&{", "${");
}

/** Sets of strings have no duplicates. The provider writes them in descending order. */
function descending(values: readonly string[]): string[] {
  return [...new Set(values)].sort((one, other) => inByteOrder(other, one));
}

/** Sets of groups have no duplicates. */
function distinct(list: readonly Properties[]): Properties[] {
  return [...new Map(list.map((group) => [JSON.stringify(group), group])).values()];
}

function string(value: PropertyValue | undefined, place: string): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === "string") return value;
  // The provider converts numbers and booleans.
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  throw new Error(`${place} must be a string.`);
}

function strings(value: PropertyValue | undefined, place: string): string[] {
  return list(value, place).flatMap((item, index) => string(item, `${place}[${index}]`) ?? []);
}

function groups(value: PropertyValue | undefined, place: string): Properties[] {
  return list(value, place).map((item, index) => {
    if (!isGroup(item)) throw new Error(`${place}[${index}] must be a group of properties.`);
    return item;
  });
}

function list(value: PropertyValue | undefined, place: string): readonly PropertyValue[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value as readonly PropertyValue[];
  throw new Error(`${place} must be a list.`);
}
