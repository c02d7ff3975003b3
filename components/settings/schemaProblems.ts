import { closest, distance } from "fastest-levenshtein";
import type { MarkedArgs } from "./deferred";
import { type Path, pathText, type Problem, show } from "./problem";
import { settingsSchema } from "./schema";
import { fieldsOf, placeAt } from "./schemaTree";
import { valueAt } from "./valueAt";

/** Everything in the args that the schema refuses: unknown settings, wrong types, out of range. */
export function schemaProblems(args: object, { marked, deferred }: MarkedArgs): readonly Problem[] {
  const unjudged = new Set(deferred.map(pathText));
  const { error } = settingsSchema.safeParse(marked);
  const problems = (error?.issues ?? []).flatMap((issue) => {
    const path = issue.path.map((key) => (typeof key === "number" ? key : String(key)));
    if (issue.code === "unrecognized_keys")
      return issue.keys.map((key) => unknownSetting(path, key));
    if (issue.code === "invalid_key") return [refusedName(path)];
    return unjudged.has(pathText(path)) ? [] : [refusedValue(args, path)];
  });
  // Two checks may fail for one value.
  return [...new Map(problems.map((problem) => [pathText(problem.path), problem])).values()];
}

function refusedValue(args: object, path: Path): Problem {
  const { allowed, byDefault } = placeAt(path);
  const problem = { path, reason: `is ${show(valueAt(args, path))}`, allowed };
  return typeof byDefault === "number" ||
    typeof byDefault === "string" ||
    typeof byDefault === "boolean"
    ? { ...problem, suggestion: byDefault }
    : problem;
}

function refusedName(path: Path): Problem {
  const { allowed } = placeAt(path);
  return { path, reason: "has a name that is not allowed", allowed, mustBeRemoved: true };
}

function unknownSetting(parent: Path, key: string): Problem {
  const names = Object.keys(fieldsOf(placeAt(parent).schema));
  const nearest = closest(key, names);
  // Beyond a third of its letters, a suggestion is a guess.
  const suggestion = distance(key, nearest) <= Math.max(2, key.length / 3);
  return {
    path: [...parent, key],
    reason: `is not a setting${suggestion ? `; did you mean ${nearest}?` : ""}`,
    allowed: names.join(", "),
    mustBeRemoved: true,
  };
}
