import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";

/** A loopback HTTP server that replaces one AWS service. */
export interface StandIn {
  readonly endpoint: string;
  close(): Promise<void>;
}

type Respond = (request: IncomingMessage, body: Buffer, response: ServerResponse) => void;

/** Stores the data of PutRecords in `data`, as strings in `records`; only the stream `events` exists. */
export async function kinesisStandIn(): Promise<
  StandIn & { readonly records: string[]; readonly data: Buffer[] }
> {
  const [records, data]: [string[], Buffer[]] = [[], []];
  const standIn = await serve((_, body, response) => {
    const input = JSON.parse(body.toString()) as {
      StreamName: string;
      Records: { Data: string }[];
    };
    response.setHeader("content-type", "application/x-amz-json-1.1");
    if (input.StreamName !== "events") {
      response.statusCode = 400;
      response.end(
        JSON.stringify({ __type: "ResourceNotFoundException", message: "Stream not found." }),
      );
      return;
    }
    const put = input.Records.map(({ Data }) => Buffer.from(Data, "base64"));
    data.push(...put);
    records.push(...put.map((bytes) => bytes.toString()));
    const results = put.map(() => ({ SequenceNumber: "1", ShardId: "shardId-000000000000" }));
    response.end(JSON.stringify({ FailedRecordCount: 0, Records: results }));
  });
  return { ...standIn, records, data };
}

/** Serves ListObjectsV2 and GetObject of one bucket, `lake`, with path-style URLs. */
export async function s3StandIn(objects: ReadonlyMap<string, Uint8Array>): Promise<StandIn> {
  return serve((request, _, response) => {
    const url = new URL(request.url ?? "", "http://localhost");
    const [, bucket, key] = /^\/([^/]*)\/?(.*)$/.exec(decodeURIComponent(url.pathname)) ?? [];
    response.setHeader("content-type", "application/xml");
    if (bucket !== "lake") {
      response.statusCode = 404;
      response.end("<Error><Code>NoSuchBucket</Code><Message>none</Message></Error>");
    } else if (key === "") {
      const prefix = url.searchParams.get("prefix") ?? "";
      const keys = [...objects.keys()].filter((each) => each.startsWith(prefix));
      const entries = keys.map((each) => `<Contents><Key>${each}</Key></Contents>`).join("");
      response.end(`<ListBucketResult><Name>lake</Name>${entries}</ListBucketResult>`);
    } else {
      // As Firehose stores objects. Clients that decompress automatically must work too.
      response.setHeader("content-encoding", "gzip");
      response.end(objects.get(key ?? ""));
    }
  });
}

/** Serves requests whose bodies are complete. */
export async function serve(respond: Respond): Promise<StandIn> {
  const server = createServer((request, response) => {
    void buffer(request).then((body) => {
      respond(request, body, response);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return { endpoint: `http://127.0.0.1:${port}`, close: () => close(server) };
}

async function close(server: Server): Promise<void> {
  server.closeAllConnections();
  server.close();
  await once(server, "close");
}
