import { type Command, InvalidArgumentError, Option } from "commander";
import { byteCount, recordRate } from "../simulate/parseOptions";

/** The traffic that an estimate is for. */
export interface TrafficOptions {
  /** Records per second. */
  readonly rate?: number;
  /** Bytes of a record. */
  readonly size?: number;
  readonly input?: string;
  /** Hours of each day with traffic. Default: 24. */
  readonly hours?: number;
  /** Records per second. Default: the rate. */
  readonly peak?: number;
}

/** Size of a record unless an option or an input has another one. */
export const defaultRecordBytes = 1024;

/** @param purpose of the rate, for its description */
export function addTrafficOptions(command: Command, purpose = "incoming records"): Command {
  return command
    .option("--rate <records>", `${purpose}: 500/s, 30000/min, 1000/h`, recordRate)
    .addOption(
      new Option("--size <bytes>", "size of a record: 300B, 1KiB, 20KB (default: 1KiB)").argParser(
        byteCount,
      ),
    )
    .addOption(
      new Option(
        "--input <file>",
        "file whose lines have the sizes, and are compressed; - reads standard input",
      ).conflicts("size"),
    )
    .addOption(
      new Option("--hours <hours>", "hours of each day with traffic (default: 24)").argParser(
        hoursOfDay,
      ),
    )
    .option("--peak <records>", "highest rate, for the shards (default: the rate)", recordRate);
}

function hoursOfDay(argument: string): number {
  const hours = positiveNumber(argument);
  if (hours > 24) throw new InvalidArgumentError("It must be hours of a day, at most 24.");
  return hours;
}

/** A number above 0. */
export function positiveNumber(argument: string): number {
  const value = Number(argument);
  if (!/^\d+(?:\.\d+)?$/.test(argument) || !(value > 0))
    throw new InvalidArgumentError("It must be a number above 0.");
  return value;
}

/** A whole number from 1. */
export function count(argument: string, most: number): number {
  const value = Number(argument);
  if (!/^\d+$/.test(argument) || value < 1 || value > most)
    throw new InvalidArgumentError(`It must be a whole number from 1 to ${most}.`);
  return value;
}
