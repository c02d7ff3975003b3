/** Arguments of the `streamlake` commands that a run prints for other terminals. */
export function commandsIn(report: string): string[][] {
  return report
    .replaceAll(" \\\n", "")
    .split("\n")
    .filter((line) => line.includes("npx streamlake"))
    .map((line) => line.trim().replace("FILE", "-").replaceAll("'", "").split(/\s+/).slice(2));
}
