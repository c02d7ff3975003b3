import { Unknown } from "../../../engine/graph/resourceGraph";
import { oneOf } from "../model/allowedValues";
import type { Declared, DeclaredInputs } from "../model/declaredInputs";
import { type ReportLine, shownInputs } from "./feature";

/** Encryption of the records that producers write to a delivery stream. */
export interface ServerSideEncryption {
  readonly keyType: (typeof keyTypes)[number];
  /** ARN of the key; absent for a key that AWS owns. */
  readonly keyArn?: string;
}

const keyTypes = ["AWS_OWNED_CMK", "CUSTOMER_MANAGED_CMK"] as const;

/**
 * Reads the encryption of a delivery stream that producers write to. With a Kinesis stream as its
 * source, the stream encrypts the records, and Firehose rejects its own encryption.
 *
 * Source: Firehose API, DeliveryStreamEncryptionConfigurationInput. The provider's default is a key that
 * AWS owns.
 *
 * @returns undefined if it is off
 */
export function readServerSideEncryption(
  inputs: DeclaredInputs,
  readsStream: boolean,
): Declared<ServerSideEncryption> | undefined {
  const encryption = inputs.group("serverSideEncryption");
  const enabled = encryption.flag("enabled") ?? false;
  if (enabled instanceof Unknown) return enabled;
  if (!enabled) return undefined;
  if (readsStream)
    inputs.refuse("serverSideEncryption", "cannot be combined with a Kinesis source");
  const keyType = oneOf(encryption, "keyType", keyTypes, "AWS_OWNED_CMK");
  const keyArn = encryption.text("keyArn");
  if (keyType instanceof Unknown) return keyType;
  if (keyArn instanceof Unknown) return keyArn;
  if (keyType === "CUSTOMER_MANAGED_CMK" && !keyArn)
    encryption.refuse("keyArn", `is not set, although keyType is ${keyType}`);
  if (keyType === "AWS_OWNED_CMK" && keyArn)
    encryption.refuse("keyArn", `is set; allowed only with the keyType CUSTOMER_MANAGED_CMK`);
  return { keyType, ...(keyArn && { keyArn }) };
}

/** What a plan shows of it. */
export function reportServerSideEncryption(inputs: DeclaredInputs): readonly ReportLine[] {
  return shownInputs(inputs.group("serverSideEncryption"), [
    { label: "encryption", input: "enabled" },
    { label: "encryption key type", input: "keyType" },
    { label: "encryption key", input: "keyArn" },
  ]);
}
