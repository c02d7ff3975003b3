import { S3Error } from "./s3Error";

/** First and last byte, both included. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/**
 * Reads a `Range` header. As in S3, what is not one range of bytes is ignored.
 *
 * @throws S3Error 416 if the range lies behind the object's end
 */
export function byteRange(header: string | undefined, size: number): ByteRange | undefined {
  const [, first = "", last = ""] = /^bytes=(\d*)-(\d*)$/u.exec(header ?? "") ?? [];
  if (first === "" && last === "") return undefined;
  const start = first === "" ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === "" || last === "" ? size - 1 : Math.min(Number(last), size - 1);
  if (start >= size) {
    throw new S3Error(
      416,
      "InvalidRange",
      `The range ${header ?? ""} is outside the ${size} bytes.`,
    );
  }
  return start > end ? undefined : { start, end };
}
