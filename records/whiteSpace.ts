/** JSON's white space: space, tab, line feed, carriage return. */
export function isWhiteSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d;
}

export function isBlank(bytes: Uint8Array): boolean {
  return bytes.every(isWhiteSpace);
}
