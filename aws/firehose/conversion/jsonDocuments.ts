import { isUtf8 } from "node:buffer";
import { malformed, parseFailure } from "./conversionFailure";

/** A value of a JSON document. Numbers stay as written: a double has only 53 bits of them. */
export type JsonValue = null | boolean | string | JsonNumber | JsonObject | readonly JsonValue[];

export class JsonNumber {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** The members in their order, with repeated keys. */
export class JsonObject {
  readonly keys: readonly string[];
  readonly values: readonly JsonValue[];

  constructor(keys: readonly string[], values: readonly JsonValue[]) {
    this.keys = keys;
    this.values = values;
  }
}

export function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}

/**
 * How many JSON documents a record may contain, one after the other. The Firehose Developer Guide allows
 * several ("Convert input data format"); nobody has published what AWS makes of them.
 */
const documentsPerRecord: number = Infinity;

/** Jackson, the parser that AWS uses, has the same limit. */
const maximumDepth = 1000;

/**
 * The JSON objects in a record.
 *
 * @throws ConversionFailure if the record is not JSON, or is anything else than objects
 */
export function jsonDocuments(data: Uint8Array): readonly JsonObject[] {
  if (!isUtf8(data)) throw parseFailure("The record is not valid UTF-8.");
  const text = Buffer.from(data.buffer, data.byteOffset, data.length).toString("utf8");
  const parser = new Parser(text.charCodeAt(0) === byteOrderMark ? text.slice(1) : text);
  const documents: JsonObject[] = [];
  while (!parser.isAtEnd()) {
    const value = parser.value(0);
    if (!(value instanceof JsonObject)) throw notAnObject(value);
    documents.push(value);
    if (documents.length >= documentsPerRecord && !parser.isAtEnd())
      throw parser.unexpected("the end");
  }
  // Observed in AWS, for an empty record.
  if (documents.length === 0) throw malformed("The record was empty or contained only whitespace.");
  return documents;
}

function notAnObject(value: JsonValue): Error {
  return malformed(
    isList(value)
      ? "Data does not match the schema. The record is a JSON array, not an object."
      : "The input JSON contained a primitive at the top level. The top level must be an object or " +
          "array.",
  );
}

const byteOrderMark = 0xfeff;
const [quote, backslash, openBrace, openBracket] = [0x22, 0x5c, 0x7b, 0x5b];
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const words: readonly (readonly [string, JsonValue])[] = [
  ["true", true],
  ["false", false],
  ["null", null],
];
const escapes: Readonly<Record<string, string>> = {
  ...{ '"': '"', "\\": "\\", "/": "/" },
  ...{ b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" },
};

/** Reads JSON as RFC 8259 defines it, one value after the other. */
class Parser {
  readonly #text: string;
  #position = 0;

  constructor(text: string) {
    this.#text = text;
  }

  isAtEnd(): boolean {
    this.#skipWhiteSpace();
    return this.#position >= this.#text.length;
  }

  value(depth: number): JsonValue {
    if (depth > maximumDepth)
      throw parseFailure(`The document is nested more than ${maximumDepth} levels deep.`);
    this.#skipWhiteSpace();
    const code = this.#text.charCodeAt(this.#position);
    if (code === openBrace) return this.#object(depth + 1);
    if (code === openBracket) return this.#array(depth + 1);
    if (code === quote) return this.#string();
    number.lastIndex = this.#position;
    const found = number.exec(this.#text)?.[0];
    if (found !== undefined) {
      this.#position += found.length;
      return new JsonNumber(found);
    }
    for (const [word, value] of words) {
      if (!this.#text.startsWith(word, this.#position)) continue;
      this.#position += word.length;
      return value;
    }
    throw this.unexpected("a value");
  }

  unexpected(expected: string): Error {
    const { length } = this.#text;
    if (this.#position >= length)
      return parseFailure(`Unexpected end after ${length} characters: expected ${expected}.`);
    const found = JSON.stringify(String.fromCodePoint(this.#text.codePointAt(this.#position) ?? 0));
    return parseFailure(
      `Unexpected ${found} at character ${this.#position + 1}: expected ${expected}.`,
    );
  }

  #object(depth: number): JsonObject {
    const keys: string[] = [];
    const values: JsonValue[] = [];
    this.#position += 1;
    if (this.#skip("}")) return new JsonObject(keys, values);
    do {
      this.#skipWhiteSpace();
      if (this.#text.charCodeAt(this.#position) !== quote) throw this.unexpected("a key");
      keys.push(this.#string());
      if (!this.#skip(":")) throw this.unexpected('":"');
      values.push(this.value(depth));
    } while (this.#skip(","));
    if (!this.#skip("}")) throw this.unexpected('"," or "}"');
    return new JsonObject(keys, values);
  }

  #array(depth: number): readonly JsonValue[] {
    const values: JsonValue[] = [];
    this.#position += 1;
    if (this.#skip("]")) return values;
    do values.push(this.value(depth));
    while (this.#skip(","));
    if (!this.#skip("]")) throw this.unexpected('"," or "]"');
    return values;
  }

  #string(): string {
    const text = this.#text;
    let start = (this.#position += 1);
    let read = "";
    for (; ; this.#position += 1) {
      const code = text.charCodeAt(this.#position);
      if (code === quote) break;
      // NaN, at the end, is no control character.
      if (code < 0x20 || Number.isNaN(code)) throw this.unexpected("the end of a string");
      if (code !== backslash) continue;
      read += text.slice(start, this.#position) + this.#escape();
      start = this.#position + 1;
    }
    const last = text.slice(start, this.#position);
    this.#position += 1;
    return read === "" ? last : read + last;
  }

  /** Leaves the position at the last character of the escape. */
  #escape(): string {
    this.#position += 1;
    const letter = this.#text[this.#position] ?? "";
    if (letter !== "u") {
      const escaped = escapes[letter];
      if (escaped === undefined) throw this.unexpected("an escape");
      return escaped;
    }
    const digits = this.#text.slice(this.#position + 1, this.#position + 5);
    if (!/^[0-9a-fA-F]{4}$/u.test(digits)) throw this.unexpected("four hexadecimal digits");
    this.#position += 4;
    return String.fromCharCode(parseInt(digits, 16));
  }

  #skip(character: string): boolean {
    this.#skipWhiteSpace();
    if (this.#text[this.#position] !== character) return false;
    this.#position += 1;
    return true;
  }

  #skipWhiteSpace(): void {
    for (; this.#position < this.#text.length; this.#position += 1) {
      const code = this.#text.charCodeAt(this.#position);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
    }
  }
}
