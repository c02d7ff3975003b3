import {
  type Condition,
  type PolicyDocument,
  type PolicyStatement,
  type Principals,
  type StatementList,
} from "./document";
import { isRecord } from "../../graph/jsonRecord";

/**
 * Reads a document that is merged into another one. As in the provider, its lists keep their form
 * and order, and the names of its elements may have any case.
 *
 * @throws Error with the place, if it is not a policy document
 */
export function documentOfJson(text: string, place: string): PolicyDocument {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new Error(`${place} is not valid JSON: ${(error as Error).message}`, { cause: error });
  }
  if (!isRecord(json)) throw new Error(`${place} must be a JSON object.`);
  const statements = field(json, "Statement") ?? [];
  if (!Array.isArray(statements)) throw new Error(`${place}: Statement must be a list.`);
  return {
    version: string(field(json, "Version"), `${place}: Version`),
    id: string(field(json, "Id"), `${place}: Id`),
    statements: statements.map((statement, index) =>
      statementOf(statement, `${place}: Statement[${index}]`),
    ),
  };
}

const LISTS: readonly StatementList[] = ["Action", "NotAction", "Resource", "NotResource"];

function statementOf(json: unknown, place: string): PolicyStatement {
  if (!isRecord(json)) throw new Error(`${place} must be an object.`);
  const lists = LISTS.map((name) => [name, field(json, name)] as const);
  return {
    sid: string(field(json, "Sid"), `${place}.Sid`),
    effect: string(field(json, "Effect"), `${place}.Effect`),
    lists: Object.fromEntries(lists.filter(([, value]) => value !== undefined && value !== null)),
    principals: principalsOf(field(json, "Principal"), `${place}.Principal`),
    notPrincipals: principalsOf(field(json, "NotPrincipal"), `${place}.NotPrincipal`),
    conditions: conditionsOf(field(json, "Condition"), `${place}.Condition`),
  };
}

function principalsOf(json: unknown, place: string): Principals[] {
  if (json === undefined || json === null) return [];
  // Any string: IAM allows only "*".
  if (typeof json === "string") return [{ type: "*", identifiers: ["*"] }];
  if (!isRecord(json)) throw new Error(`${place} must be "*" or an object.`);
  return Object.entries(json).map(([type, value]) => ({
    type,
    identifiers: strings(value, `${place}.${type}`),
  }));
}

/** The provider leaves out a condition whose value is a number, and so AWS does not get it either. */
function conditionsOf(json: unknown, place: string): Condition[] {
  if (json === undefined || json === null) return [];
  if (!isRecord(json)) throw new Error(`${place} must be an object.`);
  return Object.entries(json).flatMap(([test, variables]) => {
    if (!isRecord(variables)) throw new Error(`${place}.${test} must be an object.`);
    return Object.entries(variables)
      .filter(([, value]) => typeof value !== "number")
      .map(([variable, value]) => ({
        test,
        variable,
        values:
          typeof value === "boolean"
            ? [String(value)]
            : strings(value, `${place}.${test}.${variable}`),
      }));
  });
}

function field(json: Readonly<Record<string, unknown>>, name: string): unknown {
  if (name in json) return json[name];
  const key = Object.keys(json).find((other) => other.toLowerCase() === name.toLowerCase());
  return key === undefined ? undefined : json[key];
}

function string(value: unknown, place: string): string {
  if (value === undefined || value === null) return "";
  if (typeof value === "string") return value;
  throw new Error(`${place} must be a string.`);
}

function strings(value: unknown, place: string): string[] {
  const list: unknown = typeof value === "string" ? [value] : value;
  if (Array.isArray(list) && list.every((item) => typeof item === "string")) return list;
  throw new Error(`${place} must be a string or a list of strings.`);
}
