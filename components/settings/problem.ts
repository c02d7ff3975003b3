import { excerpt, printable, quote } from "../prefix/quote";

/** A place in the settings, e.g. `["bucket", "tiering", 0, "afterDays"]`. */
export type Path = readonly (string | number)[];

/** One thing that is wrong with the settings of a pipeline. */
export interface Problem {
  readonly path: Path;
  /** What is wrong, read after the path: "is 1200", "is not a setting". */
  readonly reason: string;
  /** What may stand there instead. */
  readonly allowed: string;
  /** A value that is certainly accepted, where one is known. */
  readonly suggestion?: boolean | number | string;
  /** True where the setting should not be there at all. */
  readonly mustBeRemoved?: boolean;
}

/**
 * The problems as one text: whose and how many they are, and each with its place, what is allowed,
 * and how to mend it.
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

/** A place as `pulumi config set --path` takes it: `bucket.tiering[0].afterDays`. */
export function pathText(path: Path): string {
  return path
    .map((key, index) => {
      if (typeof key === "number") return `[${key}]`;
      if (!/^[\w-]+$/.test(key)) return `["${printable(key)}"]`;
      return index === 0 ? key : `.${key}`;
    })
    .join("");
}

/**
 * How a value reads in an error: not longer than a line, and of what is no single value only what
 * it is, because a whole object can be anything, even a secret.
 */
export function show(value: unknown): string {
  if (typeof value === "string") return quote(value);
  if (value === undefined) return "missing";
  if (value === null) return "null";
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === "object") return "an object";
  if (typeof value === "number" || typeof value === "boolean" || typeof value === "bigint")
    return excerpt(value.toString());
  return `a ${typeof value}`;
}
