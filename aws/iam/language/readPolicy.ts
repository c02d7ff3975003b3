import { quote } from "../../../components/prefix/quote";
import type { IamPolicy, PolicyVersion } from "./iamPolicy";
import { objectOf, rejectUnknown, type ReportProblem, shown } from "./reading/elements";
import { readStatement } from "./reading/readStatement";

/**
 * Reads a policy in JSON as strictly as AWS does: a policy that is misread could allow or deny
 * requests unnoticed.
 *
 * Source: IAM User Guide, "Grammar of the IAM JSON policy language".
 *
 * @param name name of the policy in grants, e.g. "role policy user-events-delivery"
 * @throws one error that lists all problems
 */
export function readPolicy(name: string, json: string): IamPolicy {
  const problems: string[] = [];
  const policy = readDocument(name, json, (problem) => problems.push(problem));
  if (policy && problems.length === 0) return policy;
  const list = problems.map((problem) => `  ${problem}`).join("\n");
  throw new Error(`The ${name} cannot be read:\n${list}`);
}

function readDocument(name: string, json: string, report: ReportProblem): IamPolicy | undefined {
  const document = objectOf(parseJson(json, report), "a policy", report);
  if (!document) return undefined;
  for (const key of repeatedKeys(json)) {
    report(`${quote(key)} appears twice in one object; allowed: once`);
  }
  rejectUnknown(document, ["Version", "Id", "Statement"], "a policy", report);
  const version = readVersion(document["Version"], report);
  const { Statement: written = [] } = document;
  const list: readonly unknown[] = Array.isArray(written) ? written : [written];
  if (list.length === 0) report("Statement is missing or empty; allowed: one or more statements");
  const statements = list.flatMap(
    (statement, index) => readStatement(statement, index + 1, version, report) ?? [],
  );
  rejectRepeatedSids(statements, report);
  return { name, version, statements };
}

function parseJson(json: string, report: ReportProblem): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    report(`not JSON: ${(error as Error).message}`);
    return undefined;
  }
}

function readVersion(version: unknown, report: ReportProblem): PolicyVersion {
  if (version === undefined || version === "2008-10-17") return "2008-10-17";
  if (version !== "2012-10-17")
    report(`Version is ${shown(version)}; allowed: "2012-10-17", "2008-10-17"`);
  return "2012-10-17";
}

/** Grants identify their statement by its Sid. */
function rejectRepeatedSids(statements: readonly { sid: string }[], report: ReportProblem): void {
  const sids = statements.map(({ sid }) => sid);
  for (const sid of new Set(sids.filter((sid, index) => sids.indexOf(sid) !== index))) {
    report(`Sid ${quote(sid)} names several statements; allowed: one`);
  }
}

/**
 * The keys that appear twice in one object. `JSON.parse` silently keeps the last of them: of two
 * `Condition` elements, one would be lost.
 */
function repeatedKeys(json: string): readonly string[] {
  const repeated: string[] = [];
  const objects: Set<string>[] = [];
  for (const [token, key] of json.matchAll(/("(?:[^"\\]|\\.)*")\s*:|"(?:[^"\\]|\\.)*"|[{}]/gu)) {
    if (token === "{") objects.push(new Set());
    else if (token === "}") objects.pop();
    else if (key !== undefined) {
      const name = JSON.parse(key) as string;
      const keys = objects.at(-1);
      if (keys?.has(name)) repeated.push(name);
      keys?.add(name);
    }
  }
  return repeated;
}
