import { parseArn } from "./arn";
import { letLogsUseKey } from "./logKey";
import { type PolicyDocument, policyDocument } from "./policyDocument";

export interface KeyPolicyOptions {
  /** ARN of the log group that is encrypted with the key, if there is one. */
  readonly logGroupArn?: string | undefined;
}

/**
 * Leaves access to the key to the IAM policies of its own account: the roles of the pipeline get
 * what they need there, bound to one stream and one bucket. CloudWatch Logs is no role of the
 * account, so it is let in here.
 *
 * Source: AWS KMS Developer Guide, "Default key policy". In a key policy, `Resource: "*"` means
 * the key that the policy hangs on.
 */
export function keyPolicy(keyArn: string, { logGroupArn }: KeyPolicyOptions = {}): PolicyDocument {
  const { partition, account } = parseArn(keyArn);
  return policyDocument(
    {
      Sid: "AccountDecidesByIam",
      Effect: "Allow",
      Principal: { AWS: `arn:${partition}:iam::${account}:root` },
      Action: "kms:*",
      Resource: "*",
    },
    ...(logGroupArn === undefined ? [] : [letLogsUseKey(logGroupArn)]),
  );
}
