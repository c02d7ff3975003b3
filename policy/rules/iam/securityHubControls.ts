// Security Hub controls that more than one rule on identity policies refers to, word for word.

export const noWildcardActions = {
  id: "IAM.21",
  title:
    "IAM customer managed policies that you create should not allow wildcard actions for services.",
};
export const noDecryptionOfAllKeys = [
  {
    id: "KMS.1",
    title: "IAM customer managed policies should not allow decryption actions on all KMS keys.",
  },
  {
    id: "KMS.2",
    title:
      "IAM principals should not have IAM inline policies that allow decryption actions on all KMS keys.",
  },
];
