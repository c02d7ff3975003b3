import {
  allOf,
  type Decision,
  type Properties,
  readEach,
  readValue,
  UNKNOWN,
} from "../../reading/value";
import { destination } from "./destinations";

/** The path of the processors of a destination, in what the pack reports. */
export function processorsIn(path: string): string {
  return `${path}.processingConfiguration.processors`;
}

/** The path of the flag that enables the processors of a destination. */
export function processingFlagIn(path: string): string {
  return `${path}.processingConfiguration.enabled`;
}

/** Whether records pass through a processor of this type on their way to a destination. */
export function hasProcessor(props: Properties, type: string, path = destination): Decision {
  const enabled = readValue(props, processingFlagIn(path));
  if (enabled !== UNKNOWN && enabled !== true) return false;
  if (readValue(props, processorsIn(path)) === UNKNOWN) return UNKNOWN;
  const types = readEach(props, `${processorsIn(path)}.type`);
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
