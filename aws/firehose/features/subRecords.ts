/**
 * The JSON objects in data that consists of nothing else, one after the other or on separate lines.
 * White space between them vanishes. An array is not split.
 *
 * @returns empty if there is anything else, e.g. an array or a comma between two objects
 */
export function jsonObjects(data: Uint8Array): readonly Uint8Array[] {
  const objects: Uint8Array[] = [];
  let position = afterSpace(data, 0);
  while (position < data.length) {
    const end = data[position] === openBrace ? objectEnd(data, position) : undefined;
    if (end === undefined) return [];
    const object = data.subarray(position, end);
    if (!isJson(object)) return [];
    objects.push(object);
    position = afterSpace(data, end);
  }
  return objects;
}

/** Where the JSON object that begins at a position ends; undefined if it does not end. */
function objectEnd(data: Uint8Array, begin: number): number | undefined {
  let depth = 0;
  let inString = false;
  // All of these characters are single bytes, which are part of no other character in UTF-8.
  for (let position = begin; position < data.length; position += 1) {
    const byte = data[position];
    if (inString) {
      if (byte === backslash) position += 1;
      else if (byte === quote) inString = false;
    } else if (byte === quote) inString = true;
    else if (byte === openBrace) depth += 1;
    else if (byte === closeBrace) {
      depth -= 1;
      if (depth === 0) return position + 1;
    }
  }
  return undefined;
}

function isJson(data: Uint8Array): boolean {
  try {
    JSON.parse(Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString());
    return true;
  } catch {
    return false;
  }
}

const [openBrace, closeBrace, quote, backslash] = [0x7b, 0x7d, 0x22, 0x5c];

/** The white space of JSON: space, tab, carriage return, newline. */
const spaces = [0x20, 0x09, 0x0d, 0x0a];

function afterSpace(data: Uint8Array, begin: number): number {
  let position = begin;
  while (spaces.includes(data[position] ?? -1)) position += 1;
  return position;
}

/**
 * The records between delimiters. Whether AWS keeps empty ones, e.g. after a delimiter at the end, is
 * not documented: here they vanish.
 */
export function delimitedRecords(data: Uint8Array, delimiter: Buffer): readonly Uint8Array[] {
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  const records: Uint8Array[] = [];
  for (let begin = 0; begin <= bytes.length;) {
    const found = bytes.indexOf(delimiter, begin);
    const end = found === -1 ? bytes.length : found;
    if (end > begin) records.push(bytes.subarray(begin, end));
    begin = end + delimiter.length;
  }
  return records;
}
