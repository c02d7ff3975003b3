import { Unknown } from "../../../engine/graph/resourceGraph";
import { parametersOf, type ProcessorFeature } from "./processorFeature";

/** Decompresses the GZIP records of a CloudWatch Logs subscription. */
export const decompression: ProcessorFeature = {
  type: "Decompression",
  supported: true,
  read(inputs) {
    const name = "CompressionFormat";
    const parameters = parametersOf(inputs, name);
    if (parameters instanceof Unknown) return parameters;
    const format = parameters.get(name) ?? "GZIP";
    if (format !== "GZIP") inputs.refuse("parameters", `has ${name} "${format}"; allowed: GZIP`);
    return { type: "Decompression" };
  },
};
