import { fixedHead } from "../../components/prefix/fixedHead";
import { type ErrorReport, readErrors } from "../../records/errors/readErrors";
import { allErrorKeys, dayPrefixes, errorKeys } from "../../records/verify/lakeKeys";
import { counted, grouped } from "../../records/amounts";
import { jsonText, printable } from "../reports/printable";
import { badCount, factLines, listed } from "../reports/reportLines";
import type { Colors } from "../reports/terminal";
import { s3Client } from "../serviceClients";
import type { OpenLake } from "./dataLake";
import { errorCauseLines } from "./errorCauseLines";

/** Result of `verify --errors`, and the document that `--json` prints. */
interface ErrorsFound extends ErrorReport {
  readonly bucket: string;
  readonly errorPrefix: string;
  /** yyyy-MM-dd; absent for all days. */
  readonly day?: string;
  /** Objects that cannot be read to their end. */
  readonly corrupt: readonly { readonly key: string; readonly reason: string }[];
}

/**
 * Reads everything below the error prefix of a data lake, or what failed on a day, and groups it by cause.
 *
 * @returns the report and the exit code: 0 nothing failed, 1 something did
 * @throws Error if the data lake cannot be read, or its error prefix is unknown
 */
export async function verifyErrors(
  { lake, aws }: OpenLake,
  { date, json = false }: { readonly date?: string; readonly json?: boolean },
  colors: Colors,
): Promise<{ report: string; exitCode: number }> {
  const { bucket, prefix, timeZone } = lake;
  if (lake.errorPrefix === undefined)
    throw new Error("--errors reads failed records: specify their prefix with --error-prefix.");
  // Without an error prefix, failed records are below the prefix of the others.
  const errorPrefix = lake.errorPrefix || prefix;
  const client = s3Client(await aws("s3", lake.region));
  try {
    const place = { client, bucket, errorPrefix };
    const keys =
      date === undefined
        ? allErrorKeys(place, prefix)
        : errorKeys(place, dayPrefixes(prefix, [date], timeZone));
    const corrupt: { key: string; reason: string }[] = [];
    const errors = await readErrors(place, keys, corrupt);
    const day = date !== undefined && { day: date };
    const found = { bucket, errorPrefix, ...day, ...errors, corrupt };
    return {
      report: json ? jsonText(found) : errorsReport(found, colors),
      exitCode: errors.objects === 0 ? 0 : 1,
    };
  } finally {
    client.destroy();
  }
}

function errorsReport(found: ErrorsFound, colors: Colors): string {
  const { bucket, errorPrefix, day, objects, records, causes, corrupt } = found;
  return [
    ...factLines([
      ["Bucket", printable(bucket)],
      ["Under", printable(fixedHead(errorPrefix)) || "the bucket's root"],
      ["Days", day ?? "all"],
      ["Error objects", grouped(objects)],
      ["Error records", badCount(records, colors)],
      ["Causes", grouped(causes.length)],
    ]),
    ...listed(
      "Corrupt objects",
      corrupt.map(({ key, reason }) => `${key}: ${reason}`),
    ),
    ...errorCauseLines(causes),
    ...(records > 0
      ? ["", `npx streamlake replay shows what of ${counted(records, "record")} can be sent again.`]
      : []),
  ].join("\n");
}
