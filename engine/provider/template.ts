import { type Properties, type PropertyValue, Secret, Unknown } from "../graph/resourceGraph";

/**
 * Text with placeholders, such as `{bucket}`. Of several forms, the first one applies for which all
 * values are set. A placeholder can have a modifier: `{name|slash}`.
 */
export type Template = string | readonly string[];

/** Undefined: as if the value was not set. Unknown: nothing can be said about the result. */
type Modified = string | undefined | Unknown;

const MODIFIERS: Readonly<Record<string, (value: string) => Modified>> = {
  /** With a slash in front, as in the ARN of a parameter. */
  slash: (value) => (value.startsWith("/") ? value : `/${value}`),
  /** The last part of an ARN, or the name itself. */
  base: (value) => value.split(/[/:]/).at(-1),
  /** A URL without its scheme. */
  host: (value) => value.replace(/^https:\/\//, ""),
  /** Only names other than `default`. */
  custom: (value) => (value === "default" ? undefined : plain(value)),
  /** A name. An ARN in its place leads to another form of id or ARN. */
  plain,
  /** Adds nothing, but makes the result unknown if the value is an ARN. */
  guard: (value) => (value.startsWith("arn:") ? new Unknown() : ""),
};

function plain(value: string): Modified {
  return value.startsWith("arn:") ? new Unknown() : value;
}

const PLACEHOLDER = /{(\w+)(?:\|(\w+))?}/g;

/** The properties whose values a template uses. */
export function placeholdersOf(template: Template): readonly string[] {
  return formsOf(template).flatMap((form) =>
    [...form.matchAll(PLACEHOLDER)].map(([, key = ""]) => key),
  );
}

/**
 * Fills a template. A secret makes the result secret, and a value that is unknown or not set makes
 * it unknown.
 */
export function fill(template: Template, values: Properties): PropertyValue {
  const forms = formsOf(template);
  const form = forms.find((candidate) => !partsOf(candidate, values).includes(undefined));
  if (form === undefined) return new Unknown();
  const parts = partsOf(form, values);
  if (!parts.every((part) => typeof part === "string")) return new Unknown();
  const filled = form.replace(PLACEHOLDER, () => parts.shift() ?? "");
  const secret = placeholdersOf(form).some((key) => values[key] instanceof Secret);
  return secret ? new Secret(filled) : filled;
}

function formsOf(template: Template): readonly string[] {
  return typeof template === "string" ? [template] : template;
}

function partsOf(form: string, values: Properties): Modified[] {
  return [...form.matchAll(PLACEHOLDER)].map(([, key = "", modifier = ""]) => {
    const value = values[key];
    const revealed = value instanceof Secret ? value.reveal() : value;
    if (revealed === undefined || revealed === null) return undefined;
    if (typeof revealed !== "string") return new Unknown();
    return MODIFIERS[modifier]?.(revealed) ?? (modifier === "" ? revealed : undefined);
  });
}

/** The values of a template's placeholders in a filled text. Undefined if they cannot be distinguished. */
export function valuesFrom(
  template: Template,
  filled: string,
): Readonly<Record<string, string>> | undefined {
  for (const form of formsOf(template)) {
    // Names can contain hyphens.
    if (form.includes("}-{")) return undefined;
    const match = new RegExp(`^${patternOf(form)}$`).exec(filled);
    if (match !== null) return { ...match.groups };
  }
  return undefined;
}

/** Patterns of the values that end before the next part. Other values can contain anything. */
const PATTERNS: Readonly<Record<string, string>> = {
  // `aws` owns the policies that AWS manages.
  account: "\\d{12}|aws",
  accountId: "\\d{12}",
  acl: "[a-z-]+",
  bucket: "[^,/:]+",
  catalogId: "\\d{12}",
  dnsSuffix: "amazonaws\\.com(?:\\.cn)?",
  expectedBucketOwner: "\\d{12}",
  partition: "[^:]+",
  path: "/(?:.+/)?",
  region: "[a-z0-9-]+",
  registryId: "\\d{12}",
};

function patternOf(form: string): string {
  const seen = new Set<string>();
  let pattern = "";
  let end = 0;
  for (const match of form.matchAll(PLACEHOLDER)) {
    const [whole, key = "", modifier] = match;
    pattern += escaped(form.slice(end, match.index));
    end = match.index + whole.length;
    if (modifier === "guard") continue;
    const value = PATTERNS[key] ?? ".+";
    const isWhole = !seen.has(key) && modifier !== "base" && modifier !== "host";
    pattern += isWhole ? `(?<${key}>${value})` : `(?:${value})`;
    seen.add(key);
  }
  return pattern + escaped(form.slice(end));
}

function escaped(literal: string): string {
  return literal.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}
