import { UNKNOWN, readValue } from "../../reading/value";
import type { Properties, Unknown } from "../../reading/value";

/** Where a delivery stream gets its records from. */
export type Source = "Kinesis" | "MSK" | "DirectPut" | Unknown;

export function sourceOf(props: Properties): Source {
  const stream = readValue(props, "kinesisSourceConfiguration");
  const cluster = readValue(props, "mskSourceConfiguration");
  if (stream === UNKNOWN || cluster === UNKNOWN) return UNKNOWN;
  if (stream !== undefined) return "Kinesis";
  return cluster === undefined ? "DirectPut" : "MSK";
}
