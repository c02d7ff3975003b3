import { once } from "node:events";
import type { AddressInfo, Server } from "node:net";
import { hasCode } from "./fileErrors";

/** A server that only processes on this machine can reach. */
export interface LoopbackServer {
  /** E.g. `http://127.0.0.1:41234`. */
  readonly endpoint: string;
  /** Also closes open connections. */
  stop(): Promise<void>;
}

/** The port that a server was to listen on cannot be used. */
export class PortUnavailable extends Error {
  constructor(
    readonly port: number,
    cause: Error,
  ) {
    super(
      hasCode(cause, "EADDRINUSE")
        ? `Port ${port} of 127.0.0.1 is in use by another program.`
        : `Port ${port} of 127.0.0.1 cannot be used: ${cause.message}.`,
      { cause },
    );
  }
}

/**
 * Makes a server listen on a loopback port.
 *
 * @param closeConnections closes the open connections
 * @param port default: any that is free
 * @throws PortUnavailable
 */
export async function listenOnLoopback(
  server: Server,
  closeConnections: () => void | Promise<void>,
  port = 0,
): Promise<LoopbackServer> {
  server.listen(port, "127.0.0.1");
  await once(server, "listening").catch((error: unknown) => {
    throw error instanceof Error ? new PortUnavailable(port, error) : error;
  });
  const { port: listening } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${listening}`,
    async stop() {
      const closed = once(server, "close");
      server.close();
      await closeConnections();
      await closed;
    },
  };
}
