import type { ServerResponse } from "node:http";

/** The open tabs, each the end of a stream of Server-Sent Events. */
export class Tabs {
  readonly #responses = new Set<ServerResponse>();

  add(response: ServerResponse, snapshot: unknown): void {
    this.#responses.add(response);
    response.on("close", () => this.#responses.delete(response));
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write(event(snapshot));
  }

  /** A tab that has not taken the last snapshot yet goes without this one: the next has it all. */
  send(snapshot: () => unknown): void {
    if (this.#responses.size === 0) return;
    const text = event(snapshot());
    for (const response of this.#responses) if (!response.writableNeedDrain) response.write(text);
  }

  /** Tells them that nothing will come any more. */
  end(): void {
    for (const response of this.#responses) response.end("event: end\ndata:\n\n");
  }
}

function event(snapshot: unknown): string {
  return `data: ${JSON.stringify(snapshot)}\n\n`;
}
