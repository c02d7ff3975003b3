import { crossProblems } from "./cross/crossProblems";
import { given } from "./cross/given";
import { prefixSettingProblems } from "./cross/prefixSettingProblems";
import { defaultPrefixes } from "./defaultPrefixes";
import { isDeferred, isGroup, markDeferred } from "./deferred";
import { nameProblems } from "./nameProblems";
import { type Path, pathText, type Problem, show } from "./problem";
import { schemaProblems } from "./schemaProblems";
import { placeAt } from "./schemaTree";

/** Everything that is wrong with the name and the args of a pipeline; empty when all is well. */
export function settingsProblems(name: unknown, args: unknown): readonly Problem[] {
  const misnamed = nameProblems(name);
  if (isDeferred(args)) return [...misnamed, ...tooLate([["args"]])];
  if (!isGroup(args)) return [...misnamed, noArgs(args)];
  const { marked, deferred } = markDeferred(args);
  const alone = [...tooLate(deferred), ...schemaProblems(args, { marked, deferred })];
  const settings = given(marked, [...deferred, ...alone.map(({ path }) => path)]);
  const prefixes = defaultPrefixes(misnamed.length === 0 ? (name as string) : "name");
  const together = [...crossProblems(settings), ...prefixSettingProblems(settings, prefixes)];
  return [...misnamed, ...worthMending([...alone, ...together])];
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
function worthMending(problems: readonly Problem[]): readonly Problem[] {
  const surplus = new Map<string, Problem>();
  for (const problem of problems)
    if (problem.surplus === true && !surplus.has(pathText(problem.path)))
      surplus.set(pathText(problem.path), problem);
  return problems.filter((problem) => {
    const kept = surplus.get(pathText(problem.path));
    return kept === undefined || kept === problem;
  });
}
