import { request as httpRequest, type IncomingHttpHeaders } from "node:http";
import { text } from "node:stream/consumers";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import type { LoopbackServer } from "../../../../aws/loopbackServer";
import { type ObjectStoreLimits, startObjectStore } from "../../../../aws/s3/objectStore";
import { temporaryFolder } from "../../../local/support/temporaryFolder";

export const Bucket = "my-lake";

export interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface TestStore {
  readonly directory: string;
  endpoint(): string;
  s3(): S3Client;
  /** Sends a request without the SDK. */
  raw(
    method: string,
    path: string,
    headers?: Readonly<Record<string, string>>,
    body?: string | Buffer,
  ): Promise<RawAnswer>;
}

/** Starts an object store with a bucket for the tests of a `describe`. */
export function testStore(limits: Partial<ObjectStoreLimits> = {}): TestStore {
  const directory = temporaryFolder();
  let server: LoopbackServer;
  let client: S3Client;

  before(async () => {
    server = await startObjectStore(directory, limits);
    const { endpoint } = server;
    const credentials = { accessKeyId: "any", secretAccessKey: "any" };
    client = new S3Client({ endpoint, region: "eu-central-1", credentials, forcePathStyle: true });
    await client.send(new CreateBucketCommand({ Bucket }));
  });

  after(async () => {
    client.destroy();
    await server.stop();
  });

  return {
    directory,
    endpoint: () => server.endpoint,
    s3: () => client,
    raw(method, path, headers = {}, body = "") {
      return new Promise((resolve, reject) => {
        const length = { "content-length": String(Buffer.byteLength(body)) };
        const options = { method, path, headers: { ...length, ...headers }, agent: false };
        httpRequest(server.endpoint, options, (response) => {
          const { statusCode = 0, headers: answered } = response;
          text(response).then((content) => {
            resolve({ status: statusCode, headers: answered, body: content });
          }, reject);
        })
          .on("error", reject)
          .end(body);
      });
    },
  };
}

/** The code of an error answer. */
export function codeOf({ body }: RawAnswer): string | undefined {
  return /<Code>([^<]*)<\/Code>/u.exec(body)?.[1];
}
