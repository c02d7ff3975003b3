/** A cyclic redundancy check, computed piece by piece. */
interface Crc {
  update(bytes: Uint8Array): void;
  /** Most significant byte first. */
  digest(): Buffer;
}

/** The polynomials of S3's checksums of 32 bits, bits reversed. */
export const crcPolynomial = { crc32: 0xedb88320, crc32c: 0x82f63b78 } as const;

/** Implemented here because `zlib.crc32` is missing in the oldest Node that is supported. */
export function createCrc32(polynomial: number): Crc {
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

/** The polynomial of CRC64NVME, bits reversed, in two halves. */
const crc64High = 0x9a6c9329;
const crc64Low = 0xac4bc9b5;

/** In two halves of 32 bits, since numbers of 64 bits are slow in JavaScript. */
const [crc64Highs, crc64Lows] = crc64Tables();

function crc64Tables(): readonly [Uint32Array, Uint32Array] {
  const highs = new Uint32Array(256);
  const lows = new Uint32Array(256);
  for (let byte = 0; byte < 256; byte += 1) {
    let high = 0;
    let low = byte;
    for (let bit = 0; bit < 8; bit += 1) {
      const isOdd = (low & 1) === 1;
      low = (low >>> 1) | (high << 31);
      high >>>= 1;
      if (isOdd) {
        high ^= crc64High;
        low ^= crc64Low;
      }
    }
    highs[byte] = high;
    lows[byte] = low;
  }
  return [highs, lows];
}

/** CRC64NVME, which S3 computes if a client sends no checksum. */
export function createCrc64(): Crc {
  let high = 0xffffffff;
  let low = 0xffffffff;
  return {
    update(bytes) {
      for (const byte of bytes) {
        const index = (low ^ byte) & 0xff;
        low = ((low >>> 8) | (high << 24)) ^ (crc64Lows[index] ?? 0);
        high = (high >>> 8) ^ (crc64Highs[index] ?? 0);
      }
    },
    digest() {
      const bytes = Buffer.alloc(8);
      bytes.writeUInt32BE(~high >>> 0, 0);
      bytes.writeUInt32BE(~low >>> 0, 4);
      return bytes;
    },
  };
}
