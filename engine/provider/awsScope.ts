import {
  isGroup,
  type Properties,
  type PropertyValue,
  revealed,
  Unknown,
} from "../graph/resourceGraph";
import { dnsSuffixOf, partitionOf } from "./partition";

/** Where a provider creates resources. What cannot be known offline is unknown. */
export interface AwsScope {
  readonly region: PropertyValue;
  readonly account: PropertyValue;
  readonly partition: PropertyValue;
  /** End of the domain names in the partition, e.g. `amazonaws.com`. */
  readonly dnsSuffix: PropertyValue;
  /** Added to the tags of each resource. Unknown, or contains unknown values, as in the program. */
  readonly defaultTags: PropertyValue;
}

/** The account id that AWS uses in its documentation, for a stack whose config names no account. */
export const ASSUMED_ACCOUNT = "123456789012";

/** Settings of a provider that choose other credentials, and so possibly another account. */
const CREDENTIALS: readonly string[] = [
  "accessKey",
  "profile",
  "secretKey",
  "sharedConfigFiles",
  "sharedCredentialsFiles",
  "token",
];

/**
 * The scope of the resources without an explicit provider. The account is the one that the config
 * names, or else the one of AWS's documentation.
 *
 * @param config the stack's config: full key -> string, e.g. `aws:defaultTags` -> JSON
 */
export function stackScope(region: string, config: Readonly<Record<string, string>>): AwsScope {
  const prefix = "aws:";
  const settings = Object.entries(config)
    .filter(([key]) => key.startsWith(prefix))
    .map(([key, value]) => [key.slice(prefix.length), value] as const);
  const inputs: Properties = Object.fromEntries(settings);
  const named = namedAccount(inputs);
  return {
    region,
    account: named?.account ?? ASSUMED_ACCOUNT,
    ...partitionOf(region),
    defaultTags: defaultTags(inputs),
  };
}

/**
 * The scope of an explicit provider. It shares the credentials of the stack if it does not set any,
 * but not the stack's config: without a region, it takes one from the environment.
 *
 * @param inputs of the provider; the SDKs encode its lists and objects as JSON
 */
export function providerScope(inputs: Properties, stack: AwsScope): AwsScope {
  const region = inputs["region"] === undefined ? new Unknown() : revealed(inputs["region"]);
  const named = namedAccount(inputs);
  const own = CREDENTIALS.some((key) => (inputs[key] ?? null) !== null);
  const account = named?.account ?? (own ? new Unknown() : stack.account);
  // An account belongs to one partition, in whatever region.
  const partition = named?.partition ?? (own ? new Unknown() : stack.partition);
  return {
    region,
    account,
    ...(typeof region === "string"
      ? partitionOf(region)
      : { partition, dnsSuffix: suffixOf(partition) }),
    defaultTags: defaultTags(inputs),
  };
}

/** The scope of a resource that sets its region, which it can since version 7 of the provider. */
export function inRegion(scope: AwsScope, region: PropertyValue | undefined): AwsScope {
  const plain = revealed(region ?? null);
  if (plain === null) return scope;
  if (typeof plain !== "string") return { ...scope, region: new Unknown() };
  return { ...scope, region: plain, ...partitionOf(plain) };
}

function suffixOf(partition: PropertyValue): PropertyValue {
  return typeof partition === "string" ? dnsSuffixOf(partition) : new Unknown();
}

interface NamedAccount {
  readonly account: PropertyValue;
  readonly partition?: PropertyValue;
}

/** The account that the provider's settings name: that of the role, or the only one allowed. */
function namedAccount(inputs: Properties): NamedAccount | undefined {
  const roles =
    setting(inputs, "assumeRoles") ??
    setting(inputs, "assumeRole") ??
    setting(inputs, "assumeRoleWithWebIdentity");
  if (roles !== undefined) {
    const last = Array.isArray(roles) ? (roles as readonly PropertyValue[]).at(-1) : roles;
    if (last !== undefined) return accountOfRole(isGroup(last) ? last["roleArn"] : last);
  }
  const allowed = setting(inputs, "allowedAccountIds");
  if (allowed instanceof Unknown) return { account: allowed };
  const [only, ...others] = Array.isArray(allowed) ? (allowed as readonly PropertyValue[]) : [];
  return only === undefined || others.length > 0 ? undefined : { account: accountId(only) };
}

function accountOfRole(arn: PropertyValue | undefined): NamedAccount {
  const [, partition, account] =
    typeof arn === "string" ? (/^arn:([^:]+):iam::(\d{12}):role\//.exec(arn) ?? []) : [];
  if (partition === undefined || account === undefined)
    return { account: new Unknown(), partition: new Unknown() };
  return { account, partition };
}

/** YAML reads an account id as a number, without its leading zeros. */
function accountId(value: PropertyValue): PropertyValue {
  const text = typeof value === "number" ? String(value).padStart(12, "0") : value;
  return typeof text === "string" && /^\d{12}$/.test(text) ? text : new Unknown();
}

function defaultTags(inputs: Properties): PropertyValue {
  const block = setting(inputs, "defaultTags");
  if (block instanceof Unknown) return block;
  const tags = block !== undefined && isGroup(block) ? block["tags"] : undefined;
  return tags ?? {};
}

/** A setting of a provider, decoded if it is JSON. */
function setting(inputs: Properties, key: string): PropertyValue | undefined {
  const value = revealed(inputs[key] ?? null);
  if (value === null) return undefined;
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value) as PropertyValue;
  } catch {
    return value;
  }
}
