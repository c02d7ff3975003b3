import { fixedHead } from "../../components/prefix/fixedHead";
import type { TallyResult } from "../../records/verify/recordTally";
import type { LakeReport } from "../../records/verify/verifyLake";
import { byteSize, grouped } from "../reports/amounts";
import { badCount, factLines, listed } from "../reports/factLines";
import type { Colors } from "../reports/terminal";

/** What `verify` found; printed as it is by `--json`. */
export interface Verification extends LakeReport {
  readonly bucket: string;
  /** yyyy-MM-dd */
  readonly day: string;
  readonly timeZone: string;
  /** Absent: nobody looked for failed records. */
  readonly errorPrefix?: string;
  /** Present if there was something to compare with. */
  readonly comparison?: TallyResult;
}

/** Something is there, and nothing is missing, damaged or undelivered. Duplicates are allowed. */
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

/** What was found, as text for a person: one fact a line. */
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

/** Each object that cannot be read to its end, and why. */
export function corruptObjects({ corrupt }: LakeReport): readonly string[] {
  return listed(
    "Corrupt objects",
    corrupt.map(({ key, reason }) => `${key}: ${reason}`),
  );
}

function errorFact({ errorPrefix, errors }: Verification, colors: Colors): string {
  if (errorPrefix === undefined) return "not looked for: no error prefix given";
  const place = fixedHead(errorPrefix) || "the bucket's root";
  return `${badCount(errors.records, colors)} in ${grouped(errors.objects)} objects under ${place}`;
}
