import { parseArn } from "../../components/iam/arn";
import type { IamPolicy } from "../../aws/iam/language/iamPolicy";

/**
 * The policy of a key that was created without one: it leaves access to the IAM policies of its
 * account.
 *
 * Source: AWS KMS Developer Guide, "Default key policy".
 */
export function defaultKeyPolicy(keyArn: string): IamPolicy {
  const { partition, account } = parseArn(keyArn);
  return {
    name: "default key policy",
    version: "2012-10-17",
    statements: [
      {
        sid: "Enable IAM User Permissions",
        effect: "Allow",
        principals: [{ type: "AWS", value: `arn:${partition}:iam::${account}:root` }],
        actions: ["kms:*"],
        resources: ["*"],
        conditions: [],
      },
    ],
  };
}
