import { readFileSync } from "node:fs";
import { type Exemption, type ExemptionList, shownFile } from "./exemption";
import { entryProblems, isObject } from "./exemptionFields";

/**
 * Reads the content of an exemption file: a JSON list, or an object with the list in `exemptions`, which
 * can also name a `$schema`. An entry with a problem has no effect.
 *
 * @param file its path, for messages and reports
 * @param policies the names of the rules that exemptions can be from
 */
export function readExemptions(
  file: string,
  content: string,
  policies: readonly string[],
): ExemptionList {
  const parsed = parseJson(content);
  const problem = (what: string): ExemptionList => ({
    exemptions: [],
    problems: [`${shownFile(file)} ${what}: no exemption in it is in effect.`],
  });
  if (parsed === undefined) return problem("is not valid JSON");
  const entries = isObject(parsed) ? parsed["exemptions"] : parsed;
  if (!Array.isArray(entries))
    return problem("is neither a JSON list nor an object with the list in exemptions");
  const others = Object.keys(isObject(parsed) ? parsed : {}).filter(
    (name) => name !== "exemptions" && name !== "$schema",
  );
  if (others.length > 0)
    return problem(`contains ${others.join(", ")}; only $schema and exemptions are supported`);
  return readEntries(file, entries as readonly unknown[], policies);
}

/**
 * Reads the exemptions in the policy config of a rule: entries without `policy`.
 *
 * @param policy the name of the rule
 */
export function readConfigExemptions(policy: string, entries: unknown): ExemptionList {
  const place = `the policy config of ${policy}`;
  if (!Array.isArray(entries))
    return {
      exemptions: [],
      problems: [`In ${place}, exemptions is not a list: none is in effect.`],
    };
  const ofRule = entries.map((entry: unknown): unknown =>
    isObject(entry) ? { policy, ...entry } : entry,
  );
  return readEntries(place, ofRule, [policy]);
}

/** Reads exemption files. Never throws: the pack must start, and report the problems. */
export function readExemptionFiles(
  files: readonly string[],
  policies: readonly string[],
): ExemptionList {
  const lists = files.map((file) => readExemptionFile(file, policies));
  return {
    exemptions: lists.flatMap(({ exemptions }) => exemptions),
    problems: lists.flatMap(({ problems }) => problems),
  };
}

function readExemptionFile(file: string, policies: readonly string[]): ExemptionList {
  try {
    return readExemptions(file, readFileSync(file, "utf8"), policies);
  } catch (error) {
    const problem = `${shownFile(file)} cannot be read (${(error as Error).message})`;
    return { exemptions: [], problems: [`${problem}: no exemption in it is in effect.`] };
  }
}

function readEntries(
  file: string,
  entries: readonly unknown[],
  policies: readonly string[],
): ExemptionList {
  const read = entries.map((entry, index) => {
    const problems = entryProblems(entry, policies);
    const problem = `In ${shownFile(file)}, exemption ${index + 1} is not in effect: ${problems.join("; ")}.`;
    return problems.length > 0 ? problem : { ...(entry as Exemption), file };
  });
  return {
    exemptions: read.filter((entry) => typeof entry !== "string"),
    problems: read.filter((entry) => typeof entry === "string"),
  };
}

function parseJson(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return undefined;
  }
}
