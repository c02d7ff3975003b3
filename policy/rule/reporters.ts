/**
 * The rules that report a cause for others, so that one cause is one finding. The pack evaluates them before
 * the rules that defer to them, which report the cause if the reporter is disabled or exempt.
 */
export const reporting = {
  /** Identity policies that cannot be read, and every action on every resource. */
  administration: "iam-policies-grant-no-administration",
  /** Every action of a service. */
  wholeServices: "iam-actions-are-specific",
  /** Trust policies that cannot be read. */
  trust: "iam-roles-trust-chosen-principals",
  /** Policies of resources that cannot be read. */
  bucketPolicies: "s3-bucket-policies-are-not-public",
  topicPolicies: "sns-topic-policies-are-not-public",
  queuePolicies: "sqs-queue-policies-are-not-public",
  logPolicies: "logs-resource-policies-are-not-public",
} as const;

export const reporters: readonly string[] = Object.values(reporting);
