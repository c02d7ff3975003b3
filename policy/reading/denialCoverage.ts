import type { Pattern, Statement } from "./policyStatement";
import { allOf, anyOf, type Decision, UNKNOWN } from "./value";
import { coversPattern, mayOverlap } from "./wildcard";

/** What a grant covers: one pattern, or everything but some. */
export interface Granted {
  readonly pattern?: Pattern;
  readonly except?: readonly Pattern[];
}

/** An absent element, such as the Resource of a trust policy, is one without a pattern. */
export function elementsOf(
  patterns: readonly Pattern[] | undefined,
  excluded: readonly Pattern[] | undefined,
): readonly Granted[] {
  if (patterns !== undefined) return patterns.map((pattern) => ({ pattern }));
  return excluded === undefined ? [{}] : [{ except: excluded }];
}

/** Whether a Deny covers all that is granted of an action on a resource, whatever its conditions. */
export function coversAccess(
  denial: Statement,
  { action, resource }: { readonly action: Granted; readonly resource: Granted },
): Decision {
  return allOf([
    anyOf([
      coversElement({ only: denial.action, not: denial.notAction }, action, lowerCase),
      coversService(denial, action, resource),
    ]),
    anyOf([
      coversElement({ only: denial.resource, not: denial.notResource }, resource, asIs),
      coversBucket(denial, action, resource),
    ]),
  ]);
}

/** Whether every action is granted on a resource of the service all of whose actions are denied. */
function coversService(
  { action = [], notAction }: Statement,
  { pattern: granted }: Granted,
  { pattern: resource = "" }: Granted,
): Decision {
  const services = action.flatMap((denied) =>
    denied === UNKNOWN ? [] : (/^([a-z0-9-]+):\*+$/i.exec(denied)?.[1]?.toLowerCase() ?? []),
  );
  if (notAction !== undefined || services.length === 0 || !isStar(granted)) return false;
  if (resource === UNKNOWN) return UNKNOWN;
  return services.includes(/^arn:[^:]*:([^:]*):/.exec(resource)?.[1] ?? "");
}

/**
 * Whether an action of S3 is granted on `*` and denied on the bucket and all its objects. In the policy
 * of a bucket that is the same, because AWS rejects a policy that names another bucket.
 */
function coversBucket(
  { principals, notPrincipals, resource = [], notResource }: Statement,
  { pattern: action = "" }: Granted,
  { pattern: granted }: Granted,
): Decision {
  const isResourcePolicy = principals !== undefined || notPrincipals !== undefined;
  if (!isResourcePolicy || notResource !== undefined || !isStar(granted)) return false;
  const denied = resource.filter((pattern) => pattern !== UNKNOWN);
  const isWhole = denied.some(
    (bucket) =>
      /^arn:[^:]*:s3:[^:]*:[^:]*:[^/*?]+$/.test(bucket) &&
      denied.some((objects) => coversPattern(objects, `${bucket}/*`)),
  );
  return isWhole && (action === UNKNOWN ? UNKNOWN : action.toLowerCase().startsWith("s3:"));
}

function isStar(pattern: Pattern | undefined): boolean {
  return typeof pattern === "string" && /^\*+$/.test(pattern);
}

type Normalize = (pattern: string) => string;
/** Actions are not case-sensitive. */
const lowerCase: Normalize = (pattern) => pattern.toLowerCase();
const asIs: Normalize = (pattern) => pattern;

interface Denied {
  readonly only: readonly Pattern[] | undefined;
  readonly not: readonly Pattern[] | undefined;
}

function coversElement({ only, not }: Denied, granted: Granted, normalize: Normalize): Decision {
  if (only === undefined && not === undefined)
    return granted.pattern === undefined && granted.except === undefined;
  return allOf([
    only === undefined || anyOf(only.map((pattern) => coversGrant(pattern, granted, normalize))),
    not === undefined || allOf(not.map((pattern) => sparesGrant(pattern, granted, normalize))),
  ]);
}

/** Whether a pattern of a Deny matches all that is granted. */
function coversGrant(denied: Pattern, { pattern = "*" }: Granted, normalize: Normalize): Decision {
  if (denied === UNKNOWN) return UNKNOWN;
  if (isStar(denied)) return true;
  return pattern === UNKNOWN ? UNKNOWN : coversPattern(normalize(denied), normalize(pattern));
}

/** Whether a pattern that a Deny leaves out matches nothing that is granted. */
function sparesGrant(left: Pattern, { pattern, except }: Granted, normalize: Normalize): Decision {
  if (left === UNKNOWN) return UNKNOWN;
  const out = normalize(left);
  if (except !== undefined) {
    return anyOf(
      except.map((other) => (other === UNKNOWN ? UNKNOWN : coversPattern(normalize(other), out))),
    );
  }
  if (pattern === undefined) return false;
  if (pattern === UNKNOWN) return UNKNOWN;
  // A policy variable can have any value.
  return !`${out}${pattern}`.includes("${") && !mayOverlap(out, normalize(pattern));
}
