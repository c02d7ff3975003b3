import { alarmRules } from "./alarmRules";
import { arnRules } from "./arnRules";
import { bucketRules } from "./bucketRules";
import { deliveryRules } from "./deliveryRules";
import { encryptionRules } from "./encryptionRules";
import { existingRules } from "./existingRules";
import { backupRules, conversionRules, partitioningRules, transformRules } from "./featureRules";
import { groupRules } from "./groupRules";
import { prefixRules } from "./prefixRules";
import { roleRules } from "./roleRules";
import type { Rule } from "./rule";
import { streamRules } from "./streamRules";
import { tagRules } from "./tagRules";

/** Every rule about the args of a pipeline, by subject. */
export const allRules: Readonly<Record<string, readonly Rule[]>> = {
  stream: streamRules,
  bucket: bucketRules,
  delivery: deliveryRules,
  prefixes: prefixRules,
  encryption: encryptionRules,
  roles: roleRules,
  alarms: alarmRules,
  "existing resources": existingRules,
  "several ARNs": arnRules,
  tags: tagRules,
  partitions: partitioningRules,
  "a function": transformRules,
  "a conversion": conversionRules,
  "a backup": backupRules,
  groups: groupRules,
};
