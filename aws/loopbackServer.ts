import { once } from "node:events";
import type { AddressInfo, Server } from "node:net";

/** A server that others on this machine reach, and nobody else. */
export interface LoopbackServer {
  /** E.g. `http://127.0.0.1:41234`. */
  readonly endpoint: string;
  /** Ends open connections, too. */
  stop(): Promise<void>;
}

/**
 * Lets a server listen on a free port of loopback.
 *
 * @param endConnections ends those that are open
 */
export async function listenOnLoopback(
  server: Server,
  endConnections: () => void,
): Promise<LoopbackServer> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    async stop() {
      const closed = once(server, "close");
      server.close();
      endConnections();
      await closed;
    },
  };
}
