import type { ObjectFiles } from "./objectFiles";
import type { Operation } from "./operation";
import { bodyHeaders, receiveXml } from "./receiveBody";
import { invalidRequest, notImplemented } from "./s3Error";
import type { S3Request, S3Response } from "./s3Request";
import { retentionBypass } from "./writeObject";
import { element, s3Document } from "./xml";
import { childText, malformed, requireChildren, type XmlElement } from "./xmlReader";

/** API limit. */
const mostKeys = 1000;

export const deleteObjects: Operation = {
  parameters: ["delete"],
  headers: [...bodyHeaders, retentionBypass],
  async run(request: S3Request, files: ObjectFiles): Promise<S3Response> {
    files.requireBucket(request.bucket);
    const { headers } = request;
    const isChecked = Object.keys(headers).some(
      (name) =>
        name === "content-md5" || name === "x-amz-trailer" || /^x-amz-checksum-/u.test(name),
    );
    if (!isChecked) throw invalidRequest("Missing required header for this request: Content-MD5");
    const document = (await receiveXml(request, "Delete")) ?? malformed();
    requireChildren(document, "Object", "Quiet");
    const objects = document.children.filter(({ name }) => name === "Object").map(readObject);
    if (objects.length === 0 || objects.length > mostKeys) malformed();
    const isQuiet = childText(document, "Quiet")?.trim() === "true";

    const results = objects.map(({ key, version }) => {
      const identity = [
        element("Key", key),
        version === undefined ? "" : element("VersionId", version),
      ];
      if (version !== undefined && version !== "null") {
        const code = element("Code", "NoSuchVersion");
        return element("Error", [
          ...[...identity, code],
          element("Message", "The specified version does not exist."),
        ]);
      }
      if (Buffer.byteLength(key) > 1024) {
        const code = element("Code", "KeyTooLongError");
        return element("Error", [...identity, code, element("Message", "Your key is too long")]);
      }
      files.delete(request.bucket, key);
      return isQuiet ? "" : element("Deleted", identity);
    });
    return { status: 200, body: s3Document("DeleteResult", results) };
  },
};

function readObject(object: XmlElement): { key: string; version: string | undefined } {
  for (const name of ["ETag", "LastModifiedTime", "Size"]) {
    if (childText(object, name) !== undefined) throw notImplemented(`${name} in DeleteObjects`);
  }
  requireChildren(object, "Key", "VersionId");
  const key = childText(object, "Key") ?? "";
  if (key === "") malformed();
  return { key, version: childText(object, "VersionId") };
}
