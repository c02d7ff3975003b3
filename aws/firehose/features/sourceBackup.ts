import { Unknown } from "../../../engine/graph/resourceGraph";
import { oneOf } from "../model/allowedValues";
import { type Declared, DeclaredInputs } from "../model/declaredInputs";
import { readS3Output, reportUnevaluated, type S3Output } from "../model/s3Output";
import { type Feature, shownInputs } from "./feature";

/**
 * A second output for the records as they were read, with a prefix, a buffer, a compression and a key that
 * are independent of the first. It contains every record once: those of the Kinesis Producer Library
 * split, none transformed, and also those that are dropped or fail later. `delivery/objectDelivery.ts`
 * delivers to both. Undefined unless it is enabled.
 *
 * Source: Firehose API, ExtendedS3DestinationConfiguration `S3BackupConfiguration`; Developer Guide, "Back
 * up source records". AWS rejects an interval below 60 s.
 */
export const sourceBackup: Feature<Declared<S3Output | undefined>> = {
  read(destination) {
    const mode = oneOf(destination, "s3BackupMode", ["Disabled", "Enabled"], "Disabled");
    if (mode instanceof Unknown) return mode;
    if (mode === "Disabled") return undefined;
    const backup = destination.group("s3BackupConfiguration");
    if (!destination.has("s3BackupConfiguration"))
      destination.refuse("s3BackupConfiguration", 'is not set, although s3BackupMode is "Enabled"');
    // What is missing in a group that is missing itself is not reported again.
    const inputs = backup.isSet ? backup : new DeclaredInputs({});
    const output = readS3Output(inputs, { minimum: 60, maximum: 900 });
    reportUnevaluated(inputs, output, "UTC");
    return output;
  },
  report: (destination) => [
    ...shownInputs(destination, [{ label: "backup", input: "s3BackupMode" }]),
    ...shownInputs(destination.group("s3BackupConfiguration"), [
      { label: "backup prefix", input: "prefix" },
      { label: "backup error prefix", input: "errorOutputPrefix" },
      { label: "backup buffer size", input: "bufferingSize", unit: " MiB" },
      { label: "backup buffer interval", input: "bufferingInterval", unit: " s" },
      { label: "backup compression", input: "compressionFormat" },
    ]),
  ],
};
