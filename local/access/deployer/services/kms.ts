import { type DeployedTypes, providerFile } from "../deployedType";

const alias = "arn:{partition}:kms:{region}:{account}:{name}";

export const kmsTypes: DeployedTypes = {
  "aws:kms/key:Key": {
    source: providerFile("kms/key.go"),
    calls: [
      { on: "*", create: ["kms:CreateKey"], withTags: true },
      { on: { key: "keyId" }, create: ["kms:TagResource"], withTags: true },
      {
        on: { key: "keyId" },
        read: [
          "kms:DescribeKey",
          "kms:GetKeyPolicy",
          "kms:GetKeyRotationStatus",
          "kms:ListResourceTags",
        ],
        update: [
          "kms:EnableKey",
          "kms:DisableKey",
          "kms:EnableKeyRotation",
          "kms:DisableKeyRotation",
          "kms:UpdateKeyDescription",
          "kms:TagResource",
          "kms:UntagResource",
        ],
        delete: ["kms:ScheduleKeyDeletion"],
      },
      { on: { key: "keyId" }, when: "enableKeyRotation", create: ["kms:EnableKeyRotation"] },
      { on: { key: "keyId" }, when: "policy", update: ["kms:PutKeyPolicy"] },
    ],
  },
  "aws:kms/keyPolicy:KeyPolicy": {
    source: providerFile("kms/key_policy.go"),
    calls: [
      {
        on: { key: "keyId" },
        create: ["kms:PutKeyPolicy"],
        read: ["kms:DescribeKey", "kms:GetKeyPolicy"],
        update: ["kms:PutKeyPolicy"],
        // Puts the default policy.
        delete: ["kms:PutKeyPolicy"],
      },
    ],
  },
  // Each call needs permission for the alias and for the key. KMS Developer Guide, "Controlling access to aliases".
  "aws:kms/alias:Alias": {
    source: providerFile("kms/alias.go"),
    calls: [
      { on: "*", read: ["kms:ListAliases"] },
      {
        on: alias,
        create: ["kms:CreateAlias"],
        update: ["kms:UpdateAlias"],
        delete: ["kms:DeleteAlias"],
      },
      {
        on: { key: "targetKeyId" },
        create: ["kms:CreateAlias"],
        update: ["kms:UpdateAlias"],
        delete: ["kms:DeleteAlias"],
      },
    ],
  },
};
