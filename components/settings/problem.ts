/** One thing that is wrong with the settings of a pipeline. */
export interface Problem {
  /** Where, e.g. `["delivery", "bufferSizeMiB"]`. */
  readonly path: readonly string[];
  /** What is wrong, read after the path: "is 1200", "is not a setting". */
  readonly reason: string;
  /** What may stand there instead. */
  readonly allowed: string;
  /** A value that is certainly accepted, where one is known. */
  readonly accepted?: boolean | number | string;
  /** True where the setting should not be there at all. */
  readonly surplus?: boolean;
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
        `  ${problem.path.join(".")} ${problem.reason}`,
        `    allowed: ${problem.allowed}`,
      ];
      if (fix) lines.push(`    fix:     ${fix(problem)}`);
      return lines.join("\n");
    })
    .join("\n");
  return `${whose.subject} has ${count} in its ${whose.settings}:\n\n${list}`;
}

/** How a value reads in an error: as JSON, and not longer than a line. */
export function show(value: unknown): string {
  const text = value === undefined ? "missing" : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
