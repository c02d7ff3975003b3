import type { Condition, Pattern, Statement } from "../../reading/policyStatement";
import { allOf, anyOf, type Decision, UNKNOWN, type Unknown } from "../../reading/value";
import { isOnlyWildcards, matchesPattern } from "../../reading/wildcard";

/** What a policy must deny without TLS. */
export interface TlsRequirement {
  /** `s3:*` for all actions of a service, or one action. */
  readonly action: string;
  /**
   * What the denied resources lack, for the message.
   *
   * @param patterns the resources of all statements that deny the action without TLS
   */
  readonly missing: (patterns: readonly Pattern[]) => string | Unknown | undefined;
}

/**
 * What a policy lacks to deny requests without TLS, for messages; empty if it is complete, `UNKNOWN`
 * if that depends on unknown values.
 */
export function missingForTlsOnly(
  statements: readonly Statement[],
  { action, missing }: TlsRequirement,
): readonly string[] | Unknown {
  const requirements = requirementsFor(action);
  const denies = (statement: Statement): Decision =>
    allOf(requirements.map(([isMet]) => isMet(statement)));
  const denying = statements.filter((statement) => denies(statement) !== false);
  if (denying.length === 0) {
    const attempts = statements
      .filter(testsSecureTransport)
      .map((statement) => describeAttempt(statement, requirements));
    return attempts.length > 0 ? attempts : ["it does not deny requests without TLS"];
  }
  const lacking = missing(
    denying.flatMap((statement) =>
      denies(statement) === true ? (statement.resource ?? []) : [UNKNOWN],
    ),
  );
  if (lacking === UNKNOWN) return UNKNOWN;
  return lacking === undefined ? [] : [`it does not deny requests without TLS to ${lacking}`];
}

/** A requirement for a statement that denies plain HTTP, with the message of its violation. */
type StatementRequirement = readonly [(statement: Statement) => Decision, string];

function requirementsFor(action: string): readonly StatementRequirement[] {
  return [
    [
      ({ effect }) => (effect === UNKNOWN ? UNKNOWN : effect === "Deny"),
      'its Effect is not "Deny"',
    ],
    [({ everyone }) => everyone, 'its Principal is not "*"'],
    [(statement) => deniesAction(statement, action), `its Action is not "${action}"`],
    [hasOnlyTlsCondition, 'its Condition is not just {"Bool": {"aws:SecureTransport": "false"}}'],
  ];
}

function describeAttempt(
  statement: Statement,
  requirements: readonly StatementRequirement[],
): string {
  const unmet = requirements.filter(([isMet]) => isMet(statement) === false);
  return `${statement.path} tests aws:SecureTransport, but ${unmet.map(([, message]) => message).join(", ")}`;
}

/** Actions are not case-sensitive. */
function deniesAction({ action = [] }: Statement, wanted: string): Decision {
  const [service = "", name] = wanted.split(":");
  return anyOf(
    action.map((pattern) => {
      if (pattern === UNKNOWN) return UNKNOWN;
      const denied = pattern.toLowerCase();
      if (name !== "*") return matchesPattern(denied, wanted.toLowerCase());
      return isOnlyWildcards(
        denied.startsWith(`${service}:`) ? denied.slice(service.length + 1) : denied,
      );
    }),
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
