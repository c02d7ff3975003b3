import { Unknown } from "../../../engine/graph/resourceGraph";
import { oneOf } from "../model/allowedValues";
import type { Declared, DeclaredInputs } from "../model/declaredInputs";
import { type ReportLine, shownInputs } from "./feature";

/**
 * Encryption of the records in a delivery stream that producers write to. With a Kinesis stream as
 * its source, the stream encrypts them, and Firehose rejects its own encryption.
 *
 * Source: Firehose API, DeliveryStreamEncryptionConfigurationInput.
 *
 * @returns whether it is enabled
 */
export function readServerSideEncryption(
  inputs: DeclaredInputs,
  readsStream: boolean,
): Declared<boolean> {
  const encryption = inputs.group("serverSideEncryption");
  const enabled = encryption.flag("enabled") ?? false;
  if (enabled !== true) return enabled;
  if (readsStream)
    inputs.refuse("serverSideEncryption", "cannot be combined with a Kinesis source");
  const keyTypes = ["AWS_OWNED_CMK", "CUSTOMER_MANAGED_CMK"] as const;
  const keyType = oneOf(encryption, "keyType", keyTypes, "AWS_OWNED_CMK");
  const keyArn = encryption.text("keyArn");
  if (keyType instanceof Unknown || keyArn instanceof Unknown) return enabled;
  if (keyType === "CUSTOMER_MANAGED_CMK" && keyArn === undefined)
    encryption.refuse("keyArn", `is not set, although keyType is ${keyType}`);
  if (keyType === "AWS_OWNED_CMK" && keyArn !== undefined)
    encryption.refuse("keyArn", `is set; allowed only with the keyType ${keyTypes[1]}`);
  return enabled;
}

/** What a plan shows of it. */
export function reportServerSideEncryption(inputs: DeclaredInputs): readonly ReportLine[] {
  return shownInputs(inputs.group("serverSideEncryption"), [
    { label: "encryption", input: "enabled" },
    { label: "encryption key type", input: "keyType" },
    { label: "encryption key", input: "keyArn" },
  ]);
}
