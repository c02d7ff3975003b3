import {
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";

const CACHE = resolve(__dirname, "../../../node_modules/.cache/streamlake-tests");

/** What an installation must not inherit: packages of this repository, and what npm knows of the others. */
const own = ["streamlake", "@streamlake", ".package-lock.json", ".cache"];

/**
 * Puts installed packages of others into a directory, as hard links. npm then takes them from there,
 * downloads those that differ, and removes those that the project does not need: the result is that of an
 * installation into an empty directory. On another file system there is nothing to take.
 *
 * @param from a directory `node_modules`
 * @param to the same of a project that has none yet
 */
export function linkPackages(from: string, to: string): void {
  try {
    linkTree(from, to, own);
  } catch {
    rmSync(to, { recursive: true, force: true });
  }
}

/**
 * Keeps the packages of an installation for `linkKeptPackages`, also in another process.
 *
 * @param versions that were installed
 */
export function keepPackages(from: string, versions: readonly string[]): void {
  const kept = directoryFor(versions);
  if (existsSync(kept)) return;
  const incomplete = `${kept}.${process.pid}`;
  mkdirSync(dirname(kept), { recursive: true });
  linkPackages(from, incomplete);
  try {
    // Others see all of them or none.
    if (existsSync(incomplete)) renameSync(incomplete, kept);
  } catch {
    rmSync(incomplete, { recursive: true, force: true });
  }
}

/** Puts the kept packages into a directory, if there are any. */
export function linkKeptPackages(to: string, versions: readonly string[]): void {
  linkPackages(directoryFor(versions), to);
}

function directoryFor(versions: readonly string[]): string {
  return join(CACHE, `packages-${versions.join("-").replaceAll(/[^\w.]+/g, "-")}`);
}

function linkTree(from: string, to: string, except: readonly string[] = []): void {
  mkdirSync(to);
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    if (except.includes(entry.name)) continue;
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) linkTree(source, target);
    else if (entry.isSymbolicLink()) symlinkSync(readlinkSync(source), target);
    else linkSync(source, target);
  }
}
