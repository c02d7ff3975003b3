import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";

/** What a service answers. */
export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

/** By the name of an operation, e.g. `DescribeKey`; a function gets the input. */
export type Answers = Readonly<Record<string, Answer | ((input: string) => Answer)>>;

/** The answer of a service with a JSON protocol. */
export function json(body: object): Answer {
  return { body: JSON.stringify(body) };
}

/** The error of a service with a JSON protocol. */
export function jsonError(code: string, message = "not today", status = 400): Answer {
  return { status, body: JSON.stringify({ __type: code, message }) };
}

/** The error of S3. */
export function s3Error(code: string, status: number, headers = {}): Answer {
  return { status, headers, body: `<Error><Code>${code}</Code><Message>no</Message></Error>` };
}

/** The error of IAM. */
export function iamError(code: string, status: number, message = "no"): Answer {
  const error = `<Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error>`;
  return {
    status,
    body: `<ErrorResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/">${error}<RequestId>1</RequestId></ErrorResponse>`,
  };
}

/** A stand-in for all services that a diagnosis asks: clients of AWS parse what it answers. */
export async function deployedAws(answers: () => Answers): Promise<{
  readonly endpoint: string;
  /** The operations that were called, with their inputs. */
  readonly calls: { readonly operation: string; readonly input: string }[];
  close(): Promise<void>;
}> {
  const calls: { operation: string; input: string }[] = [];
  const server = createServer((request, response) => {
    void buffer(request).then((body) => {
      const input = body.toString();
      const operation = operationOf(request, input);
      calls.push({ operation, input });
      const answer = answers()[operation] ?? jsonError("UnknownOperationException");
      const {
        status = 200,
        headers = {},
        body: text,
      } = typeof answer === "function" ? answer(input || (request.url ?? "")) : answer;
      response.writeHead(status, headers);
      response.end(request.method === "HEAD" ? undefined : text);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    calls,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

function operationOf({ headers, method, url = "" }: IncomingMessage, input: string): string {
  const target = headers["x-amz-target"];
  if (typeof target === "string") return target.split(".").at(-1) ?? "";
  if (method === "POST") return new URLSearchParams(input).get("Action") ?? "";
  if (method === "HEAD") return "HeadBucket";
  const { searchParams } = new URL(url, "http://localhost");
  if (searchParams.has("policy")) return "GetBucketPolicy";
  if (searchParams.has("encryption")) return "GetBucketEncryption";
  return searchParams.has("list-type") ? "ListObjectsV2" : "GetObject";
}
