import type { Decision } from "../../reading/decision";
import { UNKNOWN, isObject, readValue } from "../../reading/value";
import type { Properties } from "../../reading/value";

export const formatConversion = "extendedS3Configuration.dataFormatConversionConfiguration";

/** Whether records become Parquet or ORC. On unless disabled, once the block is there. */
export function convertsFormat(props: Properties): Decision {
  const block = readValue(props, formatConversion);
  if (block === UNKNOWN) return UNKNOWN;
  if (!isObject(block)) return false;
  const enabled = readValue(props, `${formatConversion}.enabled`);
  return enabled === UNKNOWN ? UNKNOWN : enabled !== false;
}
