import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { credentials } from "@grpc/grpc-js";
import { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import type { AnalyzerInfo } from "@pulumi/pulumi/proto/analyzer_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { shellEnvironment } from "./run";

/**
 * Starts a policy pack as the Pulumi engine does, with the runner of the pack's own @pulumi/pulumi and
 * in the directory of the pack, and asks for its rules.
 *
 * @throws Error with its output if it does not start
 */
export async function packInfo(directory: string): Promise<AnalyzerInfo.AsObject> {
  const runner = require.resolve("@pulumi/pulumi/cmd/run-policy-pack", { paths: [directory] });
  const server = spawn(process.execPath, [runner, "127.0.0.1:0", directory], {
    cwd: directory,
    env: { ...shellEnvironment(), no_grpc_proxy: "127.0.0.1" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = once(server, "close");
  try {
    let problems = "";
    server.stderr.setEncoding("utf8").on("data", (text: string) => (problems += text));
    const [port] = (await Promise.race([
      once(createInterface(server.stdout), "line"),
      ended.then(() => Promise.reject(new Error(`The pack did not start: ${problems}`))),
    ])) as [string];
    return await informationOf(`127.0.0.1:${port}`);
  } finally {
    server.kill();
    await ended;
  }
}

function informationOf(address: string): Promise<AnalyzerInfo.AsObject> {
  const client = new AnalyzerClient(address, credentials.createInsecure());
  return new Promise<AnalyzerInfo.AsObject>((resolve, reject) => {
    client.getAnalyzerInfo(new Empty(), (error, info) => {
      if (error) reject(new Error(error.details));
      else resolve(info.toObject());
    });
  }).finally(() => {
    client.close();
  });
}
