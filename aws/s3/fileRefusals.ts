import { hasCode } from "../fileErrors";
import { noSuchKey, S3Error } from "./s3Error";

/** A file that is not there is an object that is not there; anything else is passed on. */
export function readRefusal(error: unknown, key: string): unknown {
  return hasCode(error, "ENOENT", "ENOTDIR", "ENAMETOOLONG") ? noSuchKey(key) : error;
}

/** A key that the file system cannot hold is the sender's fault; anything else is passed on. */
export function writeRefusal(error: unknown, key: string): unknown {
  if (hasCode(error, "ENAMETOOLONG")) {
    return new S3Error(400, "KeyTooLongError", `The key is too long for a file: ${key}`);
  }
  if (hasCode(error, "EEXIST", "ENOTDIR", "EISDIR", "ENOTEMPTY")) {
    return new S3Error(
      400,
      "InvalidArgument",
      `Objects are files here, so "${key}" cannot be both an object and the folder of another.`,
    );
  }
  return error;
}
