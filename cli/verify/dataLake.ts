import type { Delimiter } from "../../records/verify/readObject";
import { stackOutputs, stringOutput } from "../stackOutputs";

/** Options that name a data lake: a stack, or a bucket and settings of its delivery stream. */
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
  /** Absent: error records are not counted. */
  readonly errorPrefix?: string;
  readonly timeZone: string;
  readonly delimiter: Delimiter;
  /** Known only from a stack. */
  readonly region?: string;
}

const NAMES = "--bucket NAME and --prefix PREFIX";

/** @throws Error unless the options name exactly one data lake */
export async function dataLake({ stack, ...named }: DataLakeOptions): Promise<DataLake> {
  const { bucket, prefix, errorPrefix } = named;
  if (stack !== undefined) {
    if (Object.keys(named).length > 0) {
      throw new Error(
        "--stack cannot be combined with --bucket, --prefix, --error-prefix, --time-zone or " +
          "--delimiter: the outputs of the stack contain them.",
      );
    }
    return stackLake(stack);
  }
  if (bucket === undefined || prefix === undefined) {
    throw new Error(`Specify either --stack NAME, or ${NAMES}.`);
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
  const output = (name: string): string => stringOutput(outputs, name, stack);
  const delimiter = output("delimiter");
  if (delimiter !== "newline" && delimiter !== "none") {
    throw new Error(`Stack "${stack}" has delimiter "${delimiter}"; it must be newline or none.`);
  }
  return {
    bucket: output("bucketName"),
    prefix: output("prefix"),
    errorPrefix: output("errorPrefix"),
    timeZone: output("timeZone"),
    delimiter,
    region: output("region"),
  };
}
