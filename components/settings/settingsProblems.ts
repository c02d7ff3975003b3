import { crossProblems } from "./cross/crossProblems";
import { prefixSettingProblems } from "./cross/prefixSettingProblems";
import { settingsView } from "./cross/settingsView";
import { isDeferred, isGroup, markDeferred } from "./deferred";
import { type FeatureDefaults, featureDefaults } from "./featureDefaults";
import { featuresOf } from "./features";
import { type Path, pathText, type Problem, shownValue } from "./problem";
import { schemaProblems } from "./schemaProblems";
import { placeAt } from "./schemaTree";

/** Everything that is wrong with the name and the args of a pipeline; empty if both are valid. */
export function settingsProblems(name: unknown, args: unknown): readonly Problem[] {
  const nameErrors = nameProblems(name);
  if (isDeferred(args)) return [...nameErrors, ...deferredProblems([["args"]])];
  if (!isGroup(args)) return [...nameErrors, notArgs(args)];
  const { marked, deferred } = markDeferred(args);
  const ownProblems = [
    ...deferredProblems(deferred),
    ...schemaProblems(args, { marked, deferred }),
  ];
  const settings = settingsView(marked, [...deferred, ...ownProblems.map(({ path }) => path)]);
  const features = featuresOf(marked);
  const isNamed = nameErrors.length === 0;
  const defaults = featureDefaults(isNamed ? (name as string) : exampleName, features);
  const jointProblems = [
    ...crossProblems(settings, features, defaults),
    ...prefixSettingProblems(settings, features, defaults),
  ];
  const fixable = ownProblems.map((problem) => withDefault(problem, defaults));
  return [...nameErrors, ...withoutRedundant([...fixable, ...jointProblems])];
}

/** With the default that applies with the features that are on, in place of another one. */
function withDefault(problem: Problem, defaults: FeatureDefaults): Problem {
  const [group, setting = ""] = problem.path;
  if (problem.suggestion === undefined || group !== "delivery") return problem;
  const suggestion = Object.entries(defaults.delivery).find(([name]) => name === setting)?.[1];
  return suggestion === undefined ? problem : { ...problem, suggestion };
}

function notArgs(args: unknown): Problem {
  return { path: ["args"], reason: `is ${shownValue(args)}`, allowed: placeAt([]).allowed };
}

/** Deferred values at places that must be known when the program runs. */
function deferredProblems(deferred: readonly Path[]): readonly Problem[] {
  return deferred
    .filter((path) => placeAt(path).decisive)
    .map((path) => ({
      path,
      reason: "is an Output, but determines which resources exist",
      allowed: "a value that is known when the program runs",
    }));
}

/** Of a setting that must be removed, only that problem: removal also fixes the others. */
function withoutRedundant(problems: readonly Problem[]): readonly Problem[] {
  const removals = new Map<string, Problem>();
  for (const problem of problems)
    if (problem.mustBeRemoved === true && !removals.has(pathText(problem.path)))
      removals.set(pathText(problem.path), problem);
  return problems.filter((problem) => {
    const removal = removals.get(pathText(problem.path));
    return removal === undefined || removal === problem;
  });
}

/**
 * The name of a pipeline begins the physical name of each resource. Bucket names consist of
 * lowercase letters, digits and hyphens, and some beginnings are reserved (S3 User Guide, "Bucket
 * naming rules"). 40 characters leave room for `-access-logs` and Pulumi's suffix of 8 in a bucket's
 * name of 63, and for `-delivery` in a role's of 64 (IAM API, CreateRole).
 */
export const namePattern = /^(?!xn--|sthree-|amzn-s3-demo-)[a-z][a-z0-9-]{0,38}[a-z0-9]$/;

/** Suggested instead of a name that is not allowed. */
const exampleName = "user-events";

function nameProblems(name: unknown): readonly Problem[] {
  if (typeof name === "string" && namePattern.test(name)) return [];
  return [
    {
      path: ["name"],
      reason: `is ${shownValue(name)}`,
      allowed:
        "2 to 40 lowercase letters, digits and hyphens, starting with a letter, but not with xn--, sthree- or amzn-s3-demo-",
      suggestion: exampleName,
    },
  ];
}
