import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { MonitoringSnapshot } from "../../local/monitoring/monitoring";
import { awayFromMidnight } from "../support/awayFromMidnight";
import { directoryOf } from "./support/clicksRun";
import { streamlakeHere } from "./support/streamlakeHere";
import { startStreamlake } from "./support/streamlakeProcess";

const events = Array.from({ length: 1201 }, (_, id) => JSON.stringify({ id }));

describe("a program whose delivery stream has no Kinesis source", () => {
  let project: string;

  before(() => {
    project = mkdtempSync(join(tmpdir(), "streamlake-direct-put-"));
    cpSync("test/cli/fixtures/directPut", project, { recursive: true });
    symlinkSync(resolve("node_modules"), join(project, "node_modules"));
  });
  after(() => {
    rmSync(project, { recursive: true });
  });

  it("runs locally with an input, which is put through PutRecordBatch", async () => {
    const tooLarge = "x".repeat(1_024_001);
    const input = [...events, tooLarge].join("\n");
    const args = ["local", "-C", project, "--stack", "dev", "--input", "-"];
    const { stdout: report, stderr, exitCode } = await streamlakeHere(args, input);
    assert.equal(exitCode, 1, stderr);
    assert.match(report, /^Sent +1,201 records/m);
    assert.match(report, /^Rejected +1$/m);
    assert.match(report, /line 1202: 1024001 bytes; Firehose accepts at most 1024000/);
    assert.match(report, /^Delivered +1,201$/m);
    assert.match(report, /^Missing +0$/m);
    assert.match(report, /no calls were denied/);
    assert.match(report, /2 of 2 grants/);

    const [, file = ""] = /All details are in (.+)\.$/m.exec(report) ?? [];
    const { metrics, alarms } = JSON.parse(readFileSync(file, "utf8")) as MonitoringSnapshot;
    const sums = new Map(
      metrics
        .filter(({ namespace }) => namespace === "AWS/Firehose")
        .map(({ name, minutes }) => [name, minutes.reduce((sum, minute) => sum + minute.sum, 0)]),
    );
    assert.equal(sums.get("IncomingRecords"), 1201);
    assert.equal(sums.get("DeliveryToS3.Records"), 1201);
    assert.equal(sums.get("PutRecordBatch.Requests"), sums.get("IncomingPutRequests"));
    assert.equal(sums.has("DataReadFromKinesisStream.Records"), false);
    assert.ok(alarms.every((alarm) => !("notEvaluated" in alarm)));
  });

  it("receives records from streamlake send, until Ctrl-C", async () => {
    await awayFromMidnight();
    const run = startStreamlake(["local", "-C", project, "--stack", "dev", "--keep"]);
    try {
      await run.prints("Running until Ctrl-C");
      await run.prints("new PutRecordCommand");
      const [, endpoint = ""] =
        /send FILE --delivery-stream clicks \\\s+--region eu-central-1 --endpoint (\S+)/.exec(
          run.stdout(),
        ) ?? [];
      const region = ["--region", "eu-central-1", "--endpoint", endpoint];
      const send = (name: string) =>
        streamlakeHere(["send", "-", "--delivery-stream", name, ...region], events.join("\n"));
      const sent = await send("clicks");
      assert.equal(sent.exitCode, 0, sent.stderr);
      assert.match(sent.stdout, /^Sent 1,201 records \(.*\) to clicks in \d+ requests/);
      const missing = await send("none");
      assert.equal(missing.exitCode, 2);
      assert.match(missing.stderr, /There is no Firehose delivery stream "none"/);
      const more = await streamlakeHere(["send", "-", "--local", directoryOf(run)], "one more");
      assert.match(more.stdout, /^Sent 1 record \(.*\) to clicks in 1 request/, more.stderr);
      const probe = await streamlakeHere(["verify", "--probe", "2", "--local", directoryOf(run)]);
      assert.match(probe.stdout, /^Delivered +2 of 2\nLatency +min /m, probe.stderr);
      assert.equal(probe.exitCode, 0);
    } finally {
      run.kill("SIGINT");
    }
    await run.exit;
    const verified = await streamlakeHere(["verify", "--local", directoryOf(run)]);
    assert.match(verified.stdout, /^Records +1,204$/m, verified.stderr);
    const late = await streamlakeHere(["send", "-", "--local", directoryOf(run)], "too late");
    assert.match(late.stderr, /has ended\. Start one that keeps running: npx streamlake local/);
    assert.equal(late.exitCode, 2);
  });

  it("can be planned with its access, but not simulated", async () => {
    const policyPack = ["--policy-pack", resolve("policy")];
    const plan = await streamlakeHere(["plan", "-C", project, "--stack", "dev", ...policyPack]);
    assert.match(
      plan.stdout,
      /^Access of clicks\n {2}IAM allows 3 of 3 calls; no unused grants\.$/m,
      plan.stderr,
    );
    const simulated = await streamlakeHere([
      ...["simulate", "-C", project, "--stack", "dev", "--rate", "1/s", "--duration", "1h"],
    ]);
    assert.equal(simulated.exitCode, 2);
    assert.match(simulated.stderr, /The delivery stream clicks has no Kinesis source/);
  });
});
