import { fixedHead } from "../../components/prefix/fixedHead";
import type { TallyResult } from "../../records/verify/recordTally";
import type { LakeReport } from "../../records/verify/verifyLake";
import { byteSize, counted, grouped } from "../reports/amounts";
import { badCount, factLines, listed } from "../reports/reportLines";
import type { Colors } from "../reports/terminal";

/** Result of `verify`, and the document that `--json` prints. */
export interface Verification extends LakeReport {
  readonly bucket: string;
  /** yyyy-MM-dd */
  readonly day: string;
  readonly timeZone: string;
  /** Absent: error records were not counted. */
  readonly errorPrefix?: string;
  /** Present if there was a file to compare with. */
  readonly comparison?: TallyResult;
}

/** Whether there are objects, and nothing is missing, corrupt or undelivered. Duplicates are allowed. */
export function verificationSucceeded({
  objects,
  corrupt,
  errors,
  comparison,
}: Verification): boolean {
  return (
    objects > 0 &&
    corrupt.length === 0 &&
    errors.objects === 0 &&
    !(comparison && comparison.missing > 0)
  );
}

/** The report of `verify`: one fact per line. */
export function verifyReport(found: Verification, colors: Colors): string {
  const { objects, corrupt, comparison } = found;
  const facts: [string, string][] = [
    ["Bucket", found.bucket],
    ["Day", `${found.day} (${found.timeZone})`],
    ["Under", found.prefixes.join(" ") || "the bucket's root"],
    ["Objects", objects > 0 ? grouped(objects) : colors.red("0")],
    ["Records", grouped(found.records)],
    ["Stored", byteSize(found.storedBytes)],
    ["Unpacked", byteSize(found.bytes)],
    ["Corrupt objects", badCount(corrupt.length, colors)],
    ["Error records", errorFact(found, colors)],
  ];
  if (comparison) {
    facts.push(
      ["Sent", grouped(comparison.sent)],
      ["Delivered", grouped(comparison.delivered)],
      ["Missing", badCount(comparison.missing, colors)],
      ["Duplicated", grouped(comparison.duplicated)],
      ["Unexpected", grouped(comparison.unexpected)],
    );
  }
  return [
    ...factLines(facts),
    ...corruptObjects(found),
    ...listed(
      "Error records by code",
      Object.entries(found.errors.byCode).map(([code, count]) => `${grouped(count)}  ${code}`),
    ),
  ].join("\n");
}

/** Each object that cannot be read to its end, with the reason. */
export function corruptObjects({ corrupt }: LakeReport): readonly string[] {
  return listed(
    "Corrupt objects",
    corrupt.map(({ key, reason }) => `${key}: ${reason}`),
  );
}

function errorFact({ errorPrefix, errors }: Verification, colors: Colors): string {
  if (errorPrefix === undefined) return "not counted: no error prefix specified";
  const place = fixedHead(errorPrefix) || "the bucket's root";
  return `${badCount(errors.records, colors)} in ${counted(errors.objects, "object")} under ${place}`;
}
