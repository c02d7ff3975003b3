import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { hasCode } from "../fileErrors";
import { noSuchKey, S3Error } from "./s3Error";

/**
 * Where an object lies in its bucket's folder. A key is its path; only what file systems cannot
 * hold, or would read as something else, is percent-encoded: `..`, empty parts, control characters
 * and the characters that Windows refuses. Every key has one path and every such path one key.
 */
export function objectPath(key: string): readonly string[] {
  const parts = key.split("/");
  return parts.map((part, index) => {
    if (part === "") return index === parts.length - 1 ? emptyName : emptyFolder;
    return part.replace(/[\p{Cc}"%*:<>?\\|]|[. ]$/gu, percentEncode);
  });
}

/** The key of the object at a path given by {@link objectPath}. */
export function objectKey(path: readonly string[]): string {
  return path.map(decodePart).join("/");
}

/** What no encoded part looks like; two of them, so that `a/` and `a//b` can be side by side. */
const emptyName = "%";
const emptyFolder = "%%";

function decodePart(part: string): string {
  if (part === emptyName || part === emptyFolder) return "";
  return part.replace(/%([0-9A-F]{2})/gu, (_, hex: string) =>
    String.fromCharCode(parseInt(hex, 16)),
  );
}

function percentEncode(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`;
}

/** The paths, from `root` on, of all files below `root/folder`; none if there is no such folder. */
export async function filesBelow(
  root: string,
  folder: readonly string[],
): Promise<readonly (readonly string[])[]> {
  const entries = await readdir(join(root, ...folder), { withFileTypes: true }).catch(
    (error: unknown) => {
      if (hasCode(error, "ENOENT", "ENOTDIR")) return [];
      throw error;
    },
  );
  const found = await Promise.all(
    entries.map(async (entry) => {
      const path = [...folder, entry.name];
      if (entry.isDirectory()) return filesBelow(root, path);
      return entry.isFile() ? [path] : [];
    }),
  );
  return found.flat();
}

/** A file that is not there is an object that is not there; anything else is passed on. */
export function readRefusal(error: unknown, key: string): unknown {
  return hasCode(error, "ENOENT", "ENOTDIR", "ENAMETOOLONG") ? noSuchKey(key) : error;
}

/** A key that the file system cannot hold is the sender's fault; anything else is passed on. */
export function writeRefusal(error: unknown, key: string): unknown {
  if (hasCode(error, "ENAMETOOLONG")) {
    return new S3Error(400, "KeyTooLongError", `The key is too long for a file: ${key}`);
  }
  if (hasCode(error, "EEXIST", "ENOTDIR", "EISDIR", "ENOTEMPTY")) {
    return new S3Error(
      400,
      "InvalidArgument",
      `Objects are files here, so "${key}" cannot be both an object and the folder of another.`,
    );
  }
  return error;
}
