/** What partitions can be made of, from the longest to the shortest. */
export const timeUnits = ["year", "month", "day", "hour", "minute", "second"] as const;

export type TimeUnit = (typeof timeUnits)[number];

/**
 * The unit of a run of letters in a timestamp pattern, if it prints a number that Athena can
 * project: one with the digits that are written, or, for a single letter, without leading zeros.
 */
export function unitOf(letters: string): TimeUnit | undefined {
  return unitOfLetters[letters];
}

const unitOfLetters: Readonly<Record<string, TimeUnit>> = {
  ...{ yyyy: "year", yy: "year", uuuu: "year", uu: "year" },
  ...{ MM: "month", M: "month", dd: "day", d: "day" },
  ...{ HH: "hour", H: "hour", mm: "minute", m: "minute", ss: "second", s: "second" },
};
