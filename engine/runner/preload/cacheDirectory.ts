import {
  lstatSync,
  mkdirSync,
  readdirSync,
  rmSync,
  statSync,
  type Stats,
  utimesSync,
} from "node:fs";
import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";

/** Set to any value in the environment of a process that must not use the cache. */
export const NO_CACHE = "STREAMLAKE_NO_CACHE";

/** Files that no run has used for this long are deleted. */
const KEPT_DAYS = 30;
const DAY = 24 * 60 * 60 * 1000;

/**
 * The directory of the cache, which all projects of a user share: `streamlake` in `XDG_CACHE_HOME`,
 * by default in `~/.cache`. It is created if it is missing.
 *
 * @returns undefined if there is none to use: switched off, not writable, or not the user's alone.
 *   Code from this directory runs, so nobody else may be able to write to it.
 */
export function cacheDirectory(): string | undefined {
  if (process.env[NO_CACHE] !== undefined) return undefined;
  try {
    const { XDG_CACHE_HOME: given = "" } = process.env;
    // The XDG specification ignores relative paths.
    const directory = join(isAbsolute(given) ? given : join(homedir(), ".cache"), "streamlake");
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    const found = lstatSync(directory);
    return found.isDirectory() && isPrivate(found) ? directory : undefined;
  } catch {
    return undefined;
  }
}

/** Whether only this user can write to a file or directory. Windows has no such numbers. */
export function isPrivate({ uid, mode }: Stats): boolean {
  if (process.getuid === undefined) return true;
  return uid === process.getuid() && (mode & 0o022) === 0;
}

/** Notes that a file is in use, so that it is kept. At most once a day, to spare the disk. */
export function keep(file: string, { mtimeMs }: Stats): void {
  if (Date.now() - mtimeMs < DAY) return;
  const now = new Date();
  utimesSync(file, now, now);
}

/** Deletes what has not been used for a long time. */
export function deleteUnused(directory: string): void {
  const oldest = Date.now() - KEPT_DAYS * DAY;
  for (const name of readdirSync(directory)) {
    const file = join(directory, name);
    if (statSync(file).mtimeMs < oldest) rmSync(file, { force: true, recursive: true });
  }
}
