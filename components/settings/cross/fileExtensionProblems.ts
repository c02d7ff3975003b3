import type { Problem } from "../problem";
import type { SettingsView } from "./settingsView";

/** The extension that Firehose gives a compressed object by default. */
const extensions: Readonly<Record<string, string>> = {
  GZIP: ".gz",
  ZIP: ".zip",
  Snappy: ".snappy",
  HADOOP_SNAPPY: ".snappy",
};

/**
 * A custom extension replaces Firehose's and does not change the body. Athena, Spark and Hadoop
 * choose the decompression by the extension: with another one they cannot read the objects.
 */
export function fileExtensionProblems({ known, isUnknown }: SettingsView): Problem[] {
  const { fileExtension, compression = "GZIP" } = known.delivery ?? {};
  if (fileExtension === undefined || isUnknown("delivery", "compression")) return [];
  const expected = extensions[compression];
  if (expected !== undefined)
    return fileExtension.endsWith(expected)
      ? []
      : [
          {
            path: ["delivery", "fileExtension"],
            reason: `is ${JSON.stringify(fileExtension)}, by which readers do not recognize the compression ${compression}`,
            allowed: `a string that ends in ${expected}`,
            suggestion: `.json${expected}`,
          },
        ];
  const claimed = Object.values(extensions).find((extension) => fileExtension.endsWith(extension));
  if (claimed === undefined) return [];
  return [
    {
      path: ["delivery", "fileExtension"],
      reason: `is ${JSON.stringify(fileExtension)}, but the objects are not compressed`,
      allowed: `a string that does not end in ${claimed}`,
      suggestion: ".json",
    },
  ];
}
