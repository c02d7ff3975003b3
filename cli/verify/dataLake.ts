import type { Delimiter } from "../../records/verify/readObject";
import { stackOutputs, textOutput } from "../stackOutputs";

/** Options that name a data lake: a stack, or bucket and what its delivery stream is set to. */
export interface DataLakeOptions {
  readonly stack?: string;
  readonly bucket?: string;
  readonly prefix?: string;
  readonly errorPrefix?: string;
  readonly timeZone?: string;
  readonly delimiter?: Delimiter;
}

export interface DataLake {
  readonly bucket: string;
  readonly prefix: string;
  /** Absent: nobody looks for failed records. */
  readonly errorPrefix?: string;
  readonly timeZone: string;
  readonly delimiter: Delimiter;
  /** Known from a stack only. */
  readonly region?: string;
}

const NAMES = "--bucket NAME and --prefix PREFIX";

/** @throws Error unless the options name exactly one data lake */
export async function dataLake({ stack, ...named }: DataLakeOptions): Promise<DataLake> {
  const { bucket, prefix, errorPrefix } = named;
  if (stack !== undefined) {
    if (Object.keys(named).length > 0) {
      throw new Error(
        "--stack already says where to look. Leave out --bucket, --prefix, --error-prefix, " +
          "--time-zone and --delimiter, or leave out --stack.",
      );
    }
    return stackLake(stack);
  }
  if (bucket === undefined || prefix === undefined) {
    throw new Error(`Say where to look: either --stack NAME, or ${NAMES}.`);
  }
  return {
    bucket,
    prefix,
    timeZone: named.timeZone ?? "UTC",
    ...(errorPrefix !== undefined && { errorPrefix }),
    delimiter: named.delimiter ?? "newline",
  };
}

async function stackLake(stack: string): Promise<DataLake> {
  const outputs = await stackOutputs(stack, NAMES);
  const text = (name: string): string => textOutput(outputs, name, stack);
  const delimiter = text("delimiter");
  if (delimiter !== "newline" && delimiter !== "none") {
    throw new Error(`Stack "${stack}" has delimiter "${delimiter}"; known are newline and none.`);
  }
  return {
    bucket: text("bucketName"),
    prefix: text("prefix"),
    errorPrefix: text("errorPrefix"),
    timeZone: text("timeZone"),
    delimiter,
    region: text("region"),
  };
}
