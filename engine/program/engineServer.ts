import { Server, ServerCredentials } from "@grpc/grpc-js";
import { EngineService, type IEngineServer } from "@pulumi/pulumi/proto/engine_grpc_pb";
import {
  GetRootResourceResponse,
  LogSeverity,
  RequirePulumiVersionResponse,
  SetRootResourceResponse,
} from "@pulumi/pulumi/proto/engine_pb";
import { ResourceMonitorService } from "@pulumi/pulumi/proto/resource_grpc_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
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

/** What a program says through `pulumi.log`, and the SDK about a program that throws. */
export interface Diagnostic {
  readonly severity: "info" | "warning" | "error";
  readonly message: string;
}

const SEVERITIES = new Map<LogSeverity, Diagnostic["severity"]>([
  [LogSeverity.INFO, "info"],
  [LogSeverity.WARNING, "warning"],
  [LogSeverity.ERROR, "error"],
]);

/** The engine's own service: it hears the program's diagnostics and knows the root resource. */
function engineService(onDiagnostic: (diagnostic: Diagnostic) => void): IEngineServer {
  let root = "";
  return {
    log(call, callback) {
      const severity = SEVERITIES.get(call.request.getSeverity());
      if (severity !== undefined) onDiagnostic({ severity, message: call.request.getMessage() });
      callback(null, new Empty());
    },
    getRootResource(_call, callback) {
      callback(null, new GetRootResourceResponse().setUrn(root));
    },
    setRootResource(call, callback) {
      root = call.request.getUrn();
      callback(null, new SetRootResourceResponse());
    },
    startDebugging(_call, callback) {
      callback(null, new Empty());
    },
    // There is no CLI whose version could be too old.
    requirePulumiVersion(_call, callback) {
      callback(null, new RequirePulumiVersionResponse());
    },
  };
}
