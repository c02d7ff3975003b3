import { millisTimestamp, utcMicros } from "./moments";

/** Reads a string; undefined if it does not have the format. */
export type TimestampParser = (text: string) => bigint | undefined;

interface Fields {
  year: number;
  month: number;
  day: number;
  hour: number;
  /** Of a clock with 12 hours, 0 to 11; -1 without one. */
  halfDayHour: number;
  isAfternoon: boolean;
  minute: number;
  second: number;
  micros: number;
  /** East of UTC. */
  offsetMinutes: number;
}

/** How a letter reads: a pattern for its part of the string, and what the part sets. */
interface Letter {
  readonly pattern: (count: number) => string;
  readonly set: (fields: Fields, text: string) => void;
}

const digits = (most: number) => (): string => `\\d{1,${most}}`;

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

function number(most: number, name: keyof Omit<Fields, "isAfternoon">, change = (n: number) => n) {
  const set: Letter["set"] = (fields, text) => {
    fields[name] = change(Number(text));
  };
  return { pattern: digits(most), set };
}

const year: Letter = {
  pattern: (count) => (count === 2 ? "\\d{2}|\\d{3,9}" : "-?\\d{1,9}"),
  set: (fields, text) => {
    // Joda: two digits are a year within 50 of the current one; its pivot here is 2000.
    fields.year = text.length === 2 ? 1950 + ((Number(text) + 50) % 100) : Number(text);
  },
};

/** The letters of Joda's DateTimeFormat that a timestamp needs. Source: its Javadoc. */
const letters: Readonly<Record<string, Letter>> = {
  y: year,
  Y: year,
  M: {
    pattern: (count) => (count < 3 ? "\\d{1,2}" : "[A-Za-z]{3,9}"),
    set: (fields, text) => {
      const named = months.indexOf(text.slice(0, 3).toLowerCase()) + 1;
      fields.month = /^\d/u.test(text) ? Number(text) : named;
    },
  },
  d: number(2, "day"),
  H: number(2, "hour"),
  k: number(2, "hour", (hour) => hour % 24),
  h: number(2, "halfDayHour", (hour) => hour % 12),
  K: number(2, "halfDayHour"),
  m: number(2, "minute"),
  s: number(2, "second"),
  S: {
    pattern: digits(9),
    set: (fields, text) => {
      fields.micros = Number(text.padEnd(6, "0").slice(0, 6));
    },
  },
  a: {
    pattern: () => "[AaPp][Mm]",
    set: (fields, text) => {
      fields.isAfternoon = text.toLowerCase() === "pm";
    },
  },
  E: { pattern: () => "[A-Za-z]{3,9}", set: () => undefined },
  Z: {
    pattern: () => "Z|[+-]\\d{2}:?\\d{2}",
    set: (fields, text) => {
      const [, sign, hours = "0", minutes = "0"] = /([+-])(\d{2}):?(\d{2})/u.exec(text) ?? [];
      fields.offsetMinutes = (Number(hours) * 60 + Number(minutes)) * (sign === "-" ? -1 : 1);
    },
  },
};

/**
 * The parser of a format of the Hive JSON deserializer: `millis`, or a pattern of Joda's DateTimeFormat.
 * What the pattern leaves out is that of 1970-01-01T00:00Z.
 *
 * @throws Error if the pattern has a letter that is not supported
 */
export function jodaParser(format: string): TimestampParser {
  if (format === "millis")
    return (text) => (/^-?\d+(?:\.\d+)?$/u.test(text) ? millisTimestamp(text) : undefined);
  const setters: Letter["set"][] = [];
  const found = [...format.matchAll(parts)].map(([part]) => part);
  const pattern = found.map((part, index) => {
    if (part === "''") return "'";
    if (part.startsWith("'")) return escaped(part.slice(1, -1).replaceAll("''", "'"));
    const letter = letters[part.charAt(0)];
    if (letter === undefined) {
      if (/^[A-Za-z']/u.test(part)) throw new Error(`has "${part}", which is not supported`);
      return escaped(part);
    }
    setters.push(letter.set);
    // Nothing separates it from the next number, so that its width does.
    if (isNumber(part) && isNumber(found[index + 1])) return `(\\d{1,${part.length}})`;
    return `(${letter.pattern(part.length)})`;
  });
  const form = new RegExp(`^${pattern.join("")}$`, "u");
  return (text) => momentOf(form.exec(text), setters);
}

function isNumber(part = ""): boolean {
  return /^(?:[yYdHkhKmsS]|M{1,2}$)/u.test(part);
}

/** A quoted string, a run of one letter, or a single character. */
const parts = /''|'(?:[^']|'')+'|([A-Za-z])\1*|[^A-Za-z]/gu;

function escaped(text: string): string {
  return text.replace(/[$()*+./?[\\\]^{|}]/gu, "\\$&");
}

function momentOf(
  found: RegExpExecArray | null,
  setters: readonly Letter["set"][],
): bigint | undefined {
  if (found === null) return undefined;
  const fields: Fields = {
    ...{ year: 1970, month: 1, day: 1, hour: 0, halfDayHour: -1, isAfternoon: false },
    ...{ minute: 0, second: 0, micros: 0, offsetMinutes: 0 },
  };
  setters.forEach((set, index) => {
    set(fields, found[index + 1] ?? "");
  });
  if (fields.halfDayHour >= 0) fields.hour = fields.halfDayHour + (fields.isAfternoon ? 12 : 0);
  const micros = utcMicros(fields);
  return micros === undefined ? undefined : micros - BigInt(fields.offsetMinutes) * 60_000_000n;
}
