/** Unchanged lines that are shown around a change. */
const CONTEXT = 2;

interface Line {
  readonly mark: " " | "-" | "+";
  readonly text: string;
}

/** The lines that differ between two sources, each with `-` or `+`, and the lines around them. */
export function lineDiff(before: string, after: string): string {
  const lines = differences(before.trimEnd().split("\n"), after.trimEnd().split("\n"));
  const isShown = lines.map((_, index) =>
    lines.slice(Math.max(index - CONTEXT, 0), index + CONTEXT + 1).some(({ mark }) => mark !== " "),
  );
  return lines
    .flatMap(({ mark, text }, index) => {
      if (isShown[index]) return [`${mark}${text}`.trimEnd()];
      return isShown[index - 1] && isShown.includes(true, index) ? [" // ..."] : [];
    })
    .join("\n");
}

/** By the longest common subsequence. */
function differences(before: readonly string[], after: readonly string[]): readonly Line[] {
  const lengths = commonLengths(before, after);
  const common = (i: number, j: number) => lengths[i]?.[j] ?? 0;
  const lines: Line[] = [];
  let [i, j] = [0, 0];
  while (i < before.length || j < after.length) {
    const [old, fresh] = [before[i], after[j]];
    if (old !== undefined && old === fresh) {
      lines.push({ mark: " ", text: old });
      [i, j] = [i + 1, j + 1];
    } else if (old !== undefined && (fresh === undefined || common(i + 1, j) >= common(i, j + 1))) {
      lines.push({ mark: "-", text: old });
      i += 1;
    } else {
      lines.push({ mark: "+", text: fresh ?? "" });
      j += 1;
    }
  }
  return lines;
}

/** At `[i][j]`: how many lines the rests from `i` and from `j` have in common, in this order. */
function commonLengths(before: readonly string[], after: readonly string[]): readonly number[][] {
  const lengths = Array.from({ length: before.length + 1 }, () =>
    Array.from({ length: after.length + 1 }, () => 0),
  );
  for (let i = before.length - 1; i >= 0; i -= 1) {
    for (let j = after.length - 1; j >= 0; j -= 1) {
      const [row, next] = [lengths[i] ?? [], lengths[i + 1] ?? []];
      row[j] =
        before[i] === after[j] ? (next[j + 1] ?? 0) + 1 : Math.max(next[j] ?? 0, row[j + 1] ?? 0);
    }
  }
  return lengths;
}
