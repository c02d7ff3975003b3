import { LocalDate } from "@js-joda/core";
import { zone } from "../../components/prefix/formatTimestamp";
import { openInput } from "../../records/input/openInput";
import { readRecords } from "../../records/input/readRecords";
import type { TargetProcessing } from "../../records/target/processing";
import type { Delimiter } from "../../records/verify/readObject";
import { RecordTally } from "../../records/verify/recordTally";
import { verifyLake } from "../../records/verify/verifyLake";
import { pipedCommand } from "../pipedCommand";
import { progressBar } from "../progressBar";
import { counted } from "../../records/amounts";
import type { Colors } from "../reports/terminal";
import { jsonText } from "../reports/printable";
import { s3Client } from "../serviceClients";
import { targetArguments } from "../target/targetOptions";
import { type DataLakeOptions, type OpenLake, openLake } from "./dataLake";
import { verifyErrors } from "./errorsAction";
import { missingAccount } from "./missingAccount";
import { ageOf } from "./objectAge";
import {
  type SkippedLine,
  type Verification,
  verificationSucceeded,
  verifyReport,
} from "./verifyReport";

export interface VerifyCommandOptions extends DataLakeOptions {
  readonly date?: string;
  readonly input?: string;
  /** Only group failed records by cause. */
  readonly errors?: boolean;
  readonly json?: boolean;
}

/**
 * Reads one day of a data lake and reports what it contains.
 *
 * @returns the report and the exit code: 0 success, 1 there are no objects, or something is missing,
 *   corrupt or undelivered
 * @throws Error if the data lake cannot be read
 */
export async function verify(
  options: VerifyCommandOptions,
  colors: Colors,
): Promise<{ report: string; exitCode: number }> {
  const { errors = false, input } = options;
  if (errors && input !== undefined)
    throw new Error("--errors cannot be combined with --input: it only reads failed records.");
  const open = await openLake(options);
  return (errors ? verifyErrors : verifyOpen)(open, options, colors).finally(open.close);
}

async function verifyOpen(
  { lake: { region, processing = {}, ...lake }, aws, hasEnded }: OpenLake,
  options: VerifyCommandOptions,
  colors: Colors,
): Promise<{ report: string; exitCode: number }> {
  const { date, input, json } = options;
  const today = LocalDate.now(zone(lake.timeZone)).toString();
  const day = date ?? today;
  const sent = input === undefined ? undefined : await readSent(input, lake.delimiter);
  const client = s3Client(await aws("s3", region));
  const progress = readingProgress();
  try {
    const tally = sent && { tally: sent.tally };
    const found = await verifyLake({
      ...{ client, ...lake, days: [day], ...tally },
      onObject: progress.add,
    }).finally(progress.end);
    const verification: Verification = {
      bucket: lake.bucket,
      day,
      timeZone: lake.timeZone,
      ...(lake.errorPrefix !== undefined && { errorPrefix: lake.errorPrefix }),
      ...found,
      ...(found.newest &&
        !hasEnded &&
        day === today && { age: ageOf(found.newest, processing, Date.now()) }),
      ...(sent && comparisonOf(sent, processing)),
    };
    return {
      report: json
        ? jsonText(verification)
        : verifyReport(verification, colors, day === today ? targetArguments(options) : undefined),
      exitCode: verificationSucceeded(verification) ? 0 : 1,
    };
  } finally {
    client.destroy();
  }
}

/** Counts on a terminal what is read. */
function readingProgress() {
  const line = progressBar(30, (_options, _progress, { text = "" }: { text?: string }) => text);
  let [objects, records] = [0, 0];
  line.start(0, 0);
  return {
    add: (object: { readonly records: number }): void => {
      objects += 1;
      records += object.records;
      const text = `Reading: ${counted(objects, "object")}, ${counted(records, "record")}`;
      line.update(objects, { text });
    },
    end: (): void => {
      line.stop();
    },
  };
}

function comparisonOf(
  { tally, skipped }: Awaited<ReturnType<typeof readSent>>,
  processing: TargetProcessing,
): Pick<Verification, "comparison" | "account" | "skipped"> {
  const comparison = tally.result();
  return { comparison, account: missingAccount(comparison, processing), skipped };
}

/** The records of a file, and the lines that `send` does not send either. */
async function readSent(
  file: string,
  delimiter: Delimiter,
): Promise<{ tally: RecordTally; skipped: SkippedLine[] }> {
  const tally = new RecordTally(delimiter);
  const skipped: SkippedLine[] = [];
  const input = await openInput(file, new AbortController().signal, pipedCommand(file));
  for await (const line of readRecords(input.chunks, input.name)) {
    if ("data" in line) tally.addSent(line.data);
    else if ("rejected" in line) skipped.push({ line: line.line, reason: line.rejected });
  }
  return { tally, skipped };
}
