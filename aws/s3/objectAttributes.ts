import { fulfillsConditions, readConditions } from "./conditions";
import { readNumber } from "./headers";
import type { ObjectFiles } from "./objectFiles";
import type { ObjectSummary } from "./objectMetadata";
import type { Operation } from "./operation";
import { invalidArgument } from "./s3Error";
import type { S3Request, S3Response } from "./s3Request";
import { checksumElements, element, s3Document } from "./xml";

const attributeNames = ["ETag", "Checksum", "ObjectParts", "StorageClass", "ObjectSize"];

export const getObjectAttributes: Operation = {
  parameters: ["attributes", "versionId"],
  headers: [
    ...readConditions,
    ...["x-amz-object-attributes", "x-amz-max-parts", "x-amz-part-number-marker"],
  ],
  run({ bucket, key, headers }: S3Request, files: ObjectFiles): Promise<S3Response> {
    const names = (headers["x-amz-object-attributes"] ?? "").split(",").map((name) => name.trim());
    if (!names.every((name) => attributeNames.includes(name))) {
      throw invalidArgument("Invalid attribute name specified.");
    }
    const summary = files.summary(bucket, key);
    const lastModified = { "last-modified": summary.lastModified.toUTCString() };
    if (!fulfillsConditions(headers, summary)) {
      return Promise.resolve({ status: 304, headers: lastModified });
    }
    const bounds = { fallback: 1000 };
    const maximum = readNumber("x-amz-max-parts", headers["x-amz-max-parts"], bounds);
    const marker = readNumber("x-amz-part-number-marker", headers["x-amz-part-number-marker"], {
      fallback: 0,
    });
    const attributes: Readonly<Record<string, string>> = {
      ETag: element("ETag", summary.etag),
      Checksum: summary.checksum ? element("Checksum", checksumElements(summary.checksum)) : "",
      ObjectParts: partsElement(summary, Math.min(maximum, 1000), marker),
      StorageClass: element("StorageClass", summary.storageClass ?? "STANDARD"),
      ObjectSize: element("ObjectSize", summary.size),
    };
    const chosen = attributeNames.filter((name) => names.includes(name));
    const body = s3Document(
      "GetObjectAttributesResponse",
      chosen.map((name) => attributes[name] ?? ""),
    );
    return Promise.resolve({ status: 200, headers: lastModified, body });
  },
};

function partsElement({ parts }: ObjectSummary, maximum: number, marker: number): string {
  if (!parts) return "";
  const rest = parts.map((part, index) => ({ ...part, number: index + 1 })).slice(marker);
  const shown = rest.slice(0, maximum);
  return element("ObjectParts", [
    element("PartsCount", parts.length),
    element("PartNumberMarker", marker),
    element("NextPartNumberMarker", shown.at(-1)?.number ?? 0),
    element("MaxParts", maximum),
    element("IsTruncated", rest.length > shown.length),
    ...shown.map(({ number, size, checksum }) =>
      element("Part", [
        ...checksumElements(checksum),
        element("PartNumber", number),
        element("Size", size),
      ]),
    ),
  ]);
}
