import { Transform, type TransformCallback } from "node:stream";
import type { Headers } from "./headers";
import { S3Error } from "./s3Error";

/**
 * Decodes a body in `aws-chunked` coding: chunks of `size;chunk-signature=...`, a chunk of size 0, then
 * trailing headers. Signatures are not checked.
 * Source: Amazon S3 API Reference, "Signature calculations for the Authorization header: transferring
 * payload in multiple chunks".
 */
export class AwsChunkedDecoder extends Transform {
  readonly #trailers: Record<string, string> = {};
  /** The beginning of an incomplete line. */
  #line = "";
  /** How many bytes of data the chunk still has, and then of its line break. */
  #data = 0;
  #lineEnd = 0;
  #state: "chunks" | "trailers" = "chunks";

  /** The headers after the last chunk, with names in lower case. Complete at the end of the stream. */
  get trailers(): Headers {
    return this.#trailers;
  }

  override _transform(input: Buffer, _: BufferEncoding, done: TransformCallback): void {
    let rest = input;
    while (rest.length > 0) {
      if (this.#data > 0) {
        const bytes = rest.subarray(0, this.#data);
        this.push(bytes);
        this.#data -= bytes.length;
        rest = rest.subarray(bytes.length);
      } else if (this.#lineEnd > 0) {
        const skipped = Math.min(this.#lineEnd, rest.length);
        this.#lineEnd -= skipped;
        rest = rest.subarray(skipped);
      } else {
        const end = rest.indexOf("\n");
        this.#line += rest.toString("latin1", 0, end === -1 ? rest.length : end);
        if (this.#line.length > longestLine) {
          done(incomplete());
          return;
        }
        if (end === -1) break;
        rest = rest.subarray(end + 1);
        const problem = this.#readLine(this.#line.trim());
        if (problem) {
          done(problem);
          return;
        }
        this.#line = "";
      }
    }
    done();
  }

  override _flush(done: TransformCallback): void {
    if (this.#state === "chunks") done(incomplete());
    else done();
  }

  #readLine(line: string): S3Error | undefined {
    if (this.#state === "trailers") {
      const [, name, value] = /^([^:]+):(.*)$/u.exec(line) ?? [];
      if (name !== undefined && value !== undefined) {
        this.#trailers[name.trim().toLowerCase()] = value.trim();
      }
      return undefined;
    }
    const [, size] = /^([0-9a-f]{1,8})(?:;.*)?$/iu.exec(line) ?? [];
    if (size === undefined) return incomplete();
    this.#data = parseInt(size, 16);
    if (this.#data === 0) this.#state = "trailers";
    else this.#lineEnd = 2;
    return undefined;
  }
}

/** In bytes, of a chunk's header or a trailer: more than any client sends. */
const longestLine = 4096;

function incomplete(): S3Error {
  return new S3Error(400, "IncompleteBody", "The body is not complete in the aws-chunked coding.");
}
