// What an organization builds its own pack from: import it from `@streamlake/policy/rules`. Importing it
// has no side effect; `startPack` of `@streamlake/policy/pack` starts a pack.

export { rules } from "./rules";
export { resourceRule } from "./rule/resourceRule";
export type { EvaluatedResource, ResourceRuleDefinition } from "./rule/resourceRule";
export { stackRule } from "./rule/stackRule";
export type { StackRuleDefinition } from "./rule/stackRule";
export type { ResourceRule, Rule, RuleFacts, StackRule } from "./rule/rule";
export type { References } from "./rule/references";
export type { Verdict } from "./rule/verdict";
export {
  allowsEveryone,
  bucketCallerKeys,
  callerKeys,
  isNarrowedBy,
  kmsCallerKeys,
} from "./reading/everyone";
export { readPolicyDocument } from "./reading/readPolicyDocument";
export { readEach, readValue, asList, isObject, quoteOneOf, UNKNOWN } from "./reading/value";
export type { Unknown, Value, ValueObject } from "./reading/value";
export { flag, listOf, range, someOf, wholeNumber } from "./settings/setting";
export type { ConfigOf, Setting, Settings } from "./settings/setting";
export * as resourceTypes from "./resourceTypes";
export { oncePerStack } from "./stack/stack";
export type { Stack } from "./stack/stack";
export {
  alarms,
  buckets,
  directoryBuckets,
  keys,
  queues,
  roles,
  streams,
  topics,
} from "./stack/link";
export type { Kind, Link, Referrers, UnknownLink } from "./stack/link";
