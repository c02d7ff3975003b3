import { crossProblems } from "./cross/crossProblems";
import { settingsView } from "./cross/settingsView";
import { prefixSettingProblems } from "./cross/prefixSettingProblems";
import { isDeferred, isGroup, markDeferred } from "./deferred";
import { defaultPrefixes } from "./groups/delivery";
import { type Path, pathText, type Problem, show } from "./problem";
import { schemaProblems } from "./schemaProblems";
import { placeAt } from "./schemaTree";

/** Everything that is wrong with the name and the args of a pipeline; empty when all is well. */
export function settingsProblems(name: unknown, args: unknown): readonly Problem[] {
  const nameErrors = nameProblems(name);
  if (isDeferred(args)) return [...nameErrors, ...tooLate([["args"]])];
  if (!isGroup(args)) return [...nameErrors, noArgs(args)];
  const { marked, deferred } = markDeferred(args);
  const ownProblems = [...tooLate(deferred), ...schemaProblems(args, { marked, deferred })];
  const settings = settingsView(marked, [...deferred, ...ownProblems.map(({ path }) => path)]);
  const prefixes = defaultPrefixes(nameErrors.length === 0 ? (name as string) : "name");
  const jointProblems = [...crossProblems(settings), ...prefixSettingProblems(settings, prefixes)];
  return [...nameErrors, ...withoutRedundant([...ownProblems, ...jointProblems])];
}

function noArgs(args: unknown): Problem {
  return { path: ["args"], reason: `is ${show(args)}`, allowed: placeAt([]).allowed };
}

function tooLate(deferred: readonly Path[]): readonly Problem[] {
  return deferred
    .filter((path) => placeAt(path).decisive)
    .map((path) => ({
      path,
      reason: "is an Output, but decides which resources there are",
      allowed: "a value that is known when the program runs",
    }));
}

/** All but other problems of what should not be there at all. */
function withoutRedundant(problems: readonly Problem[]): readonly Problem[] {
  const surplus = new Map<string, Problem>();
  for (const problem of problems)
    if (problem.mustBeRemoved === true && !surplus.has(pathText(problem.path)))
      surplus.set(pathText(problem.path), problem);
  return problems.filter((problem) => {
    const kept = surplus.get(pathText(problem.path));
    return kept === undefined || kept === problem;
  });
}

/**
 * The name of a pipeline begins the physical name of each resource. Buckets allow lower-case
 * letters, digits and hyphens only, and keep a few beginnings to themselves (S3 User Guide, "Bucket
 * naming rules"); 40 characters leave room for `-access-logs` and Pulumi's suffix of 8 in a bucket's
 * name of 63, and for `-delivery` in a role's of 64 (IAM API, CreateRole).
 */
export const namePattern = /^(?!xn--|sthree-|amzn-s3-demo-)[a-z][a-z0-9-]{0,38}[a-z0-9]$/;

function nameProblems(name: unknown): readonly Problem[] {
  if (typeof name === "string" && namePattern.test(name)) return [];
  return [
    {
      path: ["name"],
      reason: `is ${show(name)}`,
      allowed:
        "2 to 40 lower-case letters, digits and hyphens, starting with a letter, but not with xn--, sthree- or amzn-s3-demo-",
      suggestion: "user-events",
    },
  ];
}
