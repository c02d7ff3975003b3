import {
  createBucket,
  deleteBucket,
  getBucketLocation,
  getBucketVersioning,
  headBucket,
  listBuckets,
} from "./bucketOperations";
import { completeMultipartUpload } from "./completeMultipartUpload";
import { copyObject } from "./copyObject";
import { deleteObjects } from "./deleteObjects";
import { getObject, headObject } from "./getObject";
import { listMultipartUploads, listParts } from "./listMultipart";
import { listObjects, listObjectsV2, listObjectVersions } from "./listObjects";
import {
  abortMultipartUpload,
  createMultipartUpload,
  uploadPart,
  uploadPartCopy,
} from "./multipartUpload";
import { getObjectAttributes } from "./objectAttributes";
import type { Operation } from "./operation";
import { notImplemented } from "./s3Error";
import type { S3Request } from "./s3Request";
import { deleteObject, putObject } from "./writeObject";

/** By method, and by the parameter that selects it; "" without one. */
type Operations = Readonly<Record<string, Readonly<Record<string, Operation>>>>;

const serviceOperations: Operations = { GET: { "": listBuckets } };

const bucketOperations: Operations = {
  PUT: { "": createBucket },
  HEAD: { "": headBucket },
  DELETE: { "": deleteBucket },
  POST: { delete: deleteObjects },
  GET: {
    location: getBucketLocation,
    versioning: getBucketVersioning,
    versions: listObjectVersions,
    uploads: listMultipartUploads,
    "list-type": listObjectsV2,
    "": listObjects,
  },
};

const objectOperations: Operations = {
  PUT: { uploadId: uploadPart, partNumber: uploadPart, "": putObject },
  GET: { attributes: getObjectAttributes, uploadId: listParts, "": getObject },
  HEAD: { "": headObject },
  DELETE: { uploadId: abortMultipartUpload, "": deleteObject },
  POST: { uploads: createMultipartUpload, uploadId: completeMultipartUpload },
};

/** Operations that have the same parameters as others, and a source. */
const copies = new Map([
  [putObject, copyObject],
  [uploadPart, uploadPartCopy],
]);

/** @throws S3Error NotImplemented */
export function operationOf(request: S3Request): Operation {
  const { method, bucket, key, query, headers } = request;
  const level =
    bucket === "" ? serviceOperations : key === "" ? bucketOperations : objectOperations;
  const candidates = Object.entries(level[method] ?? {});
  const operation = candidates.find(([name]) => name === "" || query.has(name))?.[1];
  if (!operation) {
    const parameters = [...query.keys()].map((name) => `"${name}"`).join(", ");
    throw notImplemented(parameters === "" ? method : `${method} with the parameter ${parameters}`);
  }
  const copy = headers["x-amz-copy-source"] === undefined ? undefined : copies.get(operation);
  return copy ?? operation;
}
