import { quote } from "../../../../components/prefix/quote";

/** Collects one problem: what is wrong, then what is allowed. */
export type ReportProblem = (problem: string) => unknown;

export type JsonObject = Readonly<Record<string, unknown>>;

/** A missing element is undefined and not a problem: the caller knows whether it is required. */
export function objectOf(
  value: unknown,
  what: string,
  report: ReportProblem,
): JsonObject | undefined {
  if (value === undefined) return undefined;
  if (typeof value === "object" && value !== null && !Array.isArray(value))
    return value as JsonObject;
  report(`${what} is ${shown(value)}; allowed: an object`);
  return undefined;
}

export function rejectUnknown(
  object: JsonObject,
  known: readonly string[],
  what: string,
  report: ReportProblem,
): void {
  for (const key of Object.keys(object)) {
    if (!known.includes(key))
      report(`${quote(key)} is not an element of ${what}; allowed: ${known.join(", ")}`);
  }
}

/** The strings of an element that is one string or a list of them; undefined if it is neither. */
export function stringsOf(
  value: unknown,
  element: string,
  report: ReportProblem,
): readonly string[] | undefined {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (list.length === 0) report(`${element} is an empty list; allowed: one or more strings`);
  const invalid = list.filter((item) => typeof item !== "string");
  for (const item of invalid) report(`${element} has ${shown(item)}; allowed: a string`);
  return invalid.length === 0 && list.length > 0 ? (list as readonly string[]) : undefined;
}

/** A value as a message shows it. */
export function shown(value: unknown): string {
  if (typeof value === "string") return quote(value);
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" && value !== null ? "an object" : String(value);
}
