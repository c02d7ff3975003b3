import { Unknown } from "../../../engine/graph/resourceGraph";
import type { Declared, DeclaredInputs } from "../model/declaredInputs";

/**
 * A second destination for the records as they were read. The local delivery engine does not
 * support it.
 *
 * @returns whether it is enabled
 */
export function readSourceBackup(destination: DeclaredInputs): Declared<boolean> {
  const mode = destination.text("s3BackupMode") ?? "Disabled";
  if (mode instanceof Unknown) return mode;
  if (mode === "Enabled") {
    destination.unsupported(
      "s3BackupMode",
      "requires backup of the source records, which the local delivery engine does not support",
    );
  }
  return mode === "Enabled";
}
