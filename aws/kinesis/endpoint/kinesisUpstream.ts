import { once } from "node:events";
import { Agent, request, type IncomingMessage, type OutgoingHttpHeaders } from "node:http";

/** Makes calls to kinesis-local, by HTTP/1.1 and over connections that stay open. */
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

/** Less than the 60 s after which kinesis-local closes a connection, perhaps just under a call. */
const idleMilliseconds = 20_000;
