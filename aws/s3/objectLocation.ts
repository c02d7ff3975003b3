import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
  type Stats,
} from "node:fs";
import { dirname, join, sep } from "node:path";
import { hasCode } from "../fileErrors";
import { asideSuffix, objectPath } from "./objectPath";

/** The file of an object. */
export interface ObjectLocation {
  readonly path: string;
  readonly status: Stats;
}

/**
 * Finds the file of an object: at the path of its key, or next to it if that is a directory. Symbolic
 * links are not followed, since they could lead out of the bucket.
 */
export function locateObject(bucket: string, key: string): ObjectLocation | undefined {
  const plain = join(bucket, ...objectPath(key));
  for (const path of [plain, plain + asideSuffix]) {
    try {
      const status = lstatSync(path);
      const isInside = realpathSync(path).startsWith(realpathSync(bucket) + sep);
      if (status.isFile() && isInside) return { path, status };
    } catch (error) {
      if (!hasCode(error, "ENOENT", "ENOTDIR", "ENAMETOOLONG", "ELOOP")) throw error;
    }
  }
  return undefined;
}

/** Moves a file to the place of an object, and other objects out of its way. */
export function placeObject(bucket: string, key: string, file: string): void {
  const plain = join(bucket, ...objectPath(key));
  makeDirectories(bucket, objectPath(key).slice(0, -1));
  const isDirectory = existsSync(plain) && lstatSync(plain).isDirectory();
  renameSync(file, isDirectory ? plain + asideSuffix : plain);
  if (!isDirectory) rmSync(plain + asideSuffix, { force: true });
}

/** An object that occupies the path of a directory is moved aside. */
function makeDirectories(bucket: string, parts: readonly string[]): void {
  let path = bucket;
  for (const part of parts) {
    path = join(path, part);
    const status = lstatSync(path, { throwIfNoEntry: false });
    if (status?.isDirectory()) continue;
    if (status) renameSync(path, path + asideSuffix);
    mkdirSync(path);
  }
}

/** Removes the file of an object, and the directories that it leaves empty. */
export function removeObject(bucket: string, key: string): void {
  const location = locateObject(bucket, key);
  if (!location) return;
  rmSync(location.path);
  try {
    let path = location.path;
    while ((path = dirname(path)) !== bucket) rmdirSync(path);
  } catch (error) {
    if (!hasCode(error, "ENOENT", "ENOTEMPTY", "EEXIST")) throw error;
  }
}

/**
 * Removes a directory and those in it, as long as they have no files.
 *
 * @returns whether it has been removed
 */
export function removeEmptyDirectories(directory: string): boolean {
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    if (!entry.isDirectory() || !removeEmptyDirectories(join(directory, entry.name))) return false;
  }
  rmdirSync(directory);
  return true;
}
