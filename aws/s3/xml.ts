import { algorithmName, type Checksum } from "./checksums";

/** An XML element that contains either text or other elements. */
export function element(
  name: string,
  content: string | number | boolean | readonly string[],
): string {
  const inner = Array.isArray(content) ? content.join("") : escapeXml(String(content));
  return `<${name}>${inner}</${name}>`;
}

/** A whole document in S3's namespace. */
export function s3Document(name: string, content: readonly string[]): string {
  return (
    '<?xml version="1.0" encoding="UTF-8"?>\n' +
    `<${name} xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${content.join("")}</${name}>`
  );
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};
/** Control characters become references, as in S3, although XML 1.0 does not allow them. */
function escapeXml(text: string): string {
  return text.replace(
    /[&<>"'\p{Cc}]/gu,
    (character) => entities[character] ?? `&#${character.charCodeAt(0)};`,
  );
}

/** The elements of a checksum, e.g. `<ChecksumCRC32>`, and its type. */
export function checksumElements(
  checksum: (Checksum & { readonly type?: string }) | undefined,
): readonly string[] {
  if (!checksum) return [];
  const { algorithm, value, type } = checksum;
  return [
    element(`Checksum${algorithmName(algorithm)}`, value),
    type === undefined ? "" : element("ChecksumType", type),
  ];
}
