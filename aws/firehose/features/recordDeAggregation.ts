import { Unknown } from "../../../engine/graph/resourceGraph";
import type { RecordOutcome } from "../processing/processedRecord";
import { eachRecord } from "../processing/recordSlices";
import type { DeAggregationProcessor, ProcessorFeature } from "./processorFeature";
import { type ProcessorParameters, readParameters } from "./processorParameters";
import { delimitedRecords, jsonObjects } from "./subRecords";

/**
 * Splits records into the JSON objects or the delimited records in them.
 *
 * Source: Firehose Developer Guide, "Apply dynamic partitioning to aggregated data".
 */
export const recordDeAggregation: ProcessorFeature = {
  type: "RecordDeAggregation",
  supported: true,
  partitionsOnly: true,
  read(inputs) {
    const parameters = readParameters(inputs, ["SubRecordType", "Delimiter"]);
    if (parameters instanceof Unknown) return parameters;
    return { type: "RecordDeAggregation", subRecords: subRecordsOf(parameters) };
  },
  process: (processor, slices) => {
    if (processor.type !== "RecordDeAggregation") return slices;
    const { subRecords } = processor;
    const split =
      subRecords === "JSON"
        ? jsonObjects
        : (data: Uint8Array) => delimitedRecords(data, Buffer.from(subRecords.delimiter, "base64"));
    return eachRecord(slices, ({ data }) => splitRecord(data, split(data)));
  },
};

/** Of one record (Developer Guide, the same page). */
const maximumSubRecords = 500;

/**
 * A record with too many parts continues as it is: "the request succeeds but the record de-aggregation
 * doesn't work as expected and transformation lambda is invoked with the complete base64 encoded data
 * blob" (API, PutRecord). Code and message are those that AWS reports of it.
 */
const tooManySubRecords = {
  errorCode: "DynamicPartitioning.DeAggregationRecordCountLimitExceeded",
  errorMessage:
    "Firehose did not de-aggregate the records because the count of split records exceeded limit of " +
    `${maximumSubRecords}.`,
};

/** @param parts none if it has no parts of the declared type: then it continues as it is */
function splitRecord(data: Uint8Array, parts: readonly Uint8Array[]): RecordOutcome {
  if (parts.length === 0) return { data };
  return parts.length > maximumSubRecords ? { data, unsplit: tooManySubRecords } : { split: parts };
}

function subRecordsOf(parameters: ProcessorParameters): DeAggregationProcessor["subRecords"] {
  const types = ["JSON", "DELIMITED"];
  const type = parameters.required("SubRecordType", (one) => types.includes(one), types.join(", "));
  const allowed = "a delimiter in Base64";
  const delimiter =
    type === "DELIMITED"
      ? parameters.required("Delimiter", isBase64, allowed)
      : parameters.matching("Delimiter", isBase64, allowed);
  return type === "DELIMITED" ? { delimiter: delimiter ?? "" } : "JSON";
}

function isBase64(text: string): boolean {
  return text !== "" && Buffer.from(text, "base64").toString("base64") === text;
}
