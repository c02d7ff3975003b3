import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { hasCode } from "../fileErrors";

/**
 * The path of an object in its bucket's directory. It is the key, except that parts which file systems
 * reject or interpret are percent-encoded: `..`, empty parts, control characters and the characters
 * that Windows rejects. Parts that are too long for a file name are split into directories. Every key
 * has one path, and every such path one key.
 */
export function objectPath(key: string): readonly string[] {
  const parts = key.split("/");
  return parts.flatMap((part, index) => {
    if (part === "") return index === parts.length - 1 ? emptyName : emptyDirectory;
    return pieces(part.replace(/[\p{Cc}"%*:<>?\\|]|[. ]$/gu, percentEncode));
  });
}

/** The key of the object at a path given by {@link objectPath}, or at one with {@link asideSuffix}. */
export function objectKey(path: readonly string[]): string {
  const name = path.at(-1) ?? "";
  const plain = name.endsWith(asideSuffix) ? name.slice(0, -asideSuffix.length) : name;
  return [...path.slice(0, -1).map(decodeDirectory), decodePart(plain)].join("");
}

/**
 * Ends the file name of an object whose own path is a directory: `a` is stored as `a%=` while there is
 * an object `a/b`.
 */
export const asideSuffix = "%=";

/** Names that no encoded part can have; two, so that `a/` and `a//b` can exist together. */
const emptyName = "%";
const emptyDirectory = "%%";
/** Ends a directory whose name continues in the next part of the path. */
const continued = "%+";

/** In bytes: file systems allow 255, and a suffix has two. */
const longestName = 253;

function pieces(part: string): readonly string[] {
  if (Buffer.byteLength(part) <= longestName) return [part];
  const found: string[] = [];
  let piece = "";
  for (const [character] of part.matchAll(/%[0-9A-F]{2}|[^]/gu)) {
    if (Buffer.byteLength(piece) + Buffer.byteLength(character) > longestName) {
      found.push(piece + continued);
      piece = "";
    }
    piece += character;
  }
  return [...found, piece];
}

function decodeDirectory(part: string): string {
  return part.endsWith(continued) ? decodePart(part.slice(0, -2)) : `${decodePart(part)}/`;
}

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
