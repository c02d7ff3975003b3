import { cpSync, existsSync, readFileSync, utimesSync } from "node:fs";
import { join, posix } from "node:path";

/** Where `npm run build` puts what it compiles, and what it notes of the files that it has read. */
const BUILDS = ["cli/dist", "policy/bin", "components/bin"];
const NOTES = ".tsbuildinfo";
const CONFIGURATIONS = ["tsconfig.json", ...["cli", "policy", "components"].map(configurationIn)];

/** @types/node declares this module itself where no package has its name. */
const OPTIONAL = "node_modules/buffer/";

interface Notes {
  readonly fileNames: readonly string[];
}

/**
 * Copies what `npm run build` has compiled, so that it compiles in the copy only what differs: it compares
 * the content of each source with its notes, unless a configuration is newer than they are.
 *
 * @param from a directory of this repository
 * @param to another one with the same sources
 */
export function copyBuild(from: string, to: string): void {
  for (const build of BUILDS)
    if (existsSync(join(from, build)))
      cpSync(join(from, build), join(to, build), { recursive: true, preserveTimestamps: true });
  for (const file of CONFIGURATIONS) utimesSync(join(to, file), 0, 0);
}

/** The files of installed packages that `npm run build` has read, from the directory of the repository. */
export function readFromPackages(repository: string): readonly string[] {
  return BUILDS.flatMap((build) => {
    const notes = JSON.parse(readFileSync(join(repository, build, NOTES), "utf8")) as Notes;
    const files = notes.fileNames.map((file) => posix.join(build, file));
    return files.filter((file) => file.startsWith("node_modules/") && !file.startsWith(OPTIONAL));
  });
}

function configurationIn(directory: string): string {
  return `${directory}/tsconfig.json`;
}
