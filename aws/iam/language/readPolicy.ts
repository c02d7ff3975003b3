import { quote } from "../../../components/prefix/quote";
import type { IamPolicy, PolicyVersion } from "./iamPolicy";
import { objectOf, refuseUnknown, type Report, shown } from "./reading/elements";
import { readStatement } from "./reading/readStatement";

export type { IamPolicy } from "./iamPolicy";

/**
 * Reads the JSON text of a policy, as strictly as AWS does: a policy that is misunderstood could
 * allow or deny in silence.
 *
 * Source: IAM User Guide, "Grammar of the IAM JSON policy language".
 *
 * @param name what a grant calls it, e.g. "role policy user-events-delivery"
 * @throws one error that names everything that is wrong with it
 */
export function readPolicy(name: string, text: string): IamPolicy {
  const problems: string[] = [];
  const policy = readDocument(name, text, (problem) => problems.push(problem));
  if (policy && problems.length === 0) return policy;
  const list = problems.map((problem) => `  ${problem}`).join("\n");
  throw new Error(`The ${name} cannot be read:\n${list}`);
}

function readDocument(name: string, text: string, report: Report): IamPolicy | undefined {
  const document = objectOf(parseJson(text, report), "a policy", report);
  if (!document) return undefined;
  for (const key of repeatedKeys(text)) {
    report(`${quote(key)} stands twice in one object; allowed: once`);
  }
  refuseUnknown(document, ["Version", "Id", "Statement"], "a policy", report);
  const version = readVersion(document["Version"], report);
  const { Statement: written = [] } = document;
  const list: readonly unknown[] = Array.isArray(written) ? written : [written];
  if (list.length === 0) report("Statement is missing or empty; allowed: one or more statements");
  const statements = list.flatMap(
    (statement, index) => readStatement(statement, index + 1, version, report) ?? [],
  );
  refuseRepeatedSids(statements, report);
  return { name, version, statements };
}

function parseJson(text: string, report: Report): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    report(`not JSON: ${(error as Error).message}`);
    return undefined;
  }
}

function readVersion(version: unknown, report: Report): PolicyVersion {
  if (version === undefined || version === "2008-10-17") return "2008-10-17";
  if (version !== "2012-10-17")
    report(`Version is ${shown(version)}; allowed: "2012-10-17", "2008-10-17"`);
  return "2012-10-17";
}

/** A grant is told by its Sid. */
function refuseRepeatedSids(statements: readonly { sid: string }[], report: Report): void {
  const sids = statements.map(({ sid }) => sid);
  for (const sid of new Set(sids.filter((sid, index) => sids.indexOf(sid) !== index))) {
    report(`Sid ${quote(sid)} names several statements; allowed: one`);
  }
}

/**
 * The keys that stand twice in one object of a JSON text. `JSON.parse` keeps the last of them in
 * silence: of two `Condition` elements, one would be lost.
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
