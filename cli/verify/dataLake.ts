import type { TargetLake } from "../../records/target/target";
import type { Delimiter } from "../../records/verify/readObject";
import { openAws, type OpenTarget, openTarget } from "../target/openTarget";
import { nameTarget, type TargetOptions } from "../target/targetOptions";

/** Options that name a data lake: a pipeline, or a bucket and settings of its delivery stream. */
export interface DataLakeOptions extends TargetOptions {
  readonly bucket?: string;
  readonly prefix?: string;
  readonly errorPrefix?: string;
  readonly timeZone?: string;
  readonly delimiter?: Delimiter;
}

/** A data lake that can be read. */
export interface OpenLake extends Pick<OpenTarget, "aws" | "close" | "hasEnded"> {
  readonly lake: TargetLake;
}

const names = "--bucket NAME and --prefix PREFIX";

/** @throws Error unless the options name exactly one data lake */
export async function openLake(options: DataLakeOptions): Promise<OpenLake> {
  const { bucket, prefix, errorPrefix, timeZone, delimiter } = options;
  const named = [bucket, prefix, errorPrefix, timeZone, delimiter];
  if (nameTarget(options) && named.some((option) => option !== undefined))
    throw new Error(
      "--stack, --stack-export and --local cannot be combined with --bucket, --prefix, " +
        "--error-prefix, --time-zone or --delimiter: they determine them.",
    );
  const open = await openTarget(options, names);
  if (open === undefined) return namedLake(options);
  const { target, ...services } = open;
  return { lake: target.lake(), ...services };
}

function namedLake(options: DataLakeOptions): OpenLake {
  const { bucket, prefix, errorPrefix, timeZone = "UTC", delimiter = "newline" } = options;
  if (bucket === undefined || prefix === undefined || options.deliveryStream !== undefined)
    throw new Error(`Specify one of --stack NAME, --stack-export FILE and --local, or ${names}.`);
  const lake: TargetLake = {
    ...{ bucket, prefix, timeZone, delimiter },
    ...(errorPrefix !== undefined && { errorPrefix }),
  };
  return { lake, ...openAws(options) };
}
