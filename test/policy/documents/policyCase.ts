/** Statements of a policy document, whether they allow everyone, and the page from which that follows. */
export type PolicyCase = readonly [
  title: string,
  verdict: "public" | "private",
  source: string,
  ...statements: readonly WrittenStatement[],
];

/** A statement as it is written in a policy document. */
export type WrittenStatement = Readonly<Record<string, unknown>>;

/** Functions that complete the statements for one kind of resource. */
export function statementsFor(usual: { readonly Action: unknown; readonly Resource?: unknown }) {
  const allow = (part: WrittenStatement = {}): WrittenStatement => ({
    Effect: "Allow",
    ...("NotPrincipal" in part ? {} : { Principal: "*" }),
    ...usual,
    ...part,
  });
  return {
    allow,
    /** Allows everyone under a condition. */
    when: (operator: string, key: string, value: unknown): WrittenStatement =>
      allow({ Condition: { [operator]: { [key]: value } } }),
    deny: (part: WrittenStatement = {}): WrittenStatement => allow({ ...part, Effect: "Deny" }),
    /** Denies everyone under a condition. */
    denyWhen: (
      operator: string,
      key: string,
      value: unknown,
      part: WrittenStatement = {},
    ): WrittenStatement =>
      allow({ ...part, Effect: "Deny", Condition: { [operator]: { [key]: value } } }),
  };
}

export const account = "123456789012";
export const otherAccount = "210987654321";
export const organization = "o-a1b2c3d4e5";

/** Pages of AWS. */
export const pages = {
  s3: "Amazon S3 User Guide, The meaning of 'public'",
  s3Policies: "Amazon S3 User Guide, Examples of Amazon S3 bucket policies",
  kmsConfig: "AWS Config Developer Guide, kms-key-policy-no-public-access",
  snsConfig: "AWS Config Developer Guide, sns-topic-no-public-access",
  operators: "IAM User Guide, IAM JSON policy elements: Condition operators",
  sets: "IAM User Guide, Single-valued vs. multivalued context keys",
  keys: "IAM User Guide, AWS global condition context keys",
  principal: "IAM User Guide, AWS JSON policy elements: Principal",
  notPrincipal: "IAM User Guide, AWS JSON policy elements: NotPrincipal",
  notAction: "IAM User Guide, IAM JSON policy elements: NotAction",
  evaluation: "IAM User Guide, Policy evaluation logic",
  variables: "IAM User Guide, IAM policy elements: Variables and tags",
  sharedProviders: "IAM User Guide, Identity-provider controls for shared OIDC providers",
  federation: "IAM User Guide, IAM and AWS STS condition context keys",
  externalId: "IAM User Guide, Access to AWS accounts owned by third parties",
  vpcFederation: "IAM User Guide, Use VPC condition keys to control federated access",
  kmsPolicy: "AWS KMS Developer Guide, Key policies in AWS KMS",
  kmsKeys: "AWS KMS Developer Guide, AWS KMS condition keys",
  snsPolicies: "Amazon SNS Developer Guide, Example cases for Amazon SNS access control",
  sqsPolicies: "Amazon SQS Developer Guide, Basic examples of Amazon SQS policies",
  kinesisPolicies: "Amazon Kinesis Data Streams Developer Guide, Resource-based policy examples",
} as const;
