import { randomUUID } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { listenOnLoopback, type LoopbackServer } from "../loopbackServer";
import { listObjects } from "./listObjects";
import { ObjectFiles } from "./objectFiles";
import { deleteObject, getObject, headObject, putObject } from "./objectOperations";
import { notImplemented, S3Error } from "./s3Error";
import { readRequest, requireOnly, type S3Request, type S3Response } from "./s3Request";
import { element, s3Document, stringsOf } from "./xml";

/**
 * Serves the data calls of the S3 API on a free loopback port, from a directory of plain files. It
 * supports what the AWS SDK and `aws s3 cp|ls|rm` need, except multipart upload, copies and versions,
 * which it rejects with `NotImplemented`.
 *
 * @param directory created if it does not exist; its buckets are directories, their objects files
 */
export async function startObjectStore(directory: string): Promise<LoopbackServer> {
  await mkdir(directory, { recursive: true });
  const files = new ObjectFiles(directory);
  const server = createServer((message, response) => void serve(message, response, files));
  return listenOnLoopback(server, () => {
    server.closeAllConnections();
  });
}

type Operation = (request: S3Request, files: ObjectFiles) => Promise<S3Response>;

const bucketOperations: Readonly<Record<string, Operation>> = {
  PUT: createBucket,
  HEAD: headBucket,
  GET: listObjects,
  POST: deleteObjects,
};

const objectOperations: Readonly<Record<string, Operation>> = {
  PUT: putObject,
  GET: getObject,
  HEAD: headObject,
  DELETE: deleteObject,
};

async function serve(
  message: IncomingMessage,
  response: ServerResponse,
  files: ObjectFiles,
): Promise<void> {
  const requestId = randomUUID();
  const answer = await respond(message, files).catch((error: unknown) =>
    errorResponse(error, message.url ?? "/", requestId),
  );
  response.writeHead(answer.status, { "x-amz-request-id": requestId, ...answer.headers });
  if (answer.body === undefined || typeof answer.body === "string") {
    response.end(message.method === "HEAD" ? undefined : answer.body);
    return;
  }
  // If the reader disconnects or the file fails now, it is too late to send an error.
  await pipeline(answer.body, response).catch(() => response.destroy());
}

async function respond(message: IncomingMessage, files: ObjectFiles): Promise<S3Response> {
  const request = readRequest(message);
  const operation =
    request.bucket === ""
      ? { GET: listBuckets }[request.method]
      : (request.key === "" ? bucketOperations : objectOperations)[request.method];
  if (!operation) throw notImplemented(`${request.method} ${message.url ?? ""}`);
  return operation(request, files);
}

function errorResponse(error: unknown, resource: string, requestId: string): S3Response {
  const failure =
    error instanceof S3Error
      ? error
      : new S3Error(500, "InternalError", error instanceof Error ? error.message : String(error));
  const details = [
    element("Code", failure.code),
    element("Message", failure.message),
    element("Resource", resource),
    element("RequestId", requestId),
  ];
  return {
    status: failure.status,
    headers: { "content-type": "application/xml" },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n${element("Error", details)}`,
  };
}

async function listBuckets(request: S3Request, files: ObjectFiles): Promise<S3Response> {
  requireOnly(request);
  const buckets = (await files.buckets()).map(({ name, created }) =>
    element("Bucket", [element("Name", name), element("CreationDate", created.toISOString())]),
  );
  const owner = element("Owner", [element("ID", "local"), element("DisplayName", "local")]);
  const body = s3Document("ListAllMyBucketsResult", [owner, element("Buckets", buckets)]);
  return { status: 200, body };
}

async function createBucket(request: S3Request, files: ObjectFiles): Promise<S3Response> {
  requireOnly(request);
  await files.createBucket(request.bucket);
  return { status: 200, headers: { location: `/${request.bucket}` } };
}

async function headBucket(request: S3Request, files: ObjectFiles): Promise<S3Response> {
  requireOnly(request);
  await files.requireBucket(request.bucket);
  return { status: 200 };
}

async function deleteObjects(request: S3Request, files: ObjectFiles): Promise<S3Response> {
  requireOnly(request, "delete");
  const xml = await text(request.body);
  const keys = stringsOf("Key", xml);
  for (const key of keys) await files.delete(request.bucket, key);
  const quiet = stringsOf("Quiet", xml)[0] === "true";
  const deleted = quiet ? [] : keys.map((key) => element("Deleted", [element("Key", key)]));
  return { status: 200, body: s3Document("DeleteResult", deleted) };
}
