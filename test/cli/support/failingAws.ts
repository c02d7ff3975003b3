import { once } from "node:events";
import {
  createServer,
  type IncomingMessage,
  request as httpRequest,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";

/** An error of AWS in the words of each protocol: [HTTP status, code, message]. */
export interface AwsError {
  readonly kinesis: readonly [status: number, code: string, message: string];
  readonly s3: readonly [status: number, code: string, message: string];
  /** Of each answer. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Without a Date header, a client cannot learn the time. Default: true. */
  readonly tellsTime?: boolean;
}

export interface FailingAws {
  readonly endpoint: string;
  /** Requests so far. */
  readonly requests: () => number;
  stop(): Promise<void>;
}

type Handle = (request: IncomingMessage, response: ServerResponse) => void;

/** An endpoint on loopback, of all services, that answers each request with an error. */
export async function failingAws(error: AwsError): Promise<FailingAws> {
  return serve((request, response) => {
    request.resume();
    answer(request, response, error);
  });
}

/** An endpoint on loopback that answers everything with a page in HTML. */
export async function webSite(): Promise<FailingAws> {
  return serve((request, response) => {
    request.resume();
    response.setHeader("content-type", "text/html");
    response.end("<!doctype html><html><body>Welcome to the hotel</body></html>");
  });
}

const hour = 3_600_000;

/**
 * Forwards to another endpoint, but is an hour ahead, and rejects requests that are signed with another time,
 * as AWS does.
 */
export async function aheadOfTime(target: string): Promise<FailingAws> {
  return serve((request, response) => {
    const now = Date.now() + hour;
    const signed = timeOf(String(request.headers["x-amz-date"]));
    if (Math.abs(now - signed) > hour / 2) {
      request.resume();
      answer(request, response, {
        kinesis: [400, "InvalidSignatureException", signatureExpired],
        s3: [403, "RequestTimeTooSkewed", tooSkewed],
        headers: { date: new Date(now).toUTCString() },
        tellsTime: false,
      });
      return;
    }
    void forward(request, response, target);
  });
}

/** As reported for Kinesis and S3: awslabs/amazon-kinesis-producer#222; S3 API, "List of error codes". */
export const signatureExpired =
  "Signature expired: 20180920T174101Z is now earlier than 20180920T174504Z (20180920T175004Z - 5 min.)";
export const tooSkewed =
  "The difference between the request time and the current time is too large.";

async function forward(
  request: IncomingMessage,
  response: ServerResponse,
  target: string,
): Promise<void> {
  const { method = "GET", url = "/", headers } = request;
  const body = await buffer(request);
  const onward = httpRequest(new URL(url, target), { method, headers }, (answered) => {
    response.writeHead(answered.statusCode ?? 500, {
      ...answered.headers,
      date: new Date(Date.now() + hour).toUTCString(),
    });
    answered.pipe(response);
  });
  onward.end(body);
}

/** `20261122T103000Z` as milliseconds since 1970. */
function timeOf(basic: string): number {
  return Date.parse(
    basic.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/u, "$1-$2-$3T$4:$5:$6Z"),
  );
}

function answer(request: IncomingMessage, response: ServerResponse, error: AwsError): void {
  const { kinesis, s3, headers = {}, tellsTime = true } = error;
  response.sendDate = tellsTime;
  const isJson = request.headers["x-amz-target"] !== undefined;
  const [status, code, message] = isJson ? kinesis : s3;
  response.writeHead(status, {
    "content-type": isJson ? "application/x-amz-json-1.1" : "application/xml",
    ...headers,
  });
  response.end(
    isJson
      ? JSON.stringify({ __type: code, message })
      : `<Error><Code>${code}</Code><Message>${message}</Message></Error>`,
  );
}

async function serve(handle: Handle): Promise<FailingAws> {
  let requests = 0;
  const server = createServer((request, response) => {
    requests += 1;
    handle(request, response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests: () => requests,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
