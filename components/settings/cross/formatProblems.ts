import { mayBePacked } from "../advice";
import type { Problem } from "../problem";
import type { SettingsView } from "./settingsView";

/** The extension that Firehose gives a compressed object by default. */
const extensions: Readonly<Record<string, string>> = {
  GZIP: ".gz",
  ZIP: ".zip",
  Snappy: ".snappy",
  HADOOP_SNAPPY: ".snappy",
};

/** Settings that together make objects that readers cannot read. */
export function formatProblems(settings: SettingsView): readonly Problem[] {
  return [...recordCompressionProblems(settings), ...fileExtensionProblems(settings)];
}

/**
 * Objects of compressed records are these records, one after the other: a GZIP file of several
 * members. Anything between the members ends it for readers, and a second compression hides it.
 *
 * Source: RFC 1952, 2.2.
 */
function recordCompressionProblems({ known }: SettingsView): readonly Problem[] {
  const { recordCompression = "none", compression, delimiter } = known.delivery ?? {};
  if (recordCompression === "none") return [];
  const alternative = "or delivery.recordCompression none";
  return [
    ...(compression === undefined || compression === "UNCOMPRESSED"
      ? []
      : [
          {
            path: ["delivery", "compression"],
            reason: `is ${compression}, but delivery.recordCompression is ${recordCompression}: readers would decompress the objects only once`,
            allowed: `UNCOMPRESSED, ${alternative}`,
            suggestion: "UNCOMPRESSED",
          },
        ]),
    ...(delimiter === "newline"
      ? [
          {
            path: ["delivery", "delimiter"],
            reason: `is newline, but delivery.recordCompression is ${recordCompression}: readers would stop after the first record`,
            allowed: `none, ${alternative}`,
            suggestion: "none",
          },
        ]
      : []),
  ];
}

/**
 * A custom extension replaces Firehose's and does not change the body. Athena, Spark and Hadoop
 * choose the decompression by the extension: with another one they cannot read the objects.
 */
function fileExtensionProblems({ known, isUnknown }: SettingsView): readonly Problem[] {
  const { fileExtension, compression = "GZIP", recordCompression = "none" } = known.delivery ?? {};
  if (fileExtension === undefined || isUnknown("delivery", "recordCompression")) return [];
  const compressed = recordCompression === "none" ? compression : recordCompression;
  if (recordCompression === "none" && isUnknown("delivery", "compression")) return [];
  const expected = extensions[compressed];
  if (expected !== undefined)
    return fileExtension.endsWith(expected)
      ? []
      : [
          {
            path: ["delivery", "fileExtension"],
            reason: `is ${JSON.stringify(fileExtension)}, by which readers do not recognize the compression ${compressed}`,
            allowed: `a string that ends in ${expected}`,
            suggestion: `.json${expected}`,
          },
        ];
  const claimed = Object.values(extensions).find((extension) => fileExtension.endsWith(extension));
  if (claimed === undefined || mayBePacked(claimed, known.delivery?.delimiter)) return [];
  const ofRecords = claimed === extensions["GZIP"];
  return [
    {
      path: ["delivery", "fileExtension"],
      reason: `is ${JSON.stringify(fileExtension)}, but the objects are not compressed`,
      allowed: `a string that does not end in ${claimed}${ofRecords ? "; or delivery.recordCompression GZIP, if producers compress each record" : ""}`,
      suggestion: ".json",
    },
  ];
}
