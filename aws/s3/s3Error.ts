/** An error of the S3 API, with its HTTP status and its code, e.g. `NoSuchKey`. */
export class S3Error extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    /** Further elements of the answer, by name. */
    readonly details: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }
}

export function noSuchBucket(bucket: string): S3Error {
  return new S3Error(404, "NoSuchBucket", `The specified bucket does not exist: ${bucket}`);
}

export function noSuchKey(key: string): S3Error {
  return new S3Error(404, "NoSuchKey", `The specified key does not exist: ${key}`);
}

export function invalidArgument(message: string): S3Error {
  return new S3Error(400, "InvalidArgument", message);
}

export function invalidRequest(message: string): S3Error {
  return new S3Error(400, "InvalidRequest", message);
}

export function notImplemented(what: string): S3Error {
  return new S3Error(501, "NotImplemented", `The local object store does not implement ${what}.`);
}
