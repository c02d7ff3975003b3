import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import type { ChildProcessWithoutNullStreams } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { credentials } from "@grpc/grpc-js";
import { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import * as analyzer from "@pulumi/pulumi/proto/analyzer_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { packRules } from "../../policy/pack";

const root = path.resolve(__dirname, "../..");
const packDirectory = path.join(root, "policy");

describe("the pack, started like by the Pulumi engine", () => {
  let server: ChildProcessWithoutNullStreams;
  let client: AnalyzerClient;
  let directory: string;

  before(async () => {
    // `npm test` compiles the pack first. No engine listens at this address; the pack does not need one.
    const runner = require.resolve("@pulumi/pulumi/cmd/run-policy-pack");
    directory = mkdtempSync(path.join(tmpdir(), "policy-pack-"));
    const exemptions = path.join(directory, "exemptions.json");
    writeFileSync(exemptions, "not JSON");
    server = spawn(process.execPath, [runner, "127.0.0.1:0", packDirectory], {
      cwd: packDirectory,
      env: { ...process.env, STREAMLAKE_EXEMPTIONS: exemptions },
    });
    const problems: string[] = [];
    server.stderr.on("data", (text: Buffer) => problems.push(text.toString()));
    const [port] = (await Promise.race([
      once(createInterface(server.stdout), "line"),
      once(server, "exit").then(() => Promise.reject(new Error(problems.join("")))),
    ])) as [string];
    client = new AnalyzerClient(`127.0.0.1:${port}`, credentials.createInsecure());
  });

  after(async () => {
    rmSync(directory, { recursive: true });
    client.close();
    server.kill();
    if (server.exitCode === null && server.signalCode === null) await once(server, "exit");
  });

  it("lists every rule with its level and severity", async () => {
    const info = await answer<analyzer.AnalyzerInfo>((done) => {
      client.getAnalyzerInfo(new Empty(), done);
    });
    assert.equal(info.getName(), "streamlake");
    assert.match(info.getVersion(), /^\d+\.\d+\.\d+$/);
    const levels = ["advisory", "mandatory", "disabled"];
    const severities = ["", "low", "medium", "high", "critical"];
    assert.deepEqual(
      info
        .getPoliciesList()
        .map((policy) => [
          policy.getName(),
          levels[policy.getEnforcementlevel()],
          severities[policy.getSeverity()],
        ]),
      packRules().map(({ name, enforcementLevel, severity }) => [name, enforcementLevel, severity]),
    );
  });

  it("evaluates a resource with the config from the engine", async () => {
    const settings = new analyzer.PolicyConfig();
    settings.setEnforcementlevel(analyzer.EnforcementLevel.ADVISORY);
    settings.setProperties(Struct.fromJavaScript({ allowedFormats: ["ZIP"] }));
    const configuration = new analyzer.ConfigureAnalyzerRequest();
    configuration.getPolicyconfigMap().set("firehose-objects-are-compressed", settings);
    await answer<Empty>((done) => {
      client.configure(configuration, done);
    });

    const request = new analyzer.AnalyzeRequest();
    request.setType("aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream");
    request.setProperties(
      Struct.fromJavaScript({ extendedS3Configuration: { compressionFormat: "GZIP" } }),
    );
    request.setOptions(new analyzer.AnalyzerResourceOptions());
    const response = await answer<analyzer.AnalyzeResponse>((done) => {
      client.analyze(request, done);
    });
    const [violation, ...others] = response
      .getDiagnosticsList()
      .filter((diagnostic) => diagnostic.getPolicyname() === "firehose-objects-are-compressed");
    assert.match(violation?.getMessage() ?? "", /compressionFormat is "GZIP": use ZIP/);
    assert.equal(violation?.getEnforcementlevel(), analyzer.EnforcementLevel.ADVISORY);
    assert.deepEqual(others, []);
  });

  it("reads the exemption file from STREAMLAKE_EXEMPTIONS", async () => {
    const response = await answer<analyzer.AnalyzeResponse>((done) => {
      client.analyzeStack(new analyzer.AnalyzeStackRequest(), done);
    });
    const [violation] = response.getDiagnosticsList();
    assert.equal(violation?.getPolicyname(), "exemptions-are-valid");
    assert.match(violation.getMessage(), /exemptions\.json is not valid JSON: no exemption in it/);
  });
});

function answer<T>(call: (done: (error: Error | null, response: T) => void) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    call((error, response) => {
      if (error) reject(error);
      else resolve(response);
    });
  });
}
