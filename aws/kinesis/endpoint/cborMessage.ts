import { cbor, tag } from "@smithy/core/cbor";

/** Messages of Kinesis are five deep. */
const maxDepth = 16;
/** RFC 8949, 3.4.2; Kinesis counts in milliseconds. */
const epochTag = 1;

/**
 * Reads a CBOR message (RFC 8949) as Kinesis's clients write it. Lengths and depth are checked before
 * anything is built; maps have no prototype members, times become Dates.
 *
 * @throws if the bytes are not one such message
 */
export function readCbor(bytes: Buffer): unknown {
  const reader = new CborReader(bytes);
  const value = reader.value(0);
  if (reader.position !== bytes.length) throw new Error("There are bytes after the message.");
  return value;
}

const indefinite = 31;
const breakCode = Symbol("break");

class CborReader {
  position = 0;
  readonly #bytes: Buffer;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  value(depth: number): unknown {
    const value = this.#item(depth);
    if (value === breakCode) throw new Error("There is a break outside of a list or map.");
    return value;
  }

  #item(depth: number): unknown {
    if (depth > maxDepth) throw new Error(`The message is more than ${maxDepth} levels deep.`);
    const head = this.#take(1).readUInt8();
    const [major, minor] = [head >> 5, head & 31];
    if (major === 7) return this.#simple(minor);
    if (minor === indefinite && major >= 2 && major <= 5) return this.#indefinite(major, depth);
    const length = this.#length(minor);
    switch (major) {
      case 0:
        return length;
      case 1:
        return -1 - length;
      case 2:
        return this.#take(length);
      case 3:
        return text(this.#take(length));
      case 4:
        return Array.from({ length: this.#count(length) }, () => this.value(depth + 1));
      case 5:
        return this.#map(this.#count(length), depth);
      default:
        return tagged(length, this.value(depth + 1));
    }
  }

  #indefinite(major: number, depth: number): unknown {
    const items: unknown[] = [];
    for (let item = this.#item(depth + 1); item !== breakCode; item = this.#item(depth + 1))
      items.push(item);
    if (major === 4) return items;
    if (major === 5) {
      const entries = Array.from({ length: Math.ceil(items.length / 2) }, (_, index) => [
        items[2 * index],
        items[2 * index + 1],
      ]);
      return record(entries as [unknown, unknown][]);
    }
    if (major === 2 && items.every((item) => Buffer.isBuffer(item))) return Buffer.concat(items);
    if (major === 3 && items.every((item) => typeof item === "string")) return items.join("");
    throw new Error("A string has parts of another type.");
  }

  #map(count: number, depth: number): object {
    const entries: [unknown, unknown][] = [];
    for (let index = 0; index < count; index += 1)
      entries.push([this.value(depth + 1), this.value(depth + 1)]);
    return record(entries);
  }

  #simple(minor: number): unknown {
    switch (minor) {
      case 20:
      case 21:
        return minor === 21;
      case 22:
      case 23:
        return null;
      case 25:
        return halfFloat(this.#take(2).readUInt16BE());
      case 26:
        return this.#take(4).readFloatBE();
      case 27:
        return this.#take(8).readDoubleBE();
      case indefinite:
        return breakCode;
      default:
        throw new Error(`The simple value ${minor} is not supported.`);
    }
  }

  #length(minor: number): number {
    if (minor < 24) return minor;
    if (minor === 24) return this.#take(1).readUInt8();
    if (minor === 25) return this.#take(2).readUInt16BE();
    if (minor === 26) return this.#take(4).readUInt32BE();
    if (minor === 27) return Number(this.#take(8).readBigUInt64BE());
    throw new Error(`The length ${minor} is not supported.`);
  }

  /** Each item has a byte, so that no message makes a longer list than itself. */
  #count(count: number): number {
    if (count > this.#bytes.length - this.position) throw new Error("The message ends too early.");
    return count;
  }

  #take(length: number): Buffer {
    const end = this.position + length;
    if (end > this.#bytes.length) throw new Error("The message ends too early.");
    const taken = this.#bytes.subarray(this.position, end);
    this.position = end;
    return taken;
  }
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function text(bytes: Buffer): string {
  return utf8.decode(bytes);
}

function record(entries: readonly (readonly [unknown, unknown])[]): object {
  const members: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  for (const [name, value] of entries) {
    if (typeof name !== "string") throw new Error("A map has a key that is not a string.");
    members[name] = value;
  }
  return members;
}

function tagged(number: number, value: unknown): unknown {
  return number === epochTag && typeof value === "number" ? new Date(value) : value;
}

function halfFloat(bits: number): number {
  const sign = bits >> 15 === 0 ? 1 : -1;
  const exponent = (bits >> 10) & 31;
  const fraction = (bits & 1023) / 1024;
  if (exponent === 0) return sign * 2 ** -14 * fraction;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return sign * 2 ** (exponent - 15) * (1 + fraction);
}

/** @param message of strings, numbers, booleans, Buffers, Dates, lists and structures */
export function writeCbor(message: object): Buffer {
  return Buffer.from(cbor.serialize(encodable(message)));
}

/** Without absent members; times as tagged milliseconds. */
function encodable(value: unknown): unknown {
  if (value instanceof Date) return tag({ tag: epochTag, value: value.getTime() });
  if (Array.isArray(value)) return value.map(encodable);
  if (typeof value !== "object" || value === null || value instanceof Uint8Array) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .map(([name, member]) => [name, encodable(member)]),
  );
}
