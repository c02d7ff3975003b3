import type { Condition, Pattern, Statement } from "../../reading/policyStatement";
import { allOf, anyOf, type Decision, UNKNOWN, type Unknown } from "../../reading/value";
import { isOnlyWildcards, matchesPattern } from "../../reading/wildcard";

/**
 * What a bucket policy lacks to deny every request without TLS, for messages; empty if it is complete,
 * `UNKNOWN` if that depends on unknown values.
 */
export function missingForTlsOnly(statements: readonly Statement[]): readonly string[] | Unknown {
  const denying = statements.filter((statement) => deniesPlainHttp(statement) !== false);
  if (denying.length === 0) {
    const attempts = statements.filter(testsSecureTransport).map(describeAttempt);
    return attempts.length > 0 ? attempts : ["it does not deny requests without TLS"];
  }
  const { bucket, objects } = coverage(denying.flatMap(deniedResources));
  if (bucket === false) return ["it does not deny requests without TLS to the bucket's ARN"];
  if (objects === false) return ['it does not deny requests without TLS to "<bucket ARN>/*"'];
  return allOf([bucket, objects]) === UNKNOWN ? UNKNOWN : [];
}

/** The requirements for a statement that denies plain HTTP, each with the message of its violation. */
const requirements: readonly (readonly [(statement: Statement) => Decision, string])[] = [
  [({ effect }) => (effect === UNKNOWN ? UNKNOWN : effect === "Deny"), 'its Effect is not "Deny"'],
  [({ everyone }) => everyone, 'its Principal is not "*"'],
  [deniesEveryAction, 'its Action is not "s3:*"'],
  [hasOnlyTlsCondition, 'its Condition is not just {"Bool": {"aws:SecureTransport": "false"}}'],
];

function deniesPlainHttp(statement: Statement): Decision {
  return allOf(requirements.map(([isMet]) => isMet(statement)));
}

function describeAttempt(statement: Statement): string {
  const unmet = requirements.filter(([isMet]) => isMet(statement) === false);
  return `${statement.path} tests aws:SecureTransport, but ${unmet.map(([, message]) => message).join(", ")}`;
}

function deniesEveryAction({ action = [] }: Statement): Decision {
  return anyOf(
    action.map((pattern) =>
      pattern === UNKNOWN ? UNKNOWN : isOnlyWildcards(pattern.replace(/^s3:/i, "")),
    ),
  );
}

/** With another condition, the statement would not deny plain HTTP when that one does not match. */
function hasOnlyTlsCondition({ conditions }: Statement): Decision {
  if (conditions === UNKNOWN) return UNKNOWN;
  const [condition] = conditions;
  return condition !== undefined && conditions.length === 1 && isPlainHttp(condition);
}

function isPlainHttp(condition: Condition): Decision {
  return allOf([
    ["Bool", "BoolIfExists"].includes(condition.operator),
    isSecureTransport(condition),
    condition.values.length > 0,
    ...condition.values.map((value) => (value === UNKNOWN ? UNKNOWN : value === "false")),
  ]);
}

function testsSecureTransport({ conditions }: Statement): boolean {
  return conditions !== UNKNOWN && conditions.some(isSecureTransport);
}

/** Condition keys are not case-sensitive. */
function isSecureTransport({ key }: Condition): boolean {
  return key.toLowerCase() === "aws:securetransport";
}

function deniedResources(statement: Statement): readonly Pattern[] {
  return deniesPlainHttp(statement) === true ? (statement.resource ?? []) : [UNKNOWN];
}

/**
 * Whether the patterns cover a bucket and every object in it, whichever bucket it is: AWS rejects a
 * policy that names another bucket.
 */
function coverage(patterns: readonly Pattern[]): { bucket: Decision; objects: Decision } {
  const names = patterns.filter((pattern) => pattern !== UNKNOWN).map(inS3);
  const ifNotFound = patterns.includes(UNKNOWN) ? UNKNOWN : false;
  const buckets = names.filter((name) => !name.includes("/"));
  // No pattern contains this character, so that only a wildcard at the end can match it.
  const anyObject = (bucket: string) => `${bucket}/\u0000`;
  const coversAll = buckets.some((bucket) =>
    names.some((name) => matchesPattern(name, anyObject(bucket))),
  );
  return { bucket: buckets.length > 0 || ifNotFound, objects: coversAll || ifNotFound };
}

/** The part of an S3 ARN after the account: `bucket`, `bucket/key` or a pattern of them. */
function inS3(pattern: string): string {
  return pattern.replace(/^arn:[^:]*:s3:[^:]*:[^:]*:/, "");
}
