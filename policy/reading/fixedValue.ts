import { isChosenRange } from "./addressRanges";
import { hasWildcard } from "./wildcard";

/** Whether a value of a condition key is fixed: it stands for chosen callers only. */
export type Form = (value: string) => boolean;

/** The form of the fixed values of a condition key. */
export function formOf(key: string): Form {
  const name = key.slice(key.indexOf(":") + 1).toLowerCase();
  if (name === "sourceip") return isChosenRange;
  if (name === "userid") return isUserId;
  if (/(account|sourceowner)$/.test(name)) return isAccount;
  if (name.endsWith("orgpaths")) return isOrganizationPath;
  return name.endsWith("arn") || name.endsWith("kms-key-id") ? isOwnedArn : isFixed;
}

/**
 * Whether a value has neither a wildcard nor a policy variable. Values with wildcards are not fixed
 * for any operator: where `*` is no wildcard, the author probably took it for one.
 * Source: AWS Config Developer Guide, "kms-key-policy-no-public-access".
 */
function isFixed(value: string): boolean {
  return value !== "" && !hasWildcard(value) && !value.includes("${");
}

/** Not "anonymous", which is the account of requests without credentials. */
function isAccount(value: string): boolean {
  return /^[0-9]{12}$/.test(value);
}

/** Not "anonymous", which is the id of everyone without credentials. */
function isUserId(value: string): boolean {
  return isFixed(value) && value.toLowerCase() !== "anonymous";
}

/** `o-a1b2c3d4e5/*` is fixed: the organization is. */
function isOrganizationPath(value: string): boolean {
  const [organization = ""] = value.split("/");
  return isFixed(organization);
}

/**
 * Whether an ARN, or a pattern of ARNs, belongs to one account. As S3 does for access points, it can
 * have wildcards elsewhere. Without an account, the name must identify its owner.
 */
function isOwnedArn(value: string): boolean {
  const [arn, , service, , account = "", ...rest] = value.split(":");
  // A policy variable can contain colons, so that the account would be somewhere else.
  if (arn !== "arn" || value.split(":", 5).join().includes("$")) return false;
  if (isAccount(account)) return true;
  const name = rest.join(":");
  if (service === "s3") return isBucket(account, name);
  return !hasWildcard(account) && isFixed(name);
}

/**
 * The names of buckets are unique among all accounts, and their ARNs name none. Access points, whose
 * ARNs do, have a slash in their names.
 */
function isBucket(account: string, name: string): boolean {
  return isFixed(account === "" ? (name.split("/")[0] ?? "") : name.replaceAll("/", "*"));
}
