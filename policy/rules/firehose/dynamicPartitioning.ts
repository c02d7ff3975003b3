import type { Decision } from "../../reading/decision";
import { UNKNOWN, readValue } from "../../reading/value";
import type { Properties } from "../../reading/value";

/** Whether values in the records choose the folder. Off unless enabled. */
export function partitionsDynamically(props: Properties): Decision {
  const path = "extendedS3Configuration.dynamicPartitioningConfiguration.enabled";
  const enabled = readValue(props, path);
  return enabled === UNKNOWN ? UNKNOWN : enabled === true;
}
