import {
  allOf,
  type Decision,
  type Properties,
  readEach,
  readValue,
  UNKNOWN,
} from "../../reading/value";
import { destination } from "./s3Configurations";

const processing = `${destination}.processingConfiguration`;

/** The path of the processors, in what the pack reports. */
export const processorsPath = `${processing}.processors`;

/** Whether records pass through a processor of this type. */
export function hasProcessor(props: Properties, type: string): Decision {
  const enabled = readValue(props, `${processing}.enabled`);
  if (enabled !== UNKNOWN && enabled !== true) return false;
  if (readValue(props, processorsPath) === UNKNOWN) return UNKNOWN;
  const types = readEach(props, `${processorsPath}.type`);
  if (types.includes(type)) return enabled;
  return types.includes(UNKNOWN) ? UNKNOWN : false;
}

/**
 * Whether the objects are records that producers have compressed: joined GZIP members are a GZIP file
 * (RFC 1952, 2.2), whose name ends in .gz, although Firehose compresses nothing.
 */
export function packsRecords(props: Properties): Decision {
  const extension = readValue(props, `${destination}.fileExtension`);
  const format = readValue(props, `${destination}.compressionFormat`);
  return allOf([
    extension === UNKNOWN ? UNKNOWN : typeof extension === "string" && extension.endsWith(".gz"),
    format === UNKNOWN ? UNKNOWN : format === undefined || format === "UNCOMPRESSED",
    isNot(hasProcessor(props, "AppendDelimiterToRecord")),
    isNot(hasProcessor(props, "Decompression")),
  ]);
}

function isNot(decision: Decision): Decision {
  return decision === UNKNOWN ? UNKNOWN : !decision;
}
