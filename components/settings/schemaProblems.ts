import { closest, distance } from "fastest-levenshtein";
import { isGroup, type MarkedArgs } from "./deferred";
import { type Path, pathText, type Problem, shownValue } from "./problem";
import { settingsSchema } from "./schema";
import { childOf, fieldsOf, hasNames, kindOf, placeAt, type Schema } from "./schemaTree";
import { valueAt } from "./valueAt";

/** Everything in the args that the schema rejects: unknown settings, wrong types, out of range. */
export function schemaProblems(args: object, { marked, deferred }: MarkedArgs): readonly Problem[] {
  const deferredPlaces = new Set(deferred.map(pathText));
  const { error } = settingsSchema.safeParse(marked);
  const problems = (error?.issues ?? []).flatMap((issue) => {
    const path = issue.path.map((key) => (typeof key === "number" ? key : String(key)));
    if (issue.code === "unrecognized_keys")
      return issue.keys.map((key) => unknownSetting(path, key));
    if (issue.code === "invalid_key") return [rejectedName(path)];
    return deferredPlaces.has(pathText(path)) ? [] : [rejectedValue(args, path)];
  });
  const all = [...problems, ...reservedNames(marked, settingsSchema).map(reservedName)];
  // One value may fail two checks.
  return [...new Map(all.map((problem) => [pathText(problem.path), problem])).values()];
}

function rejectedValue(args: object, path: Path): Problem {
  const { allowed, defaultValue, schema } = placeAt(path);
  const value = valueAt(args, path);
  // In YAML, 1.10 without quotes is the number 1.1.
  const isBareNumber = kindOf(schema) === "string" && typeof value === "number";
  const reason = isBareNumber
    ? `is the number ${shownValue(value)}, not a string`
    : `is ${shownValue(value)}`;
  const problem = { path, reason, allowed };
  return typeof defaultValue === "number" ||
    typeof defaultValue === "string" ||
    typeof defaultValue === "boolean"
    ? { ...problem, suggestion: defaultValue }
    : problem;
}

function rejectedName(path: Path): Problem {
  const { allowed } = placeAt(path);
  return { path, reason: "has a name that is not allowed", allowed, mustBeRemoved: true };
}

/**
 * The places of names that JavaScript would not pass on. Zod reports them in groups, where they are
 * not settings, but leaves them out of maps.
 */
function reservedNames(value: unknown, schema: Schema, path: Path = []): readonly Path[] {
  if (!hasNames(schema) || !isGroup(value)) return [];
  const isMap = Object.keys(fieldsOf(schema)).length === 0;
  return Object.entries(value).flatMap(([key, child]) => {
    const place = [...path, key];
    const field = childOf(schema, key);
    return [
      ...(isMap && key === "__proto__" ? [place] : []),
      ...(field === undefined ? [] : reservedNames(child, field, place)),
    ];
  });
}

function reservedName(path: Path): Problem {
  return { path, reason: "has a reserved name", allowed: "any other name", mustBeRemoved: true };
}

function unknownSetting(parent: Path, key: string): Problem {
  const names = Object.keys(fieldsOf(placeAt(parent).schema));
  const nearest = closest(key, names);
  // If more than a third of the letters differ, the nearest name is a guess.
  const isTypo = distance(key, nearest) <= Math.max(2, key.length / 3);
  return {
    path: [...parent, key],
    reason: `is not a setting${isTypo ? `; did you mean ${nearest}?` : ""}`,
    allowed: names.join(", "),
    mustBeRemoved: true,
  };
}
