import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

/** The first executable with one of these names, the first name first, in the directories of PATH. */
export function executableOnPath(...names: readonly string[]): string | undefined {
  const suffix = process.platform === "win32" ? ".exe" : "";
  const directories = (process.env["PATH"] ?? "").split(delimiter);
  return names
    .flatMap((name) => directories.map((directory) => join(directory, `${name}${suffix}`)))
    .find((path) => existsSync(path));
}
