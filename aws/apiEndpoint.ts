import { randomUUID } from "node:crypto";
import { ApiFailure, asFailure } from "./apiFailure";
import { encodeEvents, EventStream, eventStreamType } from "./eventStream";
import type { HttpAnswer, HttpRequest } from "./httpListener";
import { jsonFormat, readMessage, type WireFormat } from "./jsonFormat";
import { foreignRequest } from "./loopbackRequest";
import { BodyReader } from "./requestBody";

/** An AWS API of the kind whose requests name their operation in a header. */
export interface Api {
  /** As messages name the service, e.g. `Kinesis`. */
  readonly service: string;
  /** In the header `X-Amz-Target`, before the operation, e.g. `Kinesis_20131202`. */
  readonly target: string;
  /** Of the records of one request. */
  readonly maxDataBytes: number;
  /** By content type; JSON is always accepted. */
  readonly formats?: Readonly<Record<string, WireFormat>>;
  supports(operation: string): boolean;
  /**
   * @param region of the signature
   * @returns the members of the answer, or an EventStream
   * @throws ApiFailure as AWS rejects the request
   */
  perform(operation: string, message: object, region: string): Promise<object>;
}

const jsonTypes = ["application/x-amz-json-1.1", "application/x-amz-json-1.0", "application/json"];

/** Answers requests as an AWS API does. */
export class ApiEndpoint {
  readonly #api: Api;
  readonly #bodies: BodyReader;
  readonly #formats: ReadonlyMap<string, WireFormat>;

  constructor(api: Api) {
    this.#api = api;
    this.#bodies = new BodyReader(api.maxDataBytes);
    this.#formats = new Map([
      ...jsonTypes.map((type) => [type, jsonFormat] as const),
      ...Object.entries(api.formats ?? {}),
    ]);
  }

  /** Never rejects. */
  async answer(request: HttpRequest): Promise<HttpAnswer> {
    const [type = ""] = (request.headers["content-type"] ?? "").toLowerCase().split(";");
    const format = this.#formats.get(type.trim());
    const answer = (status: number, message: object): HttpAnswer =>
      answerOf(status, message, format ?? jsonFormat);
    try {
      requireLocal(request);
      const operation = this.#operationOf(request);
      if (!format) throw new ApiFailure("UnknownOperationException", "", 404);
      const region = regionOf(request);
      return await this.#bodies.read(request.body, async (body) =>
        answer(200, await this.#api.perform(operation, readMessage(format, body), region)),
      );
    } catch (error) {
      const { code, message, status } = asFailure(error);
      return answer(status, { __type: code, ...(message !== "" && { message }) });
    } finally {
      // What is not read would block the next request of the connection.
      request.body.resume();
    }
  }

  #operationOf({ method, headers }: HttpRequest): string {
    const { target, service } = this.#api;
    const [version, name = "", ...rest] = String(headers["x-amz-target"]).split(".");
    const isNamed = version === target && rest.length === 0 && /^\w+$/u.test(name);
    if (method === "POST" && isNamed && this.#api.supports(name)) return name;
    const message = isNamed ? `${name} is not supported by the local ${service}.` : "";
    throw new ApiFailure("UnknownOperationException", message);
  }
}

function answerOf(status: number, message: object, format: WireFormat): HttpAnswer {
  const id = { "x-amzn-requestid": randomUUID() };
  if (message instanceof EventStream)
    return {
      status,
      headers: { ...id, "content-type": eventStreamType },
      body: (ended) => encodeEvents(message.events(ended), format),
    };
  const isEmpty = status === 200 && Object.keys(message).length === 0;
  const body = isEmpty ? Buffer.alloc(0) : format.write(message);
  const headers = {
    ...id,
    "content-type": format.contentType,
    "content-length": body.length,
  };
  return { status, headers, body };
}

/** A page of another site must not use an API: by its name for this machine, or at all. */
function requireLocal({ host, headers }: HttpRequest): void {
  const reason = foreignRequest({ ...headers, host });
  if (reason !== undefined) throw new ApiFailure("AccessDeniedException", reason, 403);
}

/** Of the signature, which is not checked: any credentials will do. */
function regionOf({ headers }: HttpRequest): string {
  const { authorization } = headers;
  if (authorization === undefined)
    throw new ApiFailure("MissingAuthenticationTokenException", "Missing Authentication Token");
  const [, region] = /Credential=[^/]*\/\d+\/([^/]+)\//u.exec(authorization) ?? [];
  if (region !== undefined) return region;
  throw new ApiFailure(
    "IncompleteSignatureException",
    "Authorization header requires 'Credential' parameter.",
  );
}
