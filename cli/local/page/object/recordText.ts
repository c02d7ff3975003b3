import { indentJson } from "./indentJson";

/** A record for a person to read. */
export interface RecordText {
  /** Of the whole record. */
  readonly bytes: number;
  /** JSON is indented, what is no UTF-8 is in base64. */
  readonly text: string;
  readonly format: "json" | "text" | "base64";
  /** Whether the text is only the beginning of the record. */
  readonly isCut: boolean;
}

const mostBytes = 16 * 1024;

export function recordText(record: Uint8Array): RecordText {
  const shown = record.subarray(0, mostBytes);
  const isCut = shown.length < record.length;
  const facts = { bytes: record.length, isCut };
  const text = utf8(shown, isCut);
  if (text === undefined) {
    return { ...facts, text: Buffer.from(shown).toString("base64"), format: "base64" };
  }
  const json = isCut ? undefined : indentJson(text);
  return { ...facts, text: json ?? text, format: json === undefined ? "text" : "json" };
}

/** @param isCut a character may be cut in two at the end */
function utf8(bytes: Uint8Array, isCut: boolean): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: isCut });
  } catch {
    return undefined;
  }
}
