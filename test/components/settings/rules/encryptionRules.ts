import { arns, type Rule } from "./rule";

const { keyArn, streamArn, streamKeyArn, bucketKeyArn } = arns;

export const encryptionRules: readonly Rule[] = [
  {
    rule: "the encryption mode is customer-managed or aws-managed",
    source: "KMS Developer Guide, AWS KMS keys",
    accepted: [
      { encryption: { mode: "customer-managed" } },
      { encryption: { mode: "aws-managed" } },
      { encryption: { mode: "aws-managed" }, existing: { streamArn, streamKeyArn } },
      { encryption: { mode: "aws-managed" }, existing: { bucketKeyArn } },
    ],
    rejected: [
      {
        args: { encryption: { mode: "AES256" } },
        path: "encryption.mode",
        reason: /^is "AES256"$/,
        allowed: /^customer-managed, aws-managed$/,
        fix: "suggestion",
      },
      {
        args: { encryption: { mode: "aws-managed" }, existing: { keyArn } },
        path: "encryption.mode",
        reason: /^is aws-managed, so existing\.keyArn would not be used$/,
        allowed: /^customer-managed, or no existing\.keyArn$/,
        fix: "suggestion",
      },
      {
        args: { encryption: { mode: "aws-managed" }, existing: { streamKeyArn, bucketKeyArn } },
        path: "encryption.mode",
        reason: /^is aws-managed, but existing\.streamKeyArn and existing\.bucketKeyArn specify/,
        allowed: /^customer-managed, or only one of the two keys$/,
        fix: "suggestion",
      },
    ],
  },
  {
    rule: "the error log is encrypted with a customer-managed key or by CloudWatch Logs itself",
    source: "CloudWatch Logs API, AssociateKmsKey",
    accepted: [
      { encryption: { errorLog: true } },
      { encryption: { errorLog: false, mode: "aws-managed" } },
      { encryption: { errorLog: true }, existing: { keyArn } },
      { encryption: { errorLog: true, mode: "aws-managed" }, existing: { bucketKeyArn } },
    ],
    rejected: [
      {
        args: { encryption: { errorLog: true, mode: "aws-managed" } },
        path: "encryption.errorLog",
        reason: /^is true, but with encryption\.mode aws-managed there is no key/,
        allowed: /^false, encryption\.mode customer-managed, or existing\.bucketKeyArn$/,
        fix: "suggestion",
      },
      {
        args: { encryption: { errorLog: true, mode: "aws-managed" }, existing: { streamKeyArn } },
        path: "encryption.errorLog",
        reason: /^is true, but with encryption\.mode aws-managed there is no key/,
        allowed: /^false, /,
        fix: "suggestion",
      },
      {
        args: { encryption: { errorLog: 1 } },
        path: "encryption.errorLog",
        reason: /^is 1$/,
        allowed: /^true or false$/,
        fix: "suggestion",
      },
    ],
  },
];
