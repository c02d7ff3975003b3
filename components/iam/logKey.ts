import { parseArn } from "./arn";
import type { PolicyStatement } from "./policyDocument";
import { viaService } from "./viaService";

/** A log group and the customer-managed key that it is encrypted with. */
export interface EncryptedLog {
  readonly logGroupArn: string;
  readonly keyArn: string;
}

/**
 * Statement of a key policy: CloudWatch Logs may use the key, for one log group. Without it the
 * log group cannot be created, and IAM cannot stand in for it.
 *
 * Source: Amazon CloudWatch Logs User Guide, "Encrypt log data in CloudWatch Logs using AWS KMS".
 */
export function letLogsUseKey(logGroupArn: string): PolicyStatement {
  return {
    Sid: "CloudWatchLogsUsesKey",
    Effect: "Allow",
    Principal: { Service: logsPrincipal(logGroupArn) },
    // AWS writes wildcards (`kms:ReEncrypt*` ...). Of what they stand for, data key pairs are left
    // out: they are asymmetric, which CloudWatch Logs does not support.
    Action: [
      "kms:Decrypt",
      "kms:DescribeKey",
      "kms:Encrypt",
      "kms:GenerateDataKey",
      "kms:GenerateDataKeyWithoutPlaintext",
      "kms:ReEncryptFrom",
      "kms:ReEncryptTo",
    ],
    Resource: "*",
    Condition: { ArnEquals: { "kms:EncryptionContext:aws:logs:arn": logGroupArn } },
  };
}

/**
 * The use of the key that writing log events takes when CloudWatch Logs calls KMS for the writer.
 *
 * Source: as for {@link letLogsUseKey} (on `kms:ViaService`), and the AWS managed policy
 * "CloudWatchLogsAPIKeyAccess" for the actions of a writer.
 */
export function encryptLogEvents({ logGroupArn, keyArn }: EncryptedLog): PolicyStatement {
  return {
    Sid: "EncryptLogEvents",
    Effect: "Allow",
    Action: ["kms:Decrypt", "kms:GenerateDataKey"],
    Resource: keyArn,
    Condition: {
      StringEquals: { "kms:ViaService": viaService("logs", keyArn) },
      ArnEquals: { "kms:EncryptionContext:aws:logs:arn": logGroupArn },
    },
  };
}

/** The one service of the pipeline whose principal differs by region, and by partition too. */
function logsPrincipal(logGroupArn: string): string {
  const { partition, region } = parseArn(logGroupArn);
  return `logs.${region}.${partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com"}`;
}
