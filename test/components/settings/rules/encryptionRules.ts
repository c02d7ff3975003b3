import { own, type Rule } from "./rule";

const { keyArn } = own;

export const encryptionRules: readonly Rule[] = [
  {
    rule: "keys are customer-managed or AWS-managed",
    source: "KMS Developer Guide, AWS KMS keys",
    accepted: [
      { encryption: { mode: "customer-managed" } },
      { encryption: { mode: "aws-managed" } },
    ],
    refused: [
      {
        args: { encryption: { mode: "AES256" } },
        path: "encryption.mode",
        reason: /^is "AES256"$/,
        allowed: /^customer-managed, aws-managed$/,
        mend: "accepted",
      },
      {
        args: { encryption: { mode: "aws-managed" }, existing: { keyArn } },
        path: "encryption.mode",
        reason: /^is aws-managed, which leaves existing\.keyArn without use$/,
        allowed: /^customer-managed, or no existing\.keyArn$/,
        mend: "accepted",
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
    refused: [
      {
        args: { encryption: { errorLog: true, mode: "aws-managed" } },
        path: "encryption.errorLog",
        reason: /^is true, but with encryption\.mode aws-managed there is no key/,
        allowed: /^false, or encryption\.mode customer-managed$/,
        mend: "accepted",
      },
      {
        args: { encryption: { errorLog: 1 } },
        path: "encryption.errorLog",
        reason: /^is 1$/,
        allowed: /^true or false$/,
        mend: "accepted",
      },
    ],
  },
];
