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

/** The text of all elements with one name, in order, at any depth. */
export function stringsOf(name: string, xml: string): readonly string[] {
  const elements = xml.matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, "gu"));
  return Array.from(elements, ([, text = ""]) => unescapeXml(text));
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};
const characters = new Map(Object.entries(entities).map(([character, name]) => [name, character]));

/** Control characters become references, as in S3, although XML 1.0 does not allow them. */
function escapeXml(text: string): string {
  return text.replace(
    /[&<>"'\p{Cc}]/gu,
    (character) => entities[character] ?? `&#${character.charCodeAt(0)};`,
  );
}

function unescapeXml(text: string): string {
  return text.replace(/&(?:#(x?)([0-9a-f]+)|[a-z]+);/giu, (entity, hex?: string, code?: string) => {
    if (code === undefined) return characters.get(entity) ?? entity;
    return String.fromCodePoint(parseInt(code, hex ? 16 : 10));
  });
}
