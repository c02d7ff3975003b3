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
