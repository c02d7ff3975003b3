import { InvalidArgumentError } from "commander";
import type { Outage } from "../../local/simulation/traffic";
import { MAX_DATA_BYTES } from "../../records/input/readRecords";

/** `500/s`, `30000/min` or `1000/h`, as records per second. */
export function recordRate(text: string): number {
  const [, count = "", unit = ""] = /^(\d+(?:\.\d+)?)\/(s|min|h)$/.exec(text) ?? [];
  const perSecond = Number(count) / (secondsIn[unit] ?? NaN);
  if (!(perSecond > 0 && perSecond <= mostPerSecond))
    throw new InvalidArgumentError(
      `Allowed are records per s, min or h, e.g. 500/s; at most ${mostPerSecond}/s.`,
    );
  return perSecond;
}

/** `300`, `300B`, `1KiB` or `20KB`, as bytes. */
export function byteCount(text: string): number {
  const [, count = "", unit = ""] = /^(\d+(?:\.\d+)?)(B|KB|KiB|MB|MiB)?$/.exec(text) ?? [];
  const bytes = Math.round(Number(count || NaN) * (bytesIn[unit] ?? 1));
  if (!(bytes >= 1 && bytes <= MAX_DATA_BYTES))
    throw new InvalidArgumentError(
      `Allowed is a size in B, KB, KiB, MB or MiB, e.g. 1KiB; at most ${MAX_DATA_BYTES}B, what ` +
        "Kinesis takes beside a partition key.",
    );
  return bytes;
}

/** `90s`, `15m`, `24h` or `7d`, as milliseconds. */
export function duration(text: string): number {
  const milliseconds = timeOf(text);
  if (!(milliseconds >= 1000 && milliseconds <= longest))
    throw new InvalidArgumentError("Allowed is a time in s, m, h or d, e.g. 24h; from 1s to 31d.");
  return milliseconds;
}

/** `06:00/2h`: from six hours after the begin on, for two hours. Adds to those given before. */
export function outages(text: string, before: readonly Outage[]): readonly Outage[] {
  const [start = "", length = "", ...rest] = text.split("/");
  const [, hours, minutes] = /^(\d+):([0-5]\d)$/.exec(start) ?? [];
  const after =
    hours === undefined ? timeOf(start) : timeOf(`${hours}h`) + timeOf(`${minutes ?? ""}m`);
  const milliseconds = timeOf(length);
  if (rest.length > 0 || !(after >= 0 && milliseconds > 0 && after + milliseconds <= longest))
    throw new InvalidArgumentError(
      "Allowed is START/DURATION, e.g. 06:00/2h for two hours from six hours after the begin on; " +
        "it ends within 31d.",
    );
  return [...before, { after, milliseconds }];
}

/** A whole number of 32 bits. */
export function seed(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value >= 2 ** 32)
    throw new InvalidArgumentError(`Allowed is a whole number from 0 to ${2 ** 32 - 1}.`);
  return value;
}

/** In milliseconds; NaN for what is no time. */
function timeOf(text: string): number {
  const [, count = "", unit = ""] = /^(\d+(?:\.\d+)?)(s|m|h|d)$/.exec(text) ?? [];
  return Math.round(Number(count) * 1000 * (secondsIn[unit === "m" ? "min" : unit] ?? NaN));
}

const secondsIn: Readonly<Record<string, number>> = { s: 1, min: 60, h: 3600, d: 86_400 };
const bytesIn: Readonly<Record<string, number>> = {
  ...{ B: 1, KB: 1000, KiB: 1024 },
  ...{ MB: 1_000_000, MiB: 1024 * 1024 },
};

/** Far beyond what the streams here take: the rest is refused, record by record. */
const mostPerSecond = 1_000_000;

const longest = 31 * 86_400_000;
