import { cbor } from "@smithy/core/cbor";
import assert from "node:assert/strict";
import { type IncomingHttpHeaders, request } from "node:http";
import { buffer } from "node:stream/consumers";

/** Members of an answer that tests look at. */
export type Answer = Readonly<Record<string, unknown>> & {
  readonly __type?: string;
  readonly message?: string;
};

export interface CallResult {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly answer: Answer;
}

export interface CallOptions {
  readonly region?: string;
  readonly format?: "json" | "cbor";
  readonly headers?: Readonly<Record<string, string>>;
  readonly method?: string;
}

/** Makes calls to an endpoint as a client does, but with any message and any header. */
export class ApiCaller {
  readonly #endpoint: string;
  readonly #region: string;
  readonly #target: string;

  /** @param target what is before the operation in the header `X-Amz-Target` */
  constructor(endpoint: string, region: string, target: string) {
    this.#endpoint = endpoint;
    this.#region = region;
    this.#target = target;
  }

  /** @param message sent as it is if it is bytes */
  async call(
    operation: string,
    message: unknown,
    { region = this.#region, format = "json", headers = {}, method = "POST" }: CallOptions = {},
  ): Promise<CallResult> {
    const encoded = format === "json" ? JSON.stringify(message) : cbor.serialize(message);
    const body = Buffer.isBuffer(message) ? message : Buffer.from(encoded as string);
    const sent = request(this.#endpoint, {
      method,
      agent: false,
      headers: {
        "content-type": `application/x-amz-${format}-1.1`,
        "x-amz-target": `${this.#target}.${operation}`,
        authorization: `AWS4-HMAC-SHA256 Credential=any/20260301/${region}/service/aws4_request, SignedHeaders=host, Signature=0`,
        "content-length": String(body.length),
        ...headers,
      },
    });
    return new Promise((resolve, reject) => {
      sent.on("error", reject).on("response", (response) => {
        buffer(response).then((bytes) => {
          const { statusCode: status = 0, headers: answered } = response;
          const isCbor = answered["content-type"]?.includes("cbor") ?? false;
          const answer = (
            bytes.length === 0
              ? {}
              : isCbor
                ? cbor.deserialize(bytes)
                : JSON.parse(bytes.toString())
          ) as Answer;
          resolve({ status, headers: answered, answer });
        }, reject);
      });
      sent.end(body);
    });
  }

  /** @returns the answer of a call that succeeds */
  async ok(operation: string, message: unknown, options?: CallOptions): Promise<Answer> {
    const { status, answer } = await this.call(operation, message, options);
    assert.equal(status, 200, JSON.stringify(answer));
    return answer;
  }

  /** Expects AWS's 400 with a code and a message. */
  async rejects(
    operation: string,
    message: unknown,
    [code, expected]: readonly [string, RegExp],
    options?: CallOptions,
  ): Promise<void> {
    const { status, answer } = await this.call(operation, message, options);
    assert.deepEqual([status, answer.__type], [400, code], JSON.stringify(answer));
    assert.match(answer.message ?? "", expected);
  }
}
