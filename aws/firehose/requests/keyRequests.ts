import { parseArn } from "../../../components/iam/arn";
import type { AccessRequest, Caller } from "../../iam/accessRequest";
import { type RoleSession, sessionContext } from "./firehoseIdentity";

/** A use of a key by a service, with the encryption context that tells for what. */
export interface KeyUse {
  readonly keyArn: string;
  readonly operation: "Decrypt" | "GenerateDataKey";
  readonly service: "kinesis" | "logs" | "s3";
  /** Of the stream, the bucket or object, or the log group. */
  readonly contextArn: string;
}

/**
 * A service uses a key with the rights of its caller.
 *
 * Source: AWS KMS Developer Guide, "AWS KMS condition keys" (`kms:ViaService`,
 * `kms:EncryptionContext`, `kms:CallerAccount`).
 */
export function useKeyFor(caller: RoleSession, use: KeyUse): AccessRequest {
  const { region } = parseArn(use.keyArn);
  return keyRequest(caller, use, {
    ...sessionContext(caller, region),
    "aws:ViaAWSService": "true",
    "kms:CallerAccount": parseArn(caller.roleArn).account,
    "kms:ViaService": serviceHost(use),
  });
}

/** A service uses a key in its own name; only the policy of the key can let it. */
export function useKeyAsService(use: KeyUse): AccessRequest {
  const service = serviceHost(use);
  return keyRequest({ service }, use, {
    "aws:PrincipalIsAWSService": "true",
    "aws:PrincipalServiceName": service,
    "aws:SecureTransport": "true",
  });
}

function keyRequest(
  caller: Caller,
  { keyArn, operation, service, contextArn }: KeyUse,
  context: AccessRequest["context"],
): AccessRequest {
  const contextKey = `aws:${service}:arn`;
  return {
    caller,
    action: `kms:${operation}`,
    resource: keyArn,
    context: {
      ...context,
      [`kms:EncryptionContext:${contextKey}`]: contextArn,
      "kms:EncryptionContextKeys": [contextKey],
    },
  };
}

/** How KMS names a service that calls it, in China with the domain of China. */
function serviceHost({ service, keyArn }: KeyUse): string {
  const { partition, region } = parseArn(keyArn);
  return `${service}.${region}.amazonaws.com${partition === "aws-cn" ? ".cn" : ""}`;
}
