import { ApiFailure, serializationFailure } from "./apiFailure";

/** How a message is written. */
export interface WireFormat {
  readonly contentType: string;
  /** @throws if the bytes are not such a message */
  readonly read: (body: Buffer) => unknown;
  readonly write: (message: object) => Buffer;
}

export const jsonFormat: WireFormat = {
  contentType: "application/x-amz-json-1.1",
  read(body) {
    requireShallow(body);
    const message: unknown = JSON.parse(utf8.decode(body));
    return message;
  },
  write: (message) => Buffer.from(JSON.stringify(jsonValue(message))),
};

const utf8 = new TextDecoder("utf-8", { fatal: true });

/** @throws ApiFailure as AWS rejects what cannot be read */
export function readMessage(format: WireFormat, body: Buffer): object {
  try {
    const message = format.read(body);
    if (typeof message === "object" && message !== null) return message;
  } catch (error) {
    if (error instanceof ApiFailure) throw error;
    throw serializationFailure((error as Error).message);
  }
  throw serializationFailure("The message is not a structure.");
}

/** Messages of the APIs are five deep. */
const maxDepth = 32;

/** A parser needs memory for each level: nesting is limited before anything is parsed. */
function requireShallow(body: Buffer): void {
  let depth = 0;
  for (let position = 0; position < body.length; position += 1) {
    const byte = body[position];
    if (byte === 0x22) position = endOfString(body, position);
    else if (byte === 0x5b || byte === 0x7b) depth += 1;
    else if (byte === 0x5d || byte === 0x7d) depth -= 1;
    if (depth > maxDepth) throw new Error(`The message is more than ${maxDepth} levels deep.`);
  }
}

/** @param start of the opening quotation mark */
function endOfString(body: Buffer, start: number): number {
  for (let end = body.indexOf(0x22, start + 1); ; end = body.indexOf(0x22, end + 1)) {
    if (end < 0) return body.length;
    let backslashes = 0;
    while (body[end - 1 - backslashes] === 0x5c) backslashes += 1;
    if (backslashes % 2 === 0) return end;
  }
}

/** Bytes as base64, times as seconds since 1970. */
function jsonValue(value: unknown): unknown {
  if (value instanceof Date) return value.getTime() / 1000;
  if (Buffer.isBuffer(value)) return value.toString("base64");
  if (Array.isArray(value)) return value.map(jsonValue);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, jsonValue(member)]),
  );
}
