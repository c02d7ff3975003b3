import { quote } from "../../../../components/prefix/quote";

/** Takes one thing that is wrong: what, what is allowed instead. */
export type Report = (problem: string) => unknown;

export type JsonObject = Readonly<Record<string, unknown>>;

/** `undefined`, which no JSON text has, is reported by whoever looked for the element. */
export function objectOf(value: unknown, what: string, report: Report): JsonObject | undefined {
  if (value === undefined) return undefined;
  if (typeof value === "object" && value !== null && !Array.isArray(value))
    return value as JsonObject;
  report(`${what} is ${shown(value)}; allowed: an object`);
  return undefined;
}

export function refuseUnknown(
  object: JsonObject,
  known: readonly string[],
  what: string,
  report: Report,
): void {
  for (const key of Object.keys(object)) {
    if (!known.includes(key))
      report(`${quote(key)} is no element of ${what}; allowed: ${known.join(", ")}`);
  }
}

/** The texts of an element that is one text or a list of them; undefined if it is neither. */
export function stringsOf(
  value: unknown,
  element: string,
  report: Report,
): readonly string[] | undefined {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (list.length === 0) report(`${element} is an empty list; allowed: one or more texts`);
  const wrong = list.filter((item) => typeof item !== "string");
  for (const item of wrong) report(`${element} has ${shown(item)}; allowed: a text`);
  return wrong.length === 0 && list.length > 0 ? (list as readonly string[]) : undefined;
}

export function shown(value: unknown): string {
  if (typeof value === "string") return quote(value);
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" && value !== null ? "an object" : String(value);
}
