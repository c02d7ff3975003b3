import { closest, distance } from "fastest-levenshtein";
import * as z from "zod";
import { type Problem, show } from "./problem";
import { settingsSchema } from "./schema";

/** What the schema says of a place in the settings. */
interface Place {
  readonly allowed: string;
  readonly byDefault?: unknown;
}

/** Everything in `plain` that the schema refuses: unknown settings, wrong types, out of range. */
export function schemaProblems(plain: object): readonly Problem[] {
  const { error } = settingsSchema.safeParse(plain);
  const problems = (error?.issues ?? []).flatMap((issue) =>
    issue.code === "unrecognized_keys"
      ? issue.keys.map((key) => unknownSetting(issue.path.map(String), key))
      : [refusedValue(plain, issue.path.map(String))],
  );
  // A union of checks may fail twice for one value.
  return [...new Map(problems.map((problem) => [problem.path.join("."), problem])).values()];
}

function refusedValue(plain: object, path: readonly string[]): Problem {
  const { allowed, byDefault } = placeAt(path);
  const problem = { path, reason: `is ${show(valueAt(plain, path))}`, allowed };
  return typeof byDefault === "number" ||
    typeof byDefault === "string" ||
    typeof byDefault === "boolean"
    ? { ...problem, accepted: byDefault }
    : problem;
}

function unknownSetting(parent: readonly string[], key: string): Problem {
  const names = settingNames(schemaAt(parent));
  const nearest = closest(key, names);
  // Beyond a third of its letters, a suggestion is a guess.
  const suggestion = distance(key, nearest) <= Math.max(2, key.length / 3);
  return {
    path: [...parent, key],
    reason: `is not a setting${suggestion ? `; did you mean ${nearest}?` : ""}`,
    allowed: names.join(", "),
    surplus: true,
  };
}

function valueAt(root: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === "object" && value !== null
        ? (value as Record<string, unknown>)[key]
        : undefined,
    root,
  );
}

/** The schema at a path, without the wrappers for defaults; ends early inside a map of tags. */
function schemaAt(path: readonly string[]): z.core.$ZodType {
  let schema: z.core.$ZodType = settingsSchema;
  for (const key of path) {
    const next = shapeOf(schema)[key];
    if (!next) return unwrap(schema);
    schema = next;
  }
  return schema;
}

function placeAt(path: readonly string[]): Place {
  const schema = schemaAt(path);
  const inner = unwrap(schema);
  const names = settingNames(inner);
  const allowed =
    z.globalRegistry.get(inner)?.allowed ?? `a group of settings: ${names.join(", ")}`;
  return schema instanceof z.ZodDefault
    ? { allowed, byDefault: schema.def.defaultValue }
    : { allowed };
}

function settingNames(schema: z.core.$ZodType): string[] {
  return Object.keys(shapeOf(schema));
}

/** The settings of a group by name; none for a single setting. */
function shapeOf(schema: z.core.$ZodType): z.core.$ZodShape {
  const inner = unwrap(schema);
  return inner instanceof z.ZodObject ? inner.shape : {};
}

/** The schema inside the wrappers for defaults and absence. */
function unwrap(schema: z.core.$ZodType): z.core.$ZodType {
  const { def } = schema._zod;
  return "innerType" in def ? unwrap(def.innerType as z.core.$ZodType) : schema;
}
