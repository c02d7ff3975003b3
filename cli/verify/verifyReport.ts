import { fixedHead } from "../../components/prefix/fixedHead";
import type { TallyResult } from "../../records/verify/recordTally";
import type { LakeReport } from "../../records/verify/verifyLake";
import { byteSize, counted, grouped } from "../../records/amounts";
import { printable } from "../reports/printable";
import { badCount, factLines, listed } from "../reports/reportLines";
import type { Colors } from "../reports/terminal";
import { errorCauseLines } from "./errorCauseLines";
import { accountNote, accountText, type MissingAccount } from "./missingAccount";
import { newestFact, type ObjectAge, overdueNote } from "./objectAge";

/** Result of `verify`, and the document that `--json` prints. */
export interface Verification extends LakeReport {
  readonly bucket: string;
  /** yyyy-MM-dd */
  readonly day: string;
  readonly timeZone: string;
  /** Absent: error records were not counted. */
  readonly errorPrefix?: string;
  /** How old the newest object is; absent unless new ones can follow it. */
  readonly age?: ObjectAge;
  /** Present if there was a file to compare with. */
  readonly comparison?: TallyResult;
  /** Why records are missing, as far as that is known; present with `comparison`. */
  readonly account?: MissingAccount;
  /** Lines of that file that cannot be records, so that `send` does not send them either. */
  readonly skipped?: readonly SkippedLine[];
}

export interface SkippedLine {
  readonly line: number;
  readonly reason: string;
}

/**
 * Whether there are objects, and nothing is corrupt, undelivered, or missing without an explanation.
 * Duplicates are allowed.
 */
export function verificationSucceeded(found: Verification): boolean {
  const { corrupt, errors } = found;
  return hasArrived(found) && corrupt.length === 0 && errors.objects === 0;
}

function hasArrived({ objects, comparison, account }: Verification): boolean {
  const unexplained = account?.unexplained ?? comparison?.missing ?? 0;
  return objects > 0 && unexplained === 0;
}

/**
 * The report of `verify`: one fact per line.
 *
 * @param target the options with which `diagnose` says why records have not arrived. Absent: it cannot
 */
export function verifyReport(found: Verification, colors: Colors, target?: string): string {
  const { objects, corrupt, newest, age, comparison, account, skipped = [] } = found;
  const facts: Fact[] = [
    ["Bucket", printable(found.bucket)],
    ["Day", `${found.day} (${found.timeZone})`],
    ["Under", printable(found.prefixes.join(" ")) || "the bucket's root"],
    ["Objects", objects > 0 ? grouped(objects) : colors.red("0")],
    ["Records", recordFact(found)],
    ["Stored", byteSize(found.storedBytes)],
    ["Unpacked", byteSize(found.bytes)],
    ...(newest ? [newestFact(newest, age, colors)] : []),
    ["Corrupt objects", badCount(corrupt.length, colors)],
    ["Error records", errorFact(found, colors)],
  ];
  if (comparison) facts.push(...comparisonFacts(comparison, account, colors));
  return [
    ...factLines(facts),
    ...overdueNote(age),
    ...comparisonNote(comparison),
    ...accountNote(account),
    ...packedNote(found),
    ...listed(
      `Skipped ${counted(skipped.length, "line")} of the input that cannot be sent`,
      skipped.map(({ line, reason }) => `line ${line}: ${reason}`),
    ),
    ...corruptObjects(found),
    ...errorCauseLines(found.errors.causes),
    ...(target === undefined || hasArrived(found)
      ? []
      : ["", "To find out why records have not arrived:", `  npx streamlake diagnose${target}`]),
  ].join("\n");
}

type Fact = [name: string, value: string];

function recordFact({ records, inseparable }: LakeReport): string {
  return inseparable === undefined
    ? grouped(records)
    : "unknown: not JSON, and without a delimiter";
}

function comparisonFacts(
  comparison: TallyResult,
  account: MissingAccount | undefined,
  colors: Colors,
): Fact[] {
  const { sent, delivered, missing, byBytes } = comparison;
  const others: Fact[] = [
    ["Duplicated", grouped(comparison.duplicated)],
    ["Unexpected", grouped(comparison.unexpected)],
  ];
  const least = byBytes && missing > 0 ? " or more" : "";
  return [
    ["Sent", grouped(sent)],
    ["Delivered", `${grouped(delivered)}${least && " or fewer"}`],
    ["Missing", `${badCount(missing, colors)}${least}${accountText(account)}`],
    ...(byBytes ? [["Extra data", byteSize(byBytes.extra)] as Fact] : others),
  ];
}

/** Says if records could not be compared one by one. */
export function comparisonNote(comparison: TallyResult | undefined): readonly string[] {
  if (!comparison?.byBytes) return [];
  const { sent, missing } = comparison.byBytes;
  return [
    "",
    "Records that are not JSON cannot be distinguished without a delimiter. Their",
    `bytes were compared: ${missing === 0 ? "all" : grouped(sent - missing)} of ${grouped(sent)} arrived.`,
  ];
}

/**
 * Says if records are compressed themselves, so that they cannot be those that were sent as lines, and which
 * settings make the objects readable.
 */
export function packedNote({
  packed = {},
  separated = 0,
}: Pick<LakeReport, "packed" | "separated">): readonly string[] {
  const notes = Object.entries(packed).flatMap(([format, objects]) => [
    "",
    `Records in ${counted(objects, "object")} are themselves compressed with ${format}, so lines`,
    "are no records there, and an input is not found. Their producer compressed them,",
    "or a service such as CloudWatch Logs, whose records Firehose unpacks with the",
    "processor Decompression.",
    ...(format === "GZIP" ? gzipRecordFix : []),
  ]);
  if (separated === 0) return notes;
  return [
    ...notes,
    "",
    `Records in ${counted(separated, "corrupt object")} are themselves compressed with GZIP,`,
    "and have newlines between them, at which readers stop after the first record.",
    ...gzipRecordFix,
  ];
}

const gzipRecordFix = [
  "Readers find such records if Firehose only joins them: compression UNCOMPRESSED,",
  "extension .gz, and no AppendDelimiterToRecord. In the component, the setting",
  "delivery.recordCompression: GZIP does all three.",
] as const;

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
  return `${badCount(errors.records, colors)} in ${counted(errors.objects, "object")} under ${printable(place)}`;
}
