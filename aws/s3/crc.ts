/** A cyclic redundancy check of 32 bits that is fed piece by piece. */
export interface Crc32 {
  update(bytes: Uint8Array): void;
  /** Four bytes, most significant first. */
  digest(): Buffer;
}

/** The polynomials of S3's checksums, bits reversed. */
export const crcPolynomial = { crc32: 0xedb88320, crc32c: 0x82f63b78 } as const;

/** Written out because Node's `zlib.crc32` is newer than the oldest Node that is supported. */
export function createCrc32(polynomial: number): Crc32 {
  const table = Uint32Array.from({ length: 256 }, (_, byte) => {
    let remainder = byte;
    for (let bit = 0; bit < 8; bit += 1) {
      remainder = remainder & 1 ? (remainder >>> 1) ^ polynomial : remainder >>> 1;
    }
    return remainder;
  });
  let state = 0xffffffff;
  return {
    update(bytes) {
      for (const byte of bytes) state = (state >>> 8) ^ (table[(state ^ byte) & 0xff] ?? 0);
    },
    digest() {
      const bytes = Buffer.alloc(4);
      bytes.writeUInt32BE((state ^ 0xffffffff) >>> 0);
      return bytes;
    },
  };
}
