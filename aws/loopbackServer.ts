import { once } from "node:events";
import type { AddressInfo, Server } from "node:net";

/** A server that only processes on this machine can reach. */
export interface LoopbackServer {
  /** E.g. `http://127.0.0.1:41234`. */
  readonly endpoint: string;
  /** Also closes open connections. */
  stop(): Promise<void>;
}

/**
 * Makes a server listen on a free loopback port.
 *
 * @param closeConnections closes the open connections
 */
export async function listenOnLoopback(
  server: Server,
  closeConnections: () => void,
): Promise<LoopbackServer> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    async stop() {
      const closed = once(server, "close");
      server.close();
      closeConnections();
      await closed;
    },
  };
}
