import { InvalidArgumentError } from "commander";
import type { KeyDistribution } from "../../local/simulation/madeUpKeys";
import type { Outage } from "../../local/simulation/traffic";
import { MAX_DATA_BYTES } from "../../records/input/readRecords";

/** `500/s`, `30000/min` or `1000/h`, as records per second. */
export function recordRate(argument: string): number {
  const [, count = "", unit = ""] = /^(\d+(?:\.\d+)?)\/(s|min|h)$/.exec(argument) ?? [];
  const perSecond = Number(count) / (secondsIn[unit] ?? NaN);
  if (!(perSecond > 0 && perSecond <= maxPerSecond))
    throw new InvalidArgumentError(
      `It must be records per s, min or h, e.g. 500/s; at most ${maxPerSecond}/s.`,
    );
  return perSecond;
}

/** `300`, `300B`, `1KiB` or `20KB`, as bytes. */
export function byteCount(argument: string): number {
  const [, count = "", unit = ""] = /^(\d+(?:\.\d+)?)(B|KB|KiB|MB|MiB)?$/.exec(argument) ?? [];
  const bytes = Math.round(Number(count || NaN) * (bytesIn[unit] ?? 1));
  if (!(bytes >= 1 && bytes <= MAX_DATA_BYTES))
    throw new InvalidArgumentError(
      `It must be a size in B, KB, KiB, MB or MiB, e.g. 1KiB; at most ${MAX_DATA_BYTES}B, the limit ` +
        "of Kinesis less a partition key.",
    );
  return bytes;
}

/** `90s`, `15m`, `24h` or `7d`, as milliseconds. */
export function duration(argument: string): number {
  const milliseconds = timeOf(argument);
  if (!(milliseconds >= 1000 && milliseconds <= maxMilliseconds))
    throw new InvalidArgumentError("It must be a time in s, m, h or d, e.g. 24h; from 1s to 31d.");
  return milliseconds;
}

/** `06:00/2h`: six hours after the beginning, for two hours. Appended to the outages before it. */
export function outages(argument: string, before: readonly Outage[] = []): readonly Outage[] {
  const [start = "", length = "", ...rest] = argument.split("/");
  const [, hours, minutes] = /^(\d+):([0-5]\d)$/.exec(start) ?? [];
  const after =
    hours === undefined ? timeOf(start) : timeOf(`${hours}h`) + timeOf(`${minutes ?? ""}m`);
  const milliseconds = timeOf(length);
  if (
    rest.length > 0 ||
    !(after >= 0 && milliseconds > 0 && after + milliseconds <= maxMilliseconds)
  )
    throw new InvalidArgumentError(
      "It must be START/DURATION, e.g. 06:00/2h for two hours that start six hours after the " +
        "beginning; the end must be within 31d.",
    );
  return [...before, { after, milliseconds }];
}

/** `1000` or `zipf:1000`: that many values of partition keys, equally frequent or by Zipf's law. */
export function partitions(argument: string): KeyDistribution {
  const [, zipf, count = ""] = /^(zipf:)?(\d+)$/.exec(argument) ?? [];
  const values = Number(count);
  if (!(values >= 1 && values <= maxValues))
    throw new InvalidArgumentError(
      `It must be a number of key values from 1 to ${maxValues}: 1000 if all are equally frequent, ` +
        "zipf:1000 if few are frequent and many are rare.",
    );
  return { type: zipf === undefined ? "uniform" : "zipf", values };
}

/** A whole number of 32 bits. */
export function seed(argument: string): number {
  const value = Number(argument);
  if (!/^\d+$/.test(argument) || value >= 2 ** 32)
    throw new InvalidArgumentError(`It must be a whole number from 0 to ${2 ** 32 - 1}.`);
  return value;
}

/** A time in milliseconds; NaN if it is not a time. */
function timeOf(argument: string): number {
  const [, count = "", unit = ""] = /^(\d+(?:\.\d+)?)(s|m|h|d)$/.exec(argument) ?? [];
  return Math.round(Number(count) * 1000 * (secondsIn[unit === "m" ? "min" : unit] ?? NaN));
}

const secondsIn: Readonly<Record<string, number>> = { s: 1, min: 60, h: 3600, d: 86_400 };
const bytesIn: Readonly<Record<string, number>> = {
  ...{ B: 1, KB: 1000, KiB: 1024 },
  ...{ MB: 1_000_000, MiB: 1024 * 1024 },
};

const maxValues = 1_000_000;

/** Far more than the largest simulated stream accepts; it throttles the rest. */
const maxPerSecond = 1_000_000;

/** 31 days. */
const maxMilliseconds = 31 * 86_400_000;
