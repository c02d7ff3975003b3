import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { hasCode } from "../fileErrors";
import { noSuchKey, S3Error } from "./s3Error";

/**
 * The path of an object in its bucket's directory. It is the key, except that parts which file systems
 * reject or interpret are percent-encoded: `..`, empty parts, control characters and the characters
 * that Windows rejects. Every key has one path, and every such path one key.
 */
export function objectPath(key: string): readonly string[] {
  const parts = key.split("/");
  return parts.map((part, index) => {
    if (part === "") return index === parts.length - 1 ? emptyName : emptyDirectory;
    return part.replace(/[\p{Cc}"%*:<>?\\|]|[. ]$/gu, percentEncode);
  });
}

/** The key of the object at a path given by {@link objectPath}. */
export function objectKey(path: readonly string[]): string {
  return path.map(decodePart).join("/");
}

/** Names that no encoded part can have; two, so that `a/` and `a//b` can exist together. */
const emptyName = "%";
const emptyDirectory = "%%";

function decodePart(part: string): string {
  if (part === emptyName || part === emptyDirectory) return "";
  return part.replace(/%([0-9A-F]{2})/gu, (_, hex: string) =>
    String.fromCharCode(parseInt(hex, 16)),
  );
}

function percentEncode(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`;
}

/** The paths, relative to `root`, of all files below `root/directory`; none if it does not exist. */
export async function filesBelow(
  root: string,
  directory: readonly string[],
): Promise<readonly (readonly string[])[]> {
  const entries = await readdir(join(root, ...directory), { withFileTypes: true }).catch(
    (error: unknown) => {
      if (hasCode(error, "ENOENT", "ENOTDIR")) return [];
      throw error;
    },
  );
  const found = await Promise.all(
    entries.map(async (entry) => {
      const path = [...directory, entry.name];
      if (entry.isDirectory()) return filesBelow(root, path);
      return entry.isFile() ? [path] : [];
    }),
  );
  return found.flat();
}

/** The S3 error for a failed read: NoSuchKey if the file does not exist, else the error itself. */
export function readError(error: unknown, key: string): unknown {
  return hasCode(error, "ENOENT", "ENOTDIR", "ENAMETOOLONG") ? noSuchKey(key) : error;
}

/** The S3 error for a failed write: a key that the file system rejects, else the error itself. */
export function writeError(error: unknown, key: string): unknown {
  if (hasCode(error, "ENAMETOOLONG")) {
    return new S3Error(400, "KeyTooLongError", `The key is too long for a file: ${key}`);
  }
  if (hasCode(error, "EEXIST", "ENOTDIR", "EISDIR", "ENOTEMPTY")) {
    return new S3Error(
      400,
      "InvalidArgument",
      `Objects are files here, so "${key}" cannot be both an object and the directory of another.`,
    );
  }
  return error;
}
