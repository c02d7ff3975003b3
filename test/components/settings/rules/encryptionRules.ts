import { arns, type Rule } from "./rule";

const { keyArn } = arns;

export const encryptionRules: readonly Rule[] = [
  {
    rule: "the encryption mode is customer-managed or aws-managed",
    source: "KMS Developer Guide, AWS KMS keys",
    accepted: [
      { encryption: { mode: "customer-managed" } },
      { encryption: { mode: "aws-managed" } },
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
    ],
  },
  {
    rule: "the error log is encrypted with a customer-managed key or by CloudWatch Logs itself",
    source: "CloudWatch Logs API, AssociateKmsKey",
    accepted: [
      { encryption: { errorLog: true } },
      { encryption: { errorLog: false, mode: "aws-managed" } },
      { encryption: { errorLog: true }, existing: { keyArn } },
    ],
    rejected: [
      {
        args: { encryption: { errorLog: true, mode: "aws-managed" } },
        path: "encryption.errorLog",
        reason: /^is true, but with encryption\.mode aws-managed there is no key/,
        allowed: /^false, or encryption\.mode customer-managed$/,
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
