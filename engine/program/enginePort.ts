import type { Server } from "@grpc/grpc-js";
import { type AddressInfo, createServer, type Socket } from "node:net";

/** A loopback port whose address is known before anything serves it. */
export interface EnginePort {
  /** host:port */
  readonly address: string;
  /** Gives a server all connections, also those that were made before. */
  serve(server: Server): void;
  /** Accepts no more connections. */
  close(): void;
}

/**
 * Opens a free loopback port. Loading gRPC takes as long as starting a program: with the address, the
 * program can be started first.
 */
export function openEnginePort(): Promise<EnginePort> {
  const waiting: Socket[] = [];
  let accept = (socket: Socket): unknown => waiting.push(socket);
  const listener = createServer((socket) => accept(socket));
  const port = (): EnginePort => ({
    address: `127.0.0.1:${(listener.address() as AddressInfo).port}`,
    serve: (server) => {
      type Grpc = typeof import("@grpc/grpc-js");
      const { ServerCredentials } = module.require("@grpc/grpc-js") as Grpc;
      const injector = server.createConnectionInjector(ServerCredentials.createInsecure());
      accept = (socket) => {
        injector.injectConnection(socket);
      };
      waiting.splice(0).forEach(accept);
    },
    close: () => {
      listener.close();
      for (const socket of waiting) socket.destroy();
    },
  });
  return new Promise((resolve, reject) => {
    listener.once("error", reject);
    listener.listen(0, "127.0.0.1", () => {
      resolve(port());
    });
  });
}
