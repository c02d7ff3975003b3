import type { ProcessorFeature } from "./processorFeature";

/** Extracts partition keys from records with jq. The local delivery engine does not support it. */
export const metadataExtraction: ProcessorFeature = {
  type: "MetadataExtraction",
  supported: false,
  read: () => ({ type: "MetadataExtraction" }),
};
