import { statSync } from "node:fs";
import { resolve } from "node:path";
import { isGroup, type GraphResource, type PropertyValue, valuesIn } from "../graph/resourceGraph";
import { ARCHIVE, ASSET, SIGNATURE } from "../wire";

/** The file names that Pulumi takes for archives. Any other path of an archive must be a directory. */
const ARCHIVE_FILE = /\.(?:tar|tar\.gz|tgz|zip|jar)$/;

/**
 * Checks the paths of all assets and archives of a resource. The real engine reads them before it
 * registers the resource.
 *
 * @param directory in which the program runs, to which paths are relative
 * @throws Error that lists all invalid paths
 */
export function checkAssetPaths({ type, name, inputs }: GraphResource, directory: string): void {
  const problems = new Set<string>();
  for (const value of valuesIn(inputs)) {
    const problem = assetProblem(value, directory);
    if (problem !== undefined) problems.add(`${type} "${name}": ${problem}`);
  }
  if (problems.size > 0) throw new Error([...problems].join("\n"));
}

function assetProblem(value: PropertyValue, directory: string): string | undefined {
  if (!isGroup(value)) return undefined;
  const { [SIGNATURE]: signature, path } = value;
  if (typeof path !== "string" || path === "") return undefined;
  const file = resolve(directory, path);
  if (signature === ASSET) return fileProblem(path, file);
  return signature === ARCHIVE ? archiveProblem(path, file) : undefined;
}

function fileProblem(path: string, file: string): string | undefined {
  const found = statSync(file, { throwIfNoEntry: false });
  if (found === undefined) return missing("asset", path, file);
  return found.isDirectory()
    ? `the asset ${path} is a directory. Use pulumi.asset.FileArchive for a directory.`
    : undefined;
}

function archiveProblem(path: string, file: string): string | undefined {
  const found = statSync(file, { throwIfNoEntry: false });
  if (found === undefined) return missing("archive", path, file);
  return found.isDirectory() || ARCHIVE_FILE.test(path)
    ? undefined
    : `the archive ${path} is neither a directory nor a .zip, .jar, .tar, .tar.gz or .tgz file.`;
}

function missing(what: string, path: string, file: string): string {
  const where = path === file ? "" : ` (${file})`;
  return `the ${what} ${path}${where} does not exist. If a build creates it, run the build first.`;
}
