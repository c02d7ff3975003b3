import { algorithmName } from "./checksums";
import { readNumber } from "./headers";
import { keyElement, owner, pageSize } from "./listObjects";
import { requireUpload } from "./multipartUpload";
import type { ObjectFiles } from "./objectFiles";
import { compareKeys } from "./objectPage";
import type { Operation } from "./operation";
import type { S3Request, S3Response } from "./s3Request";
import { checksumElements, element, s3Document } from "./xml";

export const listParts: Operation = {
  parameters: ["uploadId", "max-parts", "part-number-marker", "encoding-type"],
  run(request: S3Request, files: ObjectFiles): Promise<S3Response> {
    const { bucket, key, query } = request;
    const upload = requireUpload(request, files);
    const keyed = keyElement(query);
    const maximum = pageSize("max-parts", query);
    const marker = readNumber("part-number-marker", query.get("part-number-marker"), {
      fallback: 0,
    });
    const rest = files.multipart.parts(upload.id).filter(({ number }) => number > marker);
    const parts = rest.slice(0, maximum);
    const body = s3Document("ListPartsResult", [
      element("Bucket", bucket),
      keyed("Key", key),
      element("UploadId", upload.id),
      element("Initiator", owner),
      element("Owner", owner),
      element("StorageClass", upload.described.storageClass ?? "STANDARD"),
      element("PartNumberMarker", marker),
      element("NextPartNumberMarker", parts.at(-1)?.number ?? 0),
      element("MaxParts", maximum),
      element("IsTruncated", rest.length > parts.length),
      element("ChecksumAlgorithm", algorithmName(upload.algorithm)),
      element("ChecksumType", upload.checksumType),
      ...parts.map(({ number, etag, size, checksum, lastModified }) =>
        element("Part", [
          element("PartNumber", number),
          element("LastModified", lastModified.toISOString()),
          element("ETag", `"${etag}"`),
          element("Size", size),
          ...checksumElements(checksum),
        ]),
      ),
    ]);
    return Promise.resolve({ status: 200, body });
  },
};

export const listMultipartUploads: Operation = {
  parameters: [
    ...["uploads", "prefix", "delimiter", "encoding-type"],
    ...["max-uploads", "key-marker", "upload-id-marker"],
  ],
  run({ bucket, query }: S3Request, files: ObjectFiles): Promise<S3Response> {
    files.requireBucket(bucket);
    const keyed = keyElement(query);
    const [prefix, delimiter] = [query.get("prefix") ?? "", query.get("delimiter") ?? ""];
    const maximum = pageSize("max-uploads", query);
    const keyMarker = query.get("key-marker") ?? "";
    const idMarker = keyMarker === "" ? "" : (query.get("upload-id-marker") ?? "");
    const sorted = files.multipart
      .list(bucket)
      .filter(({ key }) => key.startsWith(prefix))
      .sort((one, other) => compareKeys(one.key, other.key) || compareKeys(one.id, other.id));

    const entries: { xml: string; key: string; id: string }[] = [];
    let isTruncated = false;
    for (const upload of sorted) {
      const end = delimiter === "" ? -1 : upload.key.indexOf(delimiter, prefix.length);
      const common = end === -1 ? undefined : upload.key.slice(0, end + delimiter.length);
      const key = common ?? upload.key;
      const order = keyMarker === "" ? 1 : compareKeys(key, keyMarker);
      const isLater = order > 0 || (order === 0 && idMarker !== "" && upload.id > idMarker);
      if (!isLater || (common !== undefined && entries.at(-1)?.key === common)) continue;
      if (entries.length >= maximum) {
        isTruncated = maximum > 0;
        break;
      }
      const xml =
        common === undefined
          ? element("Upload", [
              keyed("Key", upload.key),
              element("UploadId", upload.id),
              element("Initiator", owner),
              element("Owner", owner),
              element("StorageClass", upload.described.storageClass ?? "STANDARD"),
              element("Initiated", upload.initiated),
              element("ChecksumAlgorithm", algorithmName(upload.algorithm)),
              element("ChecksumType", upload.checksumType),
            ])
          : element("CommonPrefixes", [keyed("Prefix", common)]);
      entries.push({ key, id: common === undefined ? upload.id : "", xml });
    }
    const last = entries.at(-1);
    const body = s3Document("ListMultipartUploadsResult", [
      element("Bucket", bucket),
      keyed("KeyMarker", keyMarker),
      element("UploadIdMarker", idMarker),
      ...(isTruncated && last
        ? [keyed("NextKeyMarker", last.key), element("NextUploadIdMarker", last.id)]
        : []),
      keyed("Prefix", prefix),
      delimiter === "" ? "" : keyed("Delimiter", delimiter),
      query.get("encoding-type") === "url" ? element("EncodingType", "url") : "",
      element("MaxUploads", maximum),
      element("IsTruncated", isTruncated),
      ...entries.map(({ xml }) => xml),
    ]);
    return Promise.resolve({ status: 200, body });
  },
};
