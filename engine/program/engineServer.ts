import { Server, ServerCredentials } from "@grpc/grpc-js";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { ResourceMonitorService } from "@pulumi/pulumi/proto/resource_grpc_pb";
import { type Diagnostic, engineService } from "./engineService";
import { type Deployment, ResourceMonitor } from "./resourceMonitor";

/** The engine as a program, or the host of a component, talks to it over gRPC. */
export interface EngineServer {
  /** host:port of both its services, `ResourceMonitor` and `Engine`. */
  readonly address: string;
  /** What was declared so far. */
  readonly monitor: ResourceMonitor;
  /** What was logged so far. */
  readonly diagnostics: readonly Diagnostic[];
  /** Ends it at once, with all calls in flight. */
  close(): void;
}

/** Messages of the protocol carry whole property maps; Pulumi allows the same size. */
const MAX_MESSAGE_BYTES = 400 * 1024 * 1024;

/** Starts the engine for one deployment, on a free port of loopback. */
export async function startEngineServer(deployment: Deployment): Promise<EngineServer> {
  const monitor = new ResourceMonitor(deployment);
  const diagnostics: Diagnostic[] = [];
  const server = new Server({ "grpc.max_receive_message_length": MAX_MESSAGE_BYTES });
  server.addService(ResourceMonitorService, { ...monitor.service() });
  server.addService(EngineService, {
    ...engineService((diagnostic) => {
      diagnostics.push(diagnostic);
    }),
  });
  return {
    address: await listen(server),
    monitor,
    diagnostics,
    close: () => {
      server.forceShutdown();
    },
  };
}

function listen(server: Server): Promise<string> {
  return new Promise((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
      if (error) reject(error);
      else resolve(`127.0.0.1:${port}`);
    });
  });
}
