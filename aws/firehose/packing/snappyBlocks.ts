/**
 * The stream format of snappy-java (xerial): a magic number with its version, then for each block its
 * compressed length and its data. Source: snappy-java, `SnappyOutputStream` and `SnappyCodec`.
 */
export async function xerialSnappy(body: Uint8Array): Promise<Uint8Array> {
  return Buffer.concat([
    xerialHeader,
    ...(await blocksOf(body, (_, compressed) => [uint32(compressed)])),
  ]);
}

/**
 * Hadoop's block format: for each block its length, its compressed length and its data; no header.
 * Source: snappy-java, `SnappyHadoopCompatibleOutputStream`.
 */
export async function hadoopSnappy(body: Uint8Array): Promise<Uint8Array> {
  return Buffer.concat(
    await blocksOf(body, (length, compressed) => [uint32(length), uint32(compressed)]),
  );
}

/** Magic number, version 1, compatible with version 1. */
const xerialHeader = Buffer.from("82534e4150505900" + "00000001" + "00000001", "hex");

/** The default of snappy-java. */
const blockBytes = 32 * 1024;

/** More would block the thread pool, which also serves files and host names. */
const blocksAtOnce = 32;

/** A native module: loaded by the first object that needs it, not by every plan. */
function loadSnappy(): typeof import("snappy") {
  return module.require("snappy") as typeof import("snappy");
}

async function blocksOf(
  body: Uint8Array,
  lengths: (length: number, compressed: number) => readonly Buffer[],
): Promise<readonly Buffer[]> {
  const { compress } = loadSnappy();
  const pieces: Buffer[] = [];
  for (let start = 0; start < body.length; start += blockBytes * blocksAtOnce) {
    const blocks = cut(body.subarray(start, start + blockBytes * blocksAtOnce));
    const compressed = await Promise.all(blocks.map((block) => compress(block)));
    // Copied, since the library's buffers are allocated for the worst case.
    pieces.push(
      Buffer.concat(
        compressed.flatMap((data, index) => [
          ...lengths(blocks[index]?.length ?? 0, data.length),
          data,
        ]),
      ),
    );
  }
  return pieces;
}

function cut(bytes: Uint8Array): readonly Uint8Array[] {
  return Array.from({ length: Math.ceil(bytes.length / blockBytes) }, (_, index) =>
    bytes.subarray(index * blockBytes, (index + 1) * blockBytes),
  );
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
