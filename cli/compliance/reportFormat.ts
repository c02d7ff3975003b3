import { extname } from "node:path";

/** A format of the file of `--compliance-report`, by the end of its name. */
export type ReportFormat = (typeof REPORT_FORMATS)[number];

export const REPORT_FORMATS = [".html", ".json", ".md"] as const;

/** The format that the name of a file specifies; undefined if it specifies none. */
export function reportFormat(file: string): ReportFormat | undefined {
  return REPORT_FORMATS.find((format) => format === extname(file));
}
