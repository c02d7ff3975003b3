import type { ObjectFiles } from "./objectFiles";
import { invalidArgument, notImplemented } from "./s3Error";
import type { S3Request, S3Response } from "./s3Request";

/** An operation, with all parameters and headers that it honors. */
export interface Operation {
  readonly parameters?: readonly string[];
  /** A name that ends in `*` is a prefix. */
  readonly headers?: readonly string[];
  readonly run: (request: S3Request, files: ObjectFiles) => Promise<S3Response>;
}

/** Headers of any request: they sign it, name its client, or change nothing on this endpoint. */
const commonHeaders = [
  ...["x-amz-date", "x-amz-content-sha256", "x-amz-security-token", "x-amz-region-set"],
  // Of the SDKs for C++ (which pyarrow and DuckDB use) and for Java.
  ...["x-amz-user-agent", "x-amz-api-version", "x-amz-te"],
  ...["x-amz-expected-bucket-owner", "x-amz-request-payer"],
];

/** Headers that change what S3 does, in addition to `x-amz-*`. */
const meaningfulHeaders = [
  ...["if-match", "if-none-match", "if-modified-since", "if-unmodified-since", "if-range"],
  "range",
];

/** Rejects whatever an operation does not honor, since ignoring it could change its meaning. */
export function requireHonored(request: S3Request, operation: Operation): void {
  const { parameters = [], headers = [] } = operation;
  for (const name of request.query.keys()) {
    if (!parameters.includes(name)) {
      throw notImplemented(`${request.method} with the parameter "${name}"`);
    }
  }
  for (const name of Object.keys(request.headers)) {
    const hasMeaning = name.startsWith("x-amz-") || meaningfulHeaders.includes(name);
    const isHonored = [...commonHeaders, ...headers].some((honored) =>
      honored.endsWith("*") ? name.startsWith(honored.slice(0, -1)) : name === honored,
    );
    if (hasMeaning && !isHonored) {
      throw notImplemented(`${request.method} with the header ${name}`);
    }
  }
  const version = request.query.get("versionId");
  if (version !== undefined && version !== "null") {
    throw invalidArgument("Invalid version id specified");
  }
}
