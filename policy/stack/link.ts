import type { PolicyResource } from "@pulumi/policy";
import { type Decision, UNKNOWN } from "../reading/value";
import {
  bucketTypes,
  compositeAlarmType,
  deliveryStreamType,
  directoryBucketType,
  functionType,
  keyType,
  managedPolicyType,
  metricAlarmType,
  queueType,
  roleType,
  streamType,
  topicType,
} from "../resourceTypes";

/** A kind of resource that other resources refer to. */
export interface Kind {
  readonly types: readonly string[];
  /** The properties whose values other resources refer to it by. */
  readonly namedBy: readonly string[];
}

export const buckets: Kind = { types: bucketTypes, namedBy: ["bucket", "arn"] };
export const streams: Kind = { types: [streamType], namedBy: ["name", "arn"] };
export const keys: Kind = { types: [keyType], namedBy: ["keyId", "arn"] };
export const managedPolicies: Kind = { types: [managedPolicyType], namedBy: ["arn"] };
export const roles: Kind = { types: [roleType], namedBy: ["name", "arn"] };
export const directoryBuckets: Kind = {
  types: [directoryBucketType],
  namedBy: ["bucket", "arn"],
};
export const topics: Kind = { types: [topicType], namedBy: ["name", "arn"] };
/** Policies refer to a queue by its URL alone. */
export const queues: Kind = { types: [queueType], namedBy: ["url"] };
export const functions: Kind = { types: [functionType], namedBy: ["name", "arn"] };
export const deliveryStreams: Kind = { types: [deliveryStreamType], namedBy: ["name", "arn"] };
export const alarms: Kind = {
  types: [metricAlarmType, compositeAlarmType],
  namedBy: ["name", "alarmName", "arn"],
};

/** What one property of a resource refers to. */
export type Link =
  | { readonly kind: "declared"; readonly resource: PolicyResource }
  /** Something that this stack does not declare. */
  | { readonly kind: "elsewhere"; readonly name: string }
  | UnknownLink;

/** A link that depends on unknown values. */
export interface UnknownLink {
  readonly kind: "unknown";
  /** Whether the link may turn out to refer to a resource. */
  readonly couldBe: (resource: PolicyResource) => boolean;
}

/** Whether two links refer to the same resource. */
export function haveSameTarget(one: Link, other: Link): Decision {
  if (one.kind === "unknown") return mayRefer(one, other);
  if (other.kind === "unknown") return mayRefer(other, one);
  return one.kind === "declared"
    ? other.kind === "declared" && one.resource === other.resource
    : other.kind === "elsewhere" && one.name === other.name;
}

function mayRefer({ couldBe }: UnknownLink, other: Link): Decision {
  return other.kind === "declared" && !couldBe(other.resource) ? false : UNKNOWN;
}

/** The resources of a stack that refer to one resource by a given property. */
export interface Referrers {
  readonly certain: readonly PolicyResource[];
  /** Whether the update may reveal more referrers. */
  readonly mayGrow: boolean;
}

/** Adds a value to the list of a key. */
export function appendTo<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}
