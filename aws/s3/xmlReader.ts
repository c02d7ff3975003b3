import { S3Error } from "./s3Error";

/** An element of a document, without its attributes. */
export interface XmlElement {
  /** Without namespace prefix. */
  readonly name: string;
  readonly children: readonly XmlElement[];
  /** Its own text, without that of its children. */
  readonly text: string;
}

/** The document does not nest deeper in any request of S3. */
const deepest = 8;

/**
 * Reads the document in the body of a request. Its document types, instructions and entities are not
 * allowed, as in S3.
 *
 * @param root the name that its root must have
 * @throws S3Error MalformedXML
 */
export function readXml(source: string, root: string): XmlElement {
  const tokens = source.matchAll(
    /<\?xml[^>]*\?>|<!--(?:(?!--)[^])*-->|<!\[CDATA\[[^]*?\]\]>|<(\/?)([A-Za-z_][\w.:-]*)((?:\s+[\w.:-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|[^<]+|</gu,
  );
  const document: OpenElement = { name: "", children: [], text: "" };
  const open: OpenElement[] = [document];
  for (const [token, closes, qualified, , empty] of tokens) {
    const current = open.at(-1) ?? malformed();
    if (qualified !== undefined) {
      const name = qualified.slice(qualified.indexOf(":") + 1);
      if (closes === "/") {
        if (open.length === 1 || current.name !== name) malformed();
        open.pop();
      } else {
        const child: OpenElement = { name, children: [], text: "" };
        current.children.push(child);
        if (empty !== "/") open.push(child);
        if (open.length > deepest) malformed();
      }
    } else if (token.startsWith("<![CDATA[")) current.text += token.slice(9, -3);
    else if (token === "<") malformed();
    else if (!token.startsWith("<")) current.text += unescapeXml(token);
  }
  const [first, ...others] = document.children;
  const isWhole = open.length === 1 && others.length === 0 && /^\s*$/u.test(document.text);
  return isWhole && first?.name === root ? first : malformed();
}

/** The text of a child that may occur once; undefined without one. */
export function childText(parent: XmlElement, name: string): string | undefined {
  const [child, ...others] = parent.children.filter((element) => element.name === name);
  if (others.length > 0 || (child && child.children.length > 0)) malformed();
  return child?.text;
}

/** @throws S3Error MalformedXML if an element has children with other names */
export function requireChildren(parent: XmlElement, ...known: readonly string[]): void {
  if (parent.children.some(({ name }) => !known.includes(name))) malformed();
}

export function malformed(): never {
  throw new S3Error(
    400,
    "MalformedXML",
    "The XML you provided was not well-formed or did not validate against our published schema",
  );
}

interface OpenElement extends XmlElement {
  readonly children: OpenElement[];
  text: string;
}

const entities = new Map([
  ["&amp;", "&"],
  ["&lt;", "<"],
  ["&gt;", ">"],
  ["&quot;", '"'],
  ["&apos;", "'"],
]);

function unescapeXml(text: string): string {
  return text.replace(
    /&(?:#(x?)([0-9a-f]+);|[a-z]+;)?/giu,
    (entity, hex?: string, code?: string) => {
      if (code === undefined) return entities.get(entity) ?? malformed();
      const point = /^[0-9]+$/u.test(code) || hex ? parseInt(code, hex ? 16 : 10) : NaN;
      const isCharacter = point > 0 && point <= 0x10ffff && !(point >= 0xd800 && point <= 0xdfff);
      return isCharacter ? String.fromCodePoint(point) : malformed();
    },
  );
}
