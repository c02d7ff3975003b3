import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import type { RecordJournal } from "../journal/journalRecord";
import type { KinesisCall } from "../kinesisCall";
import { CallObserver, isObserved } from "./callObserver";
import { Gate } from "./gate";
import type { HttpAnswer, HttpRequest } from "./httpServer";
import { errorAnswer, kinesisError } from "./kinesisError";
import { type KinesisRequest, readBody, readKinesisRequest } from "./kinesisRequest";

export interface FrontContext {
  /** Makes a call to kinesis-local; fails if that does not answer. */
  readonly call: (request: KinesisRequest, body: Buffer) => Promise<IncomingMessage>;
  readonly journal: RecordJournal;
  readonly onCall: (call: KinesisCall) => void;
}

/** Passes calls on to kinesis-local; what they say about records is kept and told. */
export class KinesisFront {
  readonly #context: FrontContext;
  readonly #observer: CallObserver;
  // kinesis-local works on one at a time anyway. The bodies of those that wait are not read yet.
  readonly #gate = new Gate(16);

  constructor(context: FrontContext) {
    this.#context = context;
    this.#observer = new CallObserver(context);
  }

  async answer(http: HttpRequest): Promise<HttpAnswer> {
    return this.#gate
      .pass(() => this.#pass(http))
      .catch((error: unknown) => errorAnswer(kinesisError(error), http.headers["content-type"]));
  }

  async #pass(http: HttpRequest): Promise<HttpAnswer> {
    const request = readKinesisRequest(http);
    const body = await readBody(http);
    const call = async (): Promise<HttpAnswer> => {
      const answer = await this.#context.call(request, body);
      const { statusCode: status = 500, headers } = answer;
      return { status, headers: keptHeaders(headers), body: answer };
    };
    if (!isObserved(request.operation)) return call();
    return this.#observer.observe({ ...request, operation: request.operation, body }, call);
  }
}

/** All but those of the connection to kinesis-local. */
function keptHeaders(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const kept = Object.entries(headers).filter(([name]) => /^(x-amz|content-)/u.test(name));
  return Object.fromEntries(kept);
}
