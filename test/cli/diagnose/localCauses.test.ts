import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DeleteStreamCommand } from "@aws-sdk/client-kinesis";
import type { DeliveryPipelineArgs } from "../../../components/index";
import type { ResourceGraph } from "../../../engine/graph/resourceGraph";
import { changed, one, policyText, statementsIn, types } from "../../local/support/changedGraph";
import { callFailed, kinesisPut, recordsRead } from "../../local/support/deliveryEvents";
import { pipelineGraph } from "../../local/support/pipelineGraph";
import { temporaryFolder } from "../../local/support/temporaryFolder";
import { streamlakeHere } from "../support/streamlakeHere";
import { diagnosed, LocalPipeline } from "./localPipeline";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe("streamlake diagnose of a local run", () => {
  const root = temporaryFolder();
  let declared: ResourceGraph;
  before(async () => {
    declared = await pipelineGraph({ delivery: { bufferIntervalSeconds: 900 } });
  });
  let runs = 0;
  let pipeline: LocalPipeline | undefined;
  afterEach(async () => {
    await pipeline?.stop(AbortSignal.abort());
    pipeline = undefined;
  });

  const directory = (): string => join(root, `run-${runs}`);
  type Options = Omit<Parameters<typeof LocalPipeline.start>[1], "directory">;
  async function start(graph = declared, options: Options = {}): Promise<LocalPipeline> {
    runs += 1;
    return (pipeline = await LocalPipeline.start(graph, { directory: directory(), ...options }));
  }

  const shortened = { maxIntervalSeconds: 1 };

  /** The declared graph without one action in a role policy. */
  function without(role: string, action: string): ResourceGraph {
    const policy = one(declared, types.rolePolicy, role);
    const statements = statementsIn(policy.inputs["policy"]).flatMap((statement) => {
      const actions = [statement.Action ?? []].flat().filter((each) => each !== action);
      return actions.length === 0 ? [] : [{ ...statement, Action: actions }];
    });
    return changed(declared, policy, { policy: policyText(...statements) });
  }

  it("finds nothing where records arrive, and exits with 0", async () => {
    const run = await start(declared, shortened);
    await run.put('{"a":1}');
    let diagnosis = await run.diagnose();
    while (!diagnosis.fine.some((line) => line.startsWith("delivered last")))
      diagnosis = await run.diagnose();
    assert.deepEqual(diagnosis.findings, []);
    assert.deepEqual(diagnosis.notChecked, []);
    const { stdout, exitCode } = await streamlakeHere(["diagnose", "--local", directory()]);
    assert.match(stdout, /: no cause found\n\nFine: delivery stream ACTIVE; /);
    assert.equal(exitCode, 0);
  });

  it("finds that nothing is sent, with a command that sends a record", async () => {
    const run = await start();
    const { title, fix } = await run.found("nothing-sent");
    assert.equal(title, "Nothing is sent");
    const command = fix.at(-1)?.command ?? "";
    assert.ok(command.startsWith(`echo '{"test":1}' | npx streamlake send --local `), command);
    const { stdout } = await streamlakeHere(["send", "--local", directory()], '{"test":1}\n');
    assert.match(stdout, /Sent +1/);
    await run.found("still-buffering");
  });

  it("finds a buffer that is still filling, on one screen of 80 columns", async () => {
    const run = await start();
    await run.put('{"a":1}');
    const { title, evidence, fix } = await run.found("still-buffering");
    assert.match(
      title,
      /^Firehose is still buffering: the object is due at \d\d:\d\d UTC \(in 1\d min\)$/,
    );
    assert.deepEqual(evidence, [
      "1 record with 7 bytes in the buffer",
      "an object is written after 64 MiB or 15 min",
    ]);
    assert.deepEqual(fix.at(-1), {
      command: "npx streamlake local --stack dev --interval 5 --keep",
    });
    const { stdout, exitCode } = await streamlakeHere(["diagnose", "--local", directory()]);
    assert.equal(exitCode, 1);
    const lines = stdout.split("\n");
    assert.ok(lines.length <= 24, stdout);
    for (const line of lines.slice(1)) assert.ok(line.length <= 80, line);
  });

  for (const [role, action, other] of [
    ["events-delivery", "s3:PutObject", "PutObject"],
    ["events-source", "kinesis:GetRecords", "GetRecords"],
  ] as const)
    it(`finds that a role may not call ${action}, with IAM's message`, async () => {
      const run = await start(without(role, action), shortened);
      await run.put('{"a":1}');
      const { title, evidence, fix } = await run.found("denied-call");
      assert.match(title, new RegExp(`^The role ${role}-\\w+ may not call ${action}$`));
      assert.match(evidence[0] ?? "", new RegExp(`is not authorized to perform: ${action}`));
      assert.deepEqual(fix[1], { command: "npx streamlake plan --stack dev" });
      // What follows from it is evidence, not another cause.
      const { findings } = await run.diagnose();
      assert.ok(!findings.some(({ cause }) => cause === "failing-call"), other);
    });

  it("finds why a run could not start: the trust policy of a role", async () => {
    const role = one(declared, types.role, "events-delivery");
    const trust = policyText({
      Effect: "Allow",
      Principal: { Service: "lambda.amazonaws.com" },
      Action: "sts:AssumeRole",
    });
    await assert.rejects(start(changed(declared, role, { assumeRolePolicy: trust })));
    const { findings } = await diagnosed(directory());
    const [{ cause, title, evidence }] = findings as [(typeof findings)[number]];
    assert.deepEqual([cause, title], ["delivery-stream-state", "The run could not start"]);
    assert.match(evidence[0] ?? "", /Firehose is unable to assume role/);
  });

  for (const [what, type, inputs, title] of [
    ["disabled", types.key, { isEnabled: false }, "The key of the objects is disabled"],
    [
      "without material",
      "aws:kms/externalKey:ExternalKey",
      {},
      "The key of the objects has no key material",
    ],
  ] as const)
    it(`finds a key that is ${what}`, async () => {
      const key = one(declared, types.key);
      const graph = changed(declared, key, inputs);
      const resources = graph.resources.map((each) =>
        each.urn === key.urn ? { ...each, type } : each,
      );
      const run = await start({ ...graph, resources });
      assert.equal((await run.found("key-state")).title, title);
    });

  it("finds that the bucket was removed, with the error log as evidence", async () => {
    const run = await start(declared, shortened);
    rmSync(join(directory(), run.configuration.bucket), { recursive: true });
    await run.put('{"a":1}');
    let finding = await run.found("bucket-state");
    assert.equal(finding.title, `The bucket ${run.configuration.bucket} does not exist`);
    while (!finding.evidence.some((line) => line.includes("S3.NoSuchBucket")))
      finding = await run.found("bucket-state");
    assert.ok(
      finding.evidence.some((line) => line.startsWith("The error log has S3.NoSuchBucket: ")),
    );
  });

  it("finds that the stream was deleted, by the calls that fail", async () => {
    const run = await start(declared, shortened);
    const { source } = run.configuration;
    assert.ok(source.type === "kinesis");
    await run.kinesis().send(new DeleteStreamCommand({ StreamName: source.name }));
    const { title } = await run.found("failing-call");
    assert.match(
      title,
      /^(GetRecords|ListShards|GetShardIterator) fails with ResourceNotFoundException$/,
    );
  });

  it("finds a function that fails, and the records that failed with it", async () => {
    const functionArn = "arn:aws:lambda:us-east-1:123456789012:function:redact";
    const args: DeliveryPipelineArgs = { transform: { functionArn, bufferIntervalSeconds: 1 } };
    const file = join(root, "failing.cjs");
    writeFileSync(file, 'exports.handler = () => { throw new Error("not today"); };');
    const givenFunctions = [{ name: "redact", path: file }];
    const run = await start(await pipelineGraph(args), { ...shortened, givenFunctions });
    await run.put('{"a":1}');
    const { title } = await run.found("function-fails");
    assert.equal(title, "The function that transforms the records fails");
    let found = await run.found("function-fails");
    while (
      !found.evidence.some((line) => line.startsWith("1 record failed with Lambda.FunctionError"))
    )
      found = await run.found("function-fails");
  });

  it("finds records that failed, and the command that replays them", async () => {
    const args: DeliveryPipelineArgs = { partitioning: { keys: { tenant: ".tenant" } } };
    const run = await start(await pipelineGraph(args), shortened);
    await run.put("not JSON");
    const { title, fix } = await run.found("failed-records");
    assert.equal(title, "1 record failed with DynamicPartitioning.MetadataExtractionFailed");
    const command = fix.at(-1)?.command ?? "";
    assert.match(
      command,
      /^npx streamlake replay --code DynamicPartitioning\.MetadataExtractionFailed --local /,
    );
    const replayed = await streamlakeHere(["replay", "--local", directory()]);
    assert.match(replayed.stdout, /^Would send 1 record\.$/m);
  });

  it("finds that producers exceed the throughput of the stream", async () => {
    const graph = await pipelineGraph({ stream: { shardCount: 1 } });
    const run = await start(graph, { throttle: true });
    const line = "x".repeat(900_000);
    for (let left = 3; left > 0; left -= 1) await run.put(line, line);
    const { title } = await run.found("throttling");
    assert.equal(title, "The stream rejects records: its producers exceed its throughput");
  });

  it("finds reads that are throttled, and records that are about to expire", async () => {
    const run = await start();
    const at = Date.now();
    const deliveryStream = run.configuration.name;
    run.feed.onDelivery(
      callFailed("GetRecords", "ProvisionedThroughputExceededException", at, deliveryStream),
    );
    const throttled = await run.found("throttling");
    assert.match(throttled.title, /^Reads of the stream are throttled/);
    for (const [behind, title] of [
      [160 * HOUR, "Records expire in 8 h unless Firehose reads them"],
      [170 * HOUR, "Records have expired before Firehose read them"],
    ] as const) {
      // Later minutes have the delay of the real reader.
      const event = { deliveryStream, at: Date.now() + MINUTE, millisBehindLatest: behind };
      run.feed.onDelivery(recordsRead(event));
      let finding = await run.found("retention");
      while (finding.title !== title) finding = await run.found("retention");
      assert.match(finding.evidence[0] ?? "", /the retention 168 h$/);
      assert.equal((await run.found("lag")).cause, "lag");
    }
  });

  it("finds alarms in ALARM", async () => {
    const run = await start(without("events-source", "kinesis:GetRecords"));
    const { name, source } = run.configuration;
    assert.ok(source.type === "kinesis");
    const { name: streamName, region } = source;
    for (let minutes = 60; minutes > 1; minutes -= 1) {
      const at = Date.now() - minutes * MINUTE;
      run.feed.onKinesis(kinesisPut({ streamName, region, at }));
      run.feed.onDelivery({
        ...callFailed("GetRecords", "ProvisionedThroughputExceededException", at, name),
      });
    }
    const { title } = await run.found("alarm");
    assert.match(title, /^The alarm events-[\w-]+ is in ALARM$/);
  });

  it("finds that a run ended before everything was delivered, and the command that continues", async () => {
    const run = await start();
    await run.put('{"a":1}');
    await run.found("still-buffering");
    await run.stop(AbortSignal.abort());
    const { title, findings } = await diagnosed(directory());
    assert.match(title, /\(ended\)$/);
    const [{ cause, evidence, fix }] = findings as [(typeof findings)[number]];
    assert.equal(cause, "ended-run");
    assert.equal(findings.length, 1);
    assert.deepEqual(evidence, ["1 record accepted and not delivered"]);
    assert.match(fix[0]?.command ?? "", /^npx streamlake local --stack dev --resume \S+$/);
  });
});
