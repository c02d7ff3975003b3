import type { Declared, DeclaredInputs } from "../model/declaredInputs";

/**
 * Encryption of the records in a delivery stream that producers write to. With a Kinesis stream as
 * its source, the stream encrypts them, and Firehose rejects its own encryption.
 *
 * @returns whether it is enabled
 */
export function readServerSideEncryption(
  inputs: DeclaredInputs,
  readsStream: boolean,
): Declared<boolean> {
  const enabled = inputs.group("serverSideEncryption").flag("enabled") ?? false;
  if (enabled === true && readsStream)
    inputs.refuse("serverSideEncryption", "cannot be combined with a Kinesis source");
  return enabled;
}
