import type { PolicyConditions, PolicyStatement } from "./policyDocument";
import { viaService } from "./viaService";

/** A Kinesis data stream and the customer-managed key that it is encrypted with. */
export interface EncryptedStream {
  readonly streamArn: string;
  readonly keyArn: string;
}

/**
 * The use of the key that reading records takes.
 *
 * Source: Kinesis Data Streams Developer Guide, "Permissions to use user-generated KMS keys".
 */
export function decryptStream(stream: EncryptedStream): PolicyStatement {
  return {
    Sid: "DecryptStream",
    Effect: "Allow",
    Action: "kms:Decrypt",
    Resource: stream.keyArn,
    Condition: onlyFor(stream),
  };
}

/** The use of the key that writing records takes. Source: as for {@link decryptStream}. */
export function encryptStream(stream: EncryptedStream): PolicyStatement {
  return {
    Sid: "EncryptStream",
    Effect: "Allow",
    Action: "kms:GenerateDataKey",
    Resource: stream.keyArn,
    Condition: onlyFor(stream),
  };
}

function onlyFor({ streamArn, keyArn }: EncryptedStream): PolicyConditions {
  return {
    StringEquals: {
      "kms:ViaService": viaService("kinesis", keyArn),
      "kms:EncryptionContext:aws:kinesis:arn": streamArn,
    },
  };
}
