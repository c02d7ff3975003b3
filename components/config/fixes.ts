import { type FeatureDefaults, featureDefaults } from "../settings/featureDefaults";
import { featuresOf } from "../settings/features";
import { type Path, pathText, type Problem } from "../settings/problem";
import { boundsOf, itemOf, kindOf, longestList, placeAt, valuesOf } from "../settings/schemaTree";
import { changedAt, valueAt } from "../settings/valueAt";
import { arnVariants } from "./arnVariants";
import type { Step } from "./configCommand";

/** The settings of a stack with the pipeline's name, as they are checked together. */
export type Root = Readonly<Record<string, unknown>>;

/** Changes that fix a problem together. */
export type Fix = readonly Step[];

/** What a fix is tried on. */
export interface Trial {
  readonly root: Root;
  /** All problems of the root. */
  readonly problems: readonly Problem[];
  readonly check: (root: Root) => readonly Problem[];
  /** Region of the provider, for examples. */
  readonly region?: string | undefined;
}

/**
 * The changes that fix a problem. Each candidate is tried: the first one after which the problem is
 * gone, and no other one appears, is the fix. Candidates come in the order in which a user would
 * prefer them, and keep as much of the group as possible.
 */
export function fixOf(problem: Problem, { root, problems, check, region }: Trial): Fix {
  const before = new Set(problems.map(identity));
  const place = pathText(problem.path);
  let second: Fix | undefined;
  for (const fix of candidates(problem, root, region)) {
    const after = check(applied(root, fix));
    const keys = after.map(identity);
    const isSmaller = after.length < problems.length && keys.every((key) => before.has(key));
    if (isSmaller && (isRemovalOfItem(fix) || !keys.includes(identity(problem)))) return fix;
    if (!after.some(({ path }) => pathText(path) === place)) second ??= fix;
  }
  // Without the whole key, nothing in it can be wrong.
  return second ?? [{ path: problem.path.slice(0, 1) }];
}

function identity({ path, reason }: Problem): string {
  return `${pathText(path)} ${reason}`;
}

/** The items behind it move up, and may have the same problem. */
function isRemovalOfItem([step]: Fix): boolean {
  return step !== undefined && step.value === undefined && typeof step.path.at(-1) === "number";
}

function applied(root: Root, fix: Fix): Root {
  return fix.reduce((changed, { path, value }) => changedAt(changed, path, value) as Root, root);
}

function* candidates(problem: Problem, root: Root, region?: string): Generator<Fix> {
  const { path, suggestion, mustBeRemoved } = problem;
  if (mustBeRemoved === true) yield [{ path }];
  if (suggestion !== undefined) yield [{ path, value: suggestion }];
  yield* shorter(path, valueAt(root, path));
  for (const value of examples(path, root, region)) yield [{ path, value }];
  for (let length = path.length; length > 0; length--) yield [{ path: path.slice(0, length) }];
}

/** Of a list or map with too many entries, without the last ones; of a single value, a list of it. */
function* shorter(path: Path, value: unknown): Generator<Fix> {
  const { schema } = placeAt(path);
  const item = itemOf(schema);
  if (item !== undefined && typeof value === "string") {
    const place = { path: [...path, 0], value };
    yield [{ path }, place];
  }
  if (typeof value !== "object" || value === null) return;
  const names: readonly (string | number)[] = Array.isArray(value)
    ? value.map((_, index) => index)
    : Object.keys(value);
  const most = Array.isArray(value) ? longestList(schema) : mostEntries;
  const excess = names.slice(Math.min(most, names.length)).reverse();
  if ((Array.isArray(value) || isMap(path)) && excess.length > 0)
    yield excess.map((name) => ({ path: [...path, name] }));
}

function isMap(path: Path): boolean {
  return path[0] === "tags" || pathText(path) === "partitioning.keys";
}

/** Of tags, and of partition keys. */
const mostEntries = 50;

/** Values that a place may accept, the most likely ones first. */
function* examples(path: Path, root: Root, region?: string): Generator<boolean | number | string> {
  const { schema, defaultValue, example } = placeAt(path);
  const kind = kindOf(schema);
  const current = valueAt(root, path);
  if (typeof defaultValue === kind) yield defaultValue as boolean | number | string;
  if (kind === "number" && valuesOf(schema).length === 0) {
    const { min, max } = boundsOf(schema);
    yield typeof current === "number" ? Math.min(max, Math.max(min, Math.ceil(current))) : min;
  }
  yield* valuesOf(schema);
  if (kind !== "string") return;
  if (path[0] === "tags") yield* tagValues(current);
  if (example?.startsWith("arn:") === true) {
    yield* arnVariants(current, root, region);
    yield* arnVariants(example, root, region);
  } else if (example !== undefined) yield* accountWithZero(path, current);
  if (example !== undefined) yield example;
  yield* stringExamples[path.join(".")]?.(root) ?? [];
}

/** What a tag can have of a value: nothing but allowed characters, and not too many. */
function* tagValues(value: unknown): Generator<string> {
  if (typeof value === "number") yield String(value);
  if (typeof value !== "string") return;
  const allowed = value.replace(/[^\p{L}\p{Z}\p{N}_.:/=+\-@]/gu, "-").replace(/^(?:aws:)+/i, "");
  yield Array.from(allowed).slice(0, 256).join("");
}

/**
 * YAML reads 012345678901 without quotes as a number. Shorter numbers may have been octal, and so of
 * other digits.
 */
function* accountWithZero(path: Path, value: unknown): Generator<string> {
  const isAccount = path.at(-1) === "bucketAccountId";
  if (isAccount && typeof value === "string" && /^\d{11}$/.test(value)) yield `0${value}`;
}

const stringExamples: Readonly<Record<string, (root: Root) => readonly string[]>> = {
  "delivery.fileExtension": () => [".json", ".json.zip", ".json.snappy", ".parquet", ".orc"],
  "delivery.prefix": (root) => [defaultsOf(root).delivery.prefix],
  "delivery.errorPrefix": (root) => [
    defaultsOf(root).delivery.errorPrefix,
    "failed/!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd}/",
  ],
  "backup.prefix": (root) => [defaultsOf(root).backup.prefix ?? "backup/"],
  "backup.errorPrefix": (root) => [defaultsOf(root).backup.errorPrefix ?? "backup-errors/"],
};

function defaultsOf(root: Root): FeatureDefaults {
  return featureDefaults(nameOf(root), featuresOf(root));
}

function nameOf({ name }: Root): string {
  return typeof name === "string" ? name : "user-events";
}
