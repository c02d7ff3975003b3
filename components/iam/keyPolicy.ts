import { parseArn } from "./arn";
import { type PolicyDocument, policyDocument } from "./policyDocument";

/**
 * Leaves access to the key to the IAM policies of its own account: the roles of the pipeline get
 * what they need there, bound to one stream and one bucket.
 *
 * Source: AWS KMS Developer Guide, "Default key policy". In a key policy, `Resource: "*"` means
 * the key that the policy hangs on.
 */
export function keyPolicy(keyArn: string): PolicyDocument {
  const { partition, account } = parseArn(keyArn);
  return policyDocument({
    Sid: "AccountDecidesByIam",
    Effect: "Allow",
    Principal: { AWS: `arn:${partition}:iam::${account}:root` },
    Action: "kms:*",
    Resource: "*",
  });
}
