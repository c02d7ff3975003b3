/**
 * A whole number with thousands separators, e.g. `12,345`.
 *
 * @param {number} count
 */
export function grouped(count) {
  return count.toLocaleString("en-US");
}

/**
 * A count with its noun, e.g. `1 record`, `12,345 records`.
 *
 * @param {number} count
 * @param {string} noun
 */
export function counted(count, noun) {
  return `${grouped(count)} ${noun}${count === 1 ? "" : "s"}`;
}

const units = ["KiB", "MiB", "GiB", "TiB"];

/**
 * Bytes in the unit that keeps the number short, e.g. `1.5 MiB`; as the command line prints them.
 *
 * @param {number} bytes
 */
export function byteSize(bytes) {
  if (bytes < 1024) return `${bytes} bytes`;
  let value = bytes / 1024;
  let unit = 0;
  while (value >= 1023.95 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${value.toFixed(1)} ${units[unit]}`;
}

/**
 * Records per second, e.g. `412/s`; "" for zero.
 *
 * @param {number} perSecond
 */
export function rate(perSecond) {
  if (perSecond === 0) return "";
  return `${perSecond < 10 ? perSecond.toFixed(1) : grouped(Math.round(perSecond))}/s`;
}

/**
 * A duration in the unit that keeps it short, e.g. `350 ms`, `4.2 s`, `12 min`, `3 h`.
 *
 * @param {number} milliseconds
 * @param {"whole"} [seconds] `whole` for seconds without fraction
 */
export function duration(milliseconds, seconds) {
  if (seconds === "whole" && milliseconds < 60_000) return `${Math.floor(milliseconds / 1000)} s`;
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 60_000) return `${(milliseconds / 1000).toFixed(1)} s`;
  if (milliseconds < 2 * 3_600_000) return `${Math.round(milliseconds / 60_000)} min`;
  return `${Math.round(milliseconds / 3_600_000)} h`;
}

/**
 * The time of day in UTC, as in the keys of objects, e.g. `14:03:59 UTC`.
 *
 * @param {number} at milliseconds since 1970
 */
export function timeOfDay(at) {
  return `${new Date(at).toISOString().slice(11, 19)} UTC`;
}

/**
 * The same time by the clock of the reader, with its zone, e.g. `15:03:59 GMT+1`.
 *
 * @param {number} at milliseconds since 1970
 */
export function localTimeOfDay(at) {
  return new Date(at).toLocaleTimeString("en-GB", { timeZoneName: "short" });
}
