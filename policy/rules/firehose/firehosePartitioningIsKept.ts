import { readValue, UNKNOWN } from "../../reading/value";
import { deliveryStreamType } from "../../resourceTypes";
import { resourceRule } from "../../rule/resourceRule";
import { destination } from "./destinations";

const block = `${destination}.dynamicPartitioningConfiguration`;
const mode = `${destination}.s3BackupMode`;

/**
 * Dynamic partitioning can only be chosen at creation, so that every change of the block, even to one that
 * is off, replaces the delivery stream. AWS answers "Disabling S3 backup is not currently supported."
 */
export const firehosePartitioningIsKept = resourceRule({
  name: "firehose-partitioning-is-kept",
  title: "Permanent features of delivery streams are protected",
  description:
    "Every delivery stream with dynamic partitioning or a backup, which AWS never turns off again, is protected, and none has a partitioning block that is off.",
  severity: "low",
  level: "advisory",
  references: { wellArchitected: ["reliability", "operational-excellence"] },
  remediationSteps:
    "Set the option protect of a delivery stream with dynamic partitioning or a backup, so that no update replaces it without being asked. Leave out dynamicPartitioningConfiguration where it is off.",
  url: "https://docs.aws.amazon.com/firehose/latest/dev/dynamic-partitioning-enable.html",
  types: [deliveryStreamType],
  evaluate({ props, opts }, verdict) {
    const partitions = readValue(props, `${block}.enabled`);
    const isDeclared = readValue(props, block) !== undefined;
    const backup = readValue(props, mode);
    if (!isDeclared && backup !== "Enabled" && backup !== UNKNOWN) {
      verdict.inapplicable("the delivery stream has neither dynamic partitioning nor a backup");
      return;
    }
    if (isDeclared && partitions === UNKNOWN) verdict.undecided(`${block}.enabled`);
    else if (isDeclared && partitions !== true) {
      verdict.violation(
        `${block} is set, but not enabled: leave it out, because a change of it replaces the delivery stream.`,
      );
    }
    if (opts.protect) return;
    const features = [
      ...(partitions === true ? ["dynamic partitioning"] : []),
      ...(backup === "Enabled" ? ["a backup"] : []),
    ];
    if (features.length > 0) {
      verdict.violation(
        `The delivery stream has ${features.join(" and ")}, which only its replacement turns off: set the option protect.`,
      );
    } else if (backup === UNKNOWN) verdict.undecided(mode);
  },
});
