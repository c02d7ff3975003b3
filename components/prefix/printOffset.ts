/** The letters of offsets from UTC in a timestamp pattern. */
export type OffsetLetter = "O" | "X" | "x" | "Z";

/**
 * Writes an offset from UTC as Java's `DateTimeFormatter` does.
 *
 * @param count how often the letter stands, e.g. 3 for `XXX`
 * @param seconds whole minutes, as all offsets since 1972 are
 */
export function printOffset(letter: OffsetLetter, count: number, seconds: number): string {
  const fullGmt = count === 4;
  if (letter === "O" || (letter === "Z" && fullGmt)) return gmtOffset(seconds, fullGmt);
  const zeroIsZ = letter === "X" || (letter === "Z" && count === 5);
  if (zeroIsZ && seconds === 0) return "Z";
  const { sign, hours, minutes } = split(seconds);
  if (letter !== "Z" && count === 1) return sign + hours + (minutes === "00" ? "" : minutes);
  const colon = count === 5 || (letter !== "Z" && count === 3);
  return sign + hours + (colon ? ":" : "") + minutes;
}

/** `GMT`, and beside UTC `GMT+5:30` or, in full, `GMT+05:30`. */
function gmtOffset(seconds: number, full: boolean): string {
  if (seconds === 0) return "GMT";
  const { sign, hours, minutes } = split(seconds);
  if (full) return `GMT${sign}${hours}:${minutes}`;
  return `GMT${sign}${Number(hours)}${minutes === "00" ? "" : `:${minutes}`}`;
}

function split(seconds: number): { sign: string; hours: string; minutes: string } {
  const minutes = Math.abs(seconds) / 60;
  return {
    sign: seconds < 0 ? "-" : "+",
    hours: twoDigits(Math.floor(minutes / 60)),
    minutes: twoDigits(minutes % 60),
  };
}

function twoDigits(value: number): string {
  return `${value}`.padStart(2, "0");
}
