import { parseArn } from "../../../components/iam/arn";
import type { AccessRequest, Caller } from "../../iam/accessRequest";
import type { RoleSession } from "./firehoseIdentity";
import { absent, sessionContext } from "./requestContext";

/** One use of a key by a service, with its encryption context. */
export interface KeyUse {
  readonly keyArn: string;
  readonly operation: "Decrypt" | "GenerateDataKey";
  readonly service: "kinesis" | "logs" | "s3";
  /** ARN of the stream, the bucket or object, or the log group that the key encrypts. */
  readonly contextArn: string;
}

/**
 * The request of a service that uses a key on behalf of its caller, with the caller's permissions.
 *
 * Source: AWS KMS Developer Guide, "AWS KMS condition keys" (`kms:ViaService`,
 * `kms:EncryptionContext`, `kms:CallerAccount`).
 */
export function useKeyForCaller(caller: RoleSession, use: KeyUse): AccessRequest {
  const { region } = parseArn(use.keyArn);
  return keyRequest(caller, use, {
    ...sessionContext(caller, region),
    "aws:ViaAWSService": "true",
    "kms:CallerAccount": parseArn(caller.roleArn).account,
    "kms:ViaService": serviceHost(use),
  });
}

/** The request of a service that uses a key as itself; only the key policy can allow it. */
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
      // Keys are named by ARN, and used without grants.
      ...absent("kms:EncryptionContext:*", "kms:RequestAlias", "kms:GrantIsForAWSResource"),
    },
  };
}

/** Host name of a service in its key requests; in China it has the domain of China. */
function serviceHost({ service, keyArn }: KeyUse): string {
  const { partition, region } = parseArn(keyArn);
  return `${service}.${region}.amazonaws.com${partition === "aws-cn" ? ".cn" : ""}`;
}
