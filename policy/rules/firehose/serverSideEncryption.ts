import { type Properties, readValue, UNKNOWN, type Unknown } from "../../reading/value";

/** Encrypts what producers put to a delivery stream, until it is delivered. */
export const encryptionPath = "serverSideEncryption";

/** The control itself makes no exception for a Kinesis source, although AWS does. */
export const encryptedAtRest = {
  id: "DataFirehose.1",
  title: "Firehose delivery streams should be encrypted at rest.",
};

/** Where a delivery stream gets its records from. */
type Source = "Kinesis" | "MSK" | "DirectPut" | Unknown;

export function sourceOf(props: Properties): Source {
  const stream = readValue(props, "kinesisSourceConfiguration");
  const cluster = readValue(props, "mskSourceConfiguration");
  if (stream === UNKNOWN || cluster === UNKNOWN) return UNKNOWN;
  if (stream !== undefined) return "Kinesis";
  return cluster === undefined ? "DirectPut" : "MSK";
}
