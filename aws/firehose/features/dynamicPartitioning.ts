import type { Declared, DeclaredInputs } from "../model/declaredInputs";

/**
 * Objects by partition keys that are extracted from records. The local delivery engine does not
 * support it.
 *
 * @returns whether it is enabled
 */
export function readDynamicPartitioning(destination: DeclaredInputs): Declared<boolean> {
  const name = "dynamicPartitioningConfiguration";
  const enabled = destination.group(name).flag("enabled") ?? false;
  if (enabled === true) {
    destination.unsupported(
      name,
      "requires dynamic partitioning, which the local delivery engine does not support",
    );
  }
  return enabled;
}
