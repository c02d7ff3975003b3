import { Unknown } from "../../../engine/graph/resourceGraph";
import type { DeAggregationProcessor, ProcessorFeature } from "./processorFeature";
import { type ProcessorParameters, readParameters } from "./processorParameters";

/** Splits records into the JSON or delimited records in them. The local delivery engine does not support it. */
export const recordDeAggregation: ProcessorFeature = {
  type: "RecordDeAggregation",
  supported: false,
  partitionsOnly: true,
  read(inputs) {
    const parameters = readParameters(inputs, ["SubRecordType", "Delimiter"]);
    if (parameters instanceof Unknown) return parameters;
    return { type: "RecordDeAggregation", subRecords: subRecordsOf(parameters) };
  },
};

function subRecordsOf(parameters: ProcessorParameters): DeAggregationProcessor["subRecords"] {
  const types = ["JSON", "DELIMITED"];
  const type = parameters.required("SubRecordType", (one) => types.includes(one), types.join(", "));
  const allowed = "a delimiter in Base64";
  const delimiter =
    type === "DELIMITED"
      ? parameters.required("Delimiter", isBase64, allowed)
      : parameters.matching("Delimiter", isBase64, allowed);
  if (type !== "DELIMITED") return "JSON";
  return { delimiter: Buffer.from(delimiter ?? "", "base64").toString() };
}

function isBase64(text: string): boolean {
  return text !== "" && Buffer.from(text, "base64").toString("base64") === text;
}
