import { LocalDate } from "@js-joda/core";
import { zone } from "../../components/prefix/formatTimestamp";
import { openInput } from "../../records/input/openInput";
import { readRecords } from "../../records/input/readRecords";
import type { Delimiter } from "../../records/verify/readObject";
import { RecordTally } from "../../records/verify/recordTally";
import { verifyLake } from "../../records/verify/verifyLake";
import { pipedCommand } from "../pipedCommand";
import type { Colors } from "../reports/terminal";
import { jsonText } from "../reports/printable";
import { s3Client } from "../serviceClients";
import { type DataLakeOptions, type OpenLake, openLake } from "./dataLake";
import {
  type SkippedLine,
  type Verification,
  verificationSucceeded,
  verifyReport,
} from "./verifyReport";

export interface VerifyCommandOptions extends DataLakeOptions {
  readonly date?: string;
  readonly input?: string;
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
  const open = await openLake(options);
  return verifyOpen(open, options, colors).finally(open.close);
}

async function verifyOpen(
  { lake: { region, ...lake }, aws }: OpenLake,
  { date, input, json }: VerifyCommandOptions,
  colors: Colors,
): Promise<{ report: string; exitCode: number }> {
  const day = date ?? LocalDate.now(zone(lake.timeZone)).toString();
  const sent = input === undefined ? undefined : await readSent(input, lake.delimiter);
  const client = s3Client(await aws("s3", region));
  try {
    const tally = sent && { tally: sent.tally };
    const found = await verifyLake({ client, ...lake, days: [day], ...tally });
    const verification: Verification = {
      bucket: lake.bucket,
      day,
      timeZone: lake.timeZone,
      ...(lake.errorPrefix !== undefined && { errorPrefix: lake.errorPrefix }),
      ...found,
      ...(sent && { comparison: sent.tally.result(), skipped: sent.skipped }),
    };
    return {
      report: json ? jsonText(verification) : verifyReport(verification, colors),
      exitCode: verificationSucceeded(verification) ? 0 : 1,
    };
  } finally {
    client.destroy();
  }
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
