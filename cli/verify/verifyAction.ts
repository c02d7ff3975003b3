import { LocalDate } from "@js-joda/core";
import { zone } from "../../components/prefix/formatTimestamp";
import { openInput } from "../../records/input/openInput";
import { readRecords } from "../../records/input/readRecords";
import { RecordTally } from "../../records/verify/recordTally";
import { verifyLake } from "../../records/verify/verifyLake";
import { s3Client } from "../awsClients";
import type { AwsOptions } from "../options";
import { dataLake, type DataLakeOptions } from "./dataLake";
import type { Colors } from "../reports/terminal";
import { verificationSucceeded, verifyReport, type Verification } from "./verifyReport";

export interface VerifyCommandOptions extends AwsOptions, DataLakeOptions {
  readonly date?: string;
  readonly input?: string;
  readonly json?: boolean;
}

/**
 * Looks at one day of a data lake and says what is there.
 *
 * @returns the report and the exit code: 0 fine, 1 nothing there, or something is missing, corrupt or
 *   undelivered
 * @throws Error if it cannot look
 */
export async function verify(
  options: VerifyCommandOptions,
  colors: Colors,
): Promise<{ report: string; exitCode: number }> {
  const { date, input, json, region, endpoint, ...lakeOptions } = options;
  const { region: stackRegion, ...lake } = await dataLake(lakeOptions);
  const usedRegion = region ?? stackRegion;
  const day = date ?? LocalDate.now(zone(lake.timeZone)).toString();
  const sent = input === undefined ? undefined : await tallyOf(input);
  const client = s3Client({
    ...(usedRegion !== undefined && { region: usedRegion }),
    ...(endpoint !== undefined && { endpoint }),
  });
  try {
    const tally = sent && { tally: sent };
    const found = await verifyLake({ client, ...lake, days: [day], ...tally });
    const verification: Verification = {
      bucket: lake.bucket,
      day,
      timeZone: lake.timeZone,
      ...(lake.errorPrefix !== undefined && { errorPrefix: lake.errorPrefix }),
      ...found,
      ...(sent && { comparison: sent.result() }),
    };
    return {
      report: json ? JSON.stringify(verification, null, 2) : verifyReport(verification, colors),
      exitCode: verificationSucceeded(verification) ? 0 : 1,
    };
  } finally {
    client.destroy();
  }
}

/** Rejected lines are left out: `send` did not send them either. */
async function tallyOf(file: string): Promise<RecordTally> {
  const tally = new RecordTally();
  const input = await openInput(file, new AbortController().signal);
  for await (const line of readRecords(input.chunks, input.name)) {
    if ("data" in line) tally.addSent(line.data);
  }
  return tally;
}
