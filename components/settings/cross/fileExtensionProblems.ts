import type { Problem } from "../problem";
import type { SettingsView } from "./settingsView";

/** What Firehose ends the name of a compressed object in by itself. */
const extensions: Readonly<Record<string, string>> = {
  GZIP: ".gz",
  ZIP: ".zip",
  Snappy: ".snappy",
  HADOOP_SNAPPY: ".snappy",
};

/**
 * An extension of one's own replaces Firehose's and leaves the body as it is. Athena, Spark and
 * Hadoop choose the decompression by it: another one makes the objects unreadable to them.
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
            reason: `is ${JSON.stringify(fileExtension)}, by which readers do not see the compression ${compression}`,
            allowed: `a text that ends in ${expected}`,
            suggestion: `.json${expected}`,
          },
        ];
  const claimed = Object.values(extensions).find((extension) => fileExtension.endsWith(extension));
  if (claimed === undefined) return [];
  return [
    {
      path: ["delivery", "fileExtension"],
      reason: `is ${JSON.stringify(fileExtension)}, but the objects are not compressed`,
      allowed: `a text that does not end in ${claimed}`,
      suggestion: ".json",
    },
  ];
}
