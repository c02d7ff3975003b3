import { Unknown } from "../../../engine/graph/resourceGraph";
import type { ProcessorFeature } from "./processorFeature";
import { readParameters } from "./processorParameters";

/** Extracts partition keys from records with jq. The local delivery engine does not support it. */
export const metadataExtraction: ProcessorFeature = {
  type: "MetadataExtraction",
  supported: false,
  partitionsOnly: true,
  read(inputs) {
    const [query, engine] = ["MetadataExtractionQuery", "JsonParsingEngine"];
    const parameters = readParameters(inputs, [query, engine]);
    if (parameters instanceof Unknown) return parameters;
    parameters.required(engine, (value) => value === "JQ-1.6", "JQ-1.6");
    const isQuery = (value: string) => value.trim() !== "";
    return {
      type: "MetadataExtraction",
      query: parameters.required(query, isQuery, "a jq query, e.g. {customer: .customer}") ?? "",
    };
  },
};
