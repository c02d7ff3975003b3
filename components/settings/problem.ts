import { excerpt, printable, quote } from "../prefix/quote";

/** A place in the settings, e.g. `["bucket", "tiering", 0, "afterDays"]`. */
export type Path = readonly (string | number)[];

/** One thing that is wrong with the settings of a pipeline. */
export interface Problem {
  readonly path: Path;
  /** What is wrong; continues the path: "is 1200", "is not a setting". */
  readonly reason: string;
  /** What is allowed instead. */
  readonly allowed: string;
  /** A value that is certainly accepted, if one is known. */
  readonly suggestion?: boolean | number | string;
  /** True if removing the setting fixes the problem. */
  readonly mustBeRemoved?: boolean;
}

/**
 * All problems as one message: how many there are and in what, then each with its place, what is
 * allowed, and how to fix it.
 */
export function explainProblems(
  whose: { readonly subject: string; readonly settings: string },
  problems: readonly Problem[],
  fix?: (problem: Problem) => string,
): string {
  const count = `${problems.length} problem${problems.length === 1 ? "" : "s"}`;
  const list = problems
    .map((problem) => {
      const lines = [
        `  ${pathText(problem.path)} ${problem.reason}`,
        `    allowed: ${problem.allowed}`,
      ];
      if (fix) lines.push(`    fix:     ${fix(problem)}`);
      return lines.join("\n");
    })
    .join("\n");
  return `${whose.subject} has ${count} in its ${whose.settings}:\n\n${list}`;
}

/** A place as `pulumi config set --path` accepts it: `bucket.tiering[0].afterDays`. */
export function pathText(path: Path): string {
  return path
    .map((key, index) => {
      if (typeof key === "number") return `[${key}]`;
      // A key of another namespace, such as aws:region.
      if (index === 0 && /^[\w-]+:[\w-]+$/.test(key)) return key;
      if (!/^[\w-]+$/.test(key)) return `["${printable(key)}"]`;
      return index === 0 ? key : `.${key}`;
    })
    .join("");
}

/**
 * A value as an error shows it, at most a line long. Of anything but a single value it shows only
 * the kind, because an object may contain a secret.
 */
export function shownValue(value: unknown): string {
  if (typeof value === "string") return quote(value);
  if (value === undefined) return "missing";
  if (value === null) return "null";
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === "object") return "an object";
  if (typeof value === "number" || typeof value === "boolean" || typeof value === "bigint")
    return excerpt(value.toString());
  return `a ${typeof value}`;
}
