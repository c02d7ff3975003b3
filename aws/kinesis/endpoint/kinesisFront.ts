import { once } from "node:events";
import {
  Agent,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  request,
} from "node:http";
import type { RecordJournal } from "../journal/journalFile";
import type { KinesisCall } from "../kinesisCall";
import { CallObserver, isObserved } from "./callObserver";
import type { HttpAnswer, HttpRequest } from "./httpServer";
import {
  errorAnswer,
  kinesisError,
  type KinesisRequest,
  readBody,
  readKinesisRequest,
} from "./kinesisMessage";

export interface FrontContext {
  /** Makes a call to kinesis-local; rejects if it does not answer. */
  readonly call: (request: KinesisRequest, body: Buffer) => Promise<IncomingMessage>;
  readonly journal: RecordJournal;
  readonly onCall: (call: KinesisCall) => void;
}

/** Forwards calls to kinesis-local, journals the records in them and reports each call. */
export class KinesisFront {
  readonly #context: FrontContext;
  readonly #observer: CallObserver;
  // kinesis-local processes one call at a time anyway. The bodies of waiting calls are not read yet.
  readonly #limit = new ConcurrencyLimit(16);

  constructor(context: FrontContext) {
    this.#context = context;
    this.#observer = new CallObserver(context);
  }

  async answer(http: HttpRequest): Promise<HttpAnswer> {
    return this.#limit
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

/** Limits how much work runs at a time; the rest waits in order. */
export class ConcurrencyLimit {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(places: number) {
    this.#free = places;
  }

  async pass<T>(work: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((enter) => this.#waiting.push(enter));
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#free += 1;
    }
  }
}

/** Makes calls to kinesis-local over persistent HTTP/1.1 connections. */
export class KinesisUpstream {
  readonly #endpoint: string;
  readonly #agent = new Agent({ keepAlive: true, timeout: idleMilliseconds });

  /** @param endpoint e.g. `http://127.0.0.1:41234` */
  constructor(endpoint: string) {
    this.#endpoint = endpoint;
  }

  /** @throws if kinesis-local does not answer */
  async call(headers: OutgoingHttpHeaders, body: Buffer): Promise<IncomingMessage> {
    const call = request(this.#endpoint, {
      method: "POST",
      agent: this.#agent,
      headers: { ...headers, "content-length": body.length },
    });
    call.end(body);
    const [answer] = (await once(call, "response")) as [IncomingMessage];
    return answer;
  }

  /** Closes all connections; calls that wait for an answer fail. */
  destroy(): void {
    this.#agent.destroy();
  }
}

/** Less than the 60 s after which kinesis-local closes a connection, possibly during a call. */
const idleMilliseconds = 20_000;
