import { readStatement, unknownStatement } from "./policyStatement";
import type { Statement } from "./policyStatement";
import { UNKNOWN, asList, isObject } from "./value";
import type { Value } from "./value";

/**
 * An IAM policy document, normalized from the forms that the grammar allows: JSON string or object,
 * one statement or a list, one action or a list.
 * Grammar: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export interface PolicyDocument {
  readonly statements: readonly Statement[];
  /** What AWS would reject, as sentences without values. Readable statements are kept. */
  readonly problems: readonly string[];
}

/** Reads a document. `undefined` if there is no document. Never throws. */
export function readPolicyDocument(value: Value | undefined): PolicyDocument | undefined {
  return readDocument(value, ["Action", "Resource"]);
}

/** Reads the trust policy of a role, whose statements have no Resource. */
export function readTrustPolicy(value: Value | undefined): PolicyDocument | undefined {
  return readDocument(value, ["Action"]);
}

function readDocument(
  value: Value | undefined,
  required: readonly string[],
): PolicyDocument | undefined {
  if (value === undefined) return undefined;
  if (value === UNKNOWN) return { statements: [unknownStatement("Statement[0]")], problems: [] };
  const document = typeof value === "string" ? parseJson(value) : value;
  if (document === undefined) return broken("is not valid JSON");
  if (!isObject(document)) return broken("is not a JSON object");
  const listed = asList(document["Statement"]);
  if (listed.length === 0) return broken("has no Statement");
  const problems: string[] = [];
  const statements = listed.flatMap((statement, index) =>
    readStatement(statement, `Statement[${index}]`, required, problems),
  );
  return { statements, problems };
}

function broken(problem: string): PolicyDocument {
  return { statements: [], problems: [problem] };
}

/** Enough for the documents of a large stack, which many rules read one after the other. */
const parsedLimit = 5_000;
const parsed = new Map<string, { readonly value: Value | undefined }>();

function parseJson(json: string): Value | undefined {
  const known = parsed.get(json);
  if (known !== undefined) return known.value;
  if (parsed.size === parsedLimit) parsed.clear();
  const value = parseAgain(json);
  parsed.set(json, { value });
  return value;
}

function parseAgain(json: string): Value | undefined {
  try {
    return JSON.parse(json) as Value;
  } catch {
    return undefined;
  }
}
