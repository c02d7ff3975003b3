import assert from "node:assert/strict";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DeleteStreamCommand } from "@aws-sdk/client-kinesis";
import type { DeliveryPipelineArgs } from "../../../components/index";
import type { GraphResource, ResourceGraph } from "../../../engine/graph/resourceGraph";
import { causes } from "../../../records/diagnose/diagnose";
import {
  added,
  changed,
  one,
  policyText,
  type Statement,
  statementsIn,
  textOf,
  types,
  withArn,
} from "../../local/support/changedGraph";
import { callFailed, kinesisPut, recordsRead } from "../../local/support/deliveryEvents";
import { pipelineGraph } from "../../local/support/pipelineGraph";
import { temporaryFolder } from "../../local/support/temporaryFolder";
import { streamlakeHere } from "../support/streamlakeHere";
import { deployedCases } from "./deployedCases";
import { type Diagnosed, diagnosed, foundCauses, LocalPipeline } from "./localPipeline";

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

  /** Puts a record, and waits until a diagnosis shows that it is delivered. */
  async function delivered(run: LocalPipeline): Promise<Diagnosed> {
    await run.put('{"a":1}');
    let diagnosis = await run.diagnose();
    while (!diagnosis.fine.some((line) => line.startsWith("delivered last")))
      diagnosis = await run.diagnose();
    return diagnosis;
  }

  it("finds nothing where records arrive, and exits with 0", async () => {
    const run = await start(declared, shortened);
    const diagnosis = await delivered(run);
    assert.deepEqual(diagnosis.findings, []);
    assert.deepEqual(diagnosis.notChecked, []);
    const { stdout, exitCode } = await streamlakeHere(["diagnose", "--local", directory()]);
    assert.match(stdout, /: no cause found\n\nFine: delivery stream ACTIVE; /);
    assert.equal(exitCode, 0);
  });

  it("finds nothing that is sent, and the command that sends a record", async () => {
    const run = await start();
    const { title, fix } = await run.found("nothing-sent");
    assert.equal(title, "Nothing is sent");
    const command = fix.at(-1)?.command ?? "";
    assert.ok(command.startsWith(`echo '{"test":1}' | npx streamlake send --local `), command);
    const { stdout } = await streamlakeHere(["send", "--local", directory()], '{"test":1}\n');
    assert.match(stdout, /Sent +1/);
    await run.found("still-buffering");
  });

  it("finds nothing that is sent any more, once everything is delivered", async () => {
    const run = await start(declared, shortened);
    await delivered(run);
    const { title, evidence } = await run.found("nothing-sent", 20 * MINUTE);
    assert.match(title, /^Nothing has been sent for (19|20) min$/);
    assert.match(evidence[0] ?? "", /^IncomingRecords of the stream was last above 0 at /);
  });

  it("finds a buffer that is still filling, on one screen of 80 columns", async () => {
    const run = await start();
    await run.put('{"a":1}');
    const { title, evidence, fix } = await run.found("still-buffering");
    assert.match(
      title,
      /^Firehose is still buffering: the object is due at (?:[\d-]{10} )?\d\d:\d\d UTC \(in 1\d min\)$/,
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
    it(`finds a role without a permission for ${action}, with IAM's message`, async () => {
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

  const deny: Statement = { Sid: "No", Effect: "Deny", Action: "s3:PutObject", Resource: "*" };
  /** The declared graph with a statement more in a policy. */
  function withStatement(policy: GraphResource, statement: Statement): ResourceGraph {
    const statements = statementsIn(policy.inputs["policy"]);
    return changed(declared, policy, { policy: policyText(...statements, statement) });
  }
  const denials: readonly (readonly [string, () => ResourceGraph, RegExp])[] = [
    [
      "a role with a statement that denies it",
      () => withStatement(one(declared, types.rolePolicy, "events-delivery"), deny),
      /is not authorized to perform: s3:PutObject .* with an explicit deny in an identity-based policy$/,
    ],
    [
      "a permissions boundary",
      () => {
        const arn = "arn:aws:iam::123456789012:policy/boundary";
        const actions = ["kinesis:*", "kms:*", "logs:*", "s3:Get*", "s3:List*"];
        const allow = { Effect: "Allow", Action: actions, Resource: "*" };
        const policy = withArn(types.managedPolicy, "boundary", arn, { policy: policyText(allow) });
        const role = one(declared, types.role, "events-delivery");
        return added(changed(declared, role, { permissionsBoundary: arn }), policy);
      },
      /because no permissions boundary allows the s3:\w+ action$/,
    ],
    [
      "a bucket policy that denies it",
      () => withStatement(one(declared, types.bucketPolicy), { ...deny, Principal: "*" }),
      /with an explicit deny in a resource-based policy$/,
    ],
    [
      "a key policy that does not delegate to IAM",
      () => {
        const admin = { AWS: "arn:aws:iam::123456789012:role/admin" };
        const allow = { Effect: "Allow", Principal: admin, Action: "kms:*", Resource: "*" };
        return changed(declared, one(declared, types.keyPolicy), { policy: policyText(allow) });
      },
      /because no resource-based policy allows the kms:\w+ action$/,
    ],
  ];
  for (const [what, graph, evidence] of denials)
    it(`finds ${what}`, async () => {
      const run = await start(graph());
      const found = await run.found("denied-call");
      assert.match(found.title, /^The role events-(source|delivery)-\w+ may not call /);
      assert.match(found.evidence[0] ?? "", evidence);
    });

  it("finds a delivery stream that could not be created: the run could not start", async () => {
    const stream = one(declared, types.firehose);
    await assert.rejects(start(changed(declared, stream, { destination: "redshift" })));
    const { findings } = await diagnosed(directory());
    const [{ cause, title, evidence, fix }] = findings as [(typeof findings)[number]];
    assert.deepEqual([cause, title], ["delivery-stream-state", "The run could not start"]);
    assert.match(evidence[0] ?? "", /destination/);
    assert.deepEqual(fix.at(-1), { command: "npx streamlake local --stack dev --keep" });
  });

  it("finds a trust policy without Firehose, with which the run could not start", async () => {
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
    ["a disabled key", types.key, { isEnabled: false }, "The key of the objects is disabled"],
    [
      "a key without material",
      "aws:kms/externalKey:ExternalKey",
      {},
      "The key of the objects has no key material",
    ],
  ] as const)
    it(`finds ${what}`, async () => {
      const key = one(declared, types.key);
      const graph = changed(declared, key, inputs);
      const resources = graph.resources.map((each) =>
        each.urn === key.urn ? { ...each, type } : each,
      );
      const run = await start({ ...graph, resources });
      assert.equal((await run.found("key-state")).title, title);
    });

  it("finds a bucket that does not exist, with the failing call and the error log as evidence", async () => {
    const run = await start(declared, shortened);
    rmSync(join(directory(), run.configuration.bucket), { recursive: true });
    await run.put('{"a":1}');
    let finding = await run.found("bucket-state");
    assert.equal(finding.title, `The bucket ${run.configuration.bucket} does not exist`);
    while (!finding.evidence.some((line) => line.includes("S3.NoSuchBucket")))
      finding = await run.found("bucket-state");
    assert.deepEqual(
      finding.evidence.map((line) => line.split(":")[0]),
      [
        "its directory was removed",
        "PutObject fails with NoSuchBucket",
        "The error log has S3.NoSuchBucket",
      ],
    );
    const { findings } = await run.diagnose();
    assert.ok(!findings.some(({ cause }) => cause === "failing-call" || cause === "error-log"));
  });

  it("finds lines of the error log, also when the call that failed succeeds again", async () => {
    const run = await start(declared, shortened);
    const bucket = join(directory(), run.configuration.bucket);
    rmSync(bucket, { recursive: true });
    writeFileSync(bucket, "not a directory");
    await run.put('{"a":1}');
    const failing = await run.found("failing-call");
    assert.equal(failing.title, "PutObject fails with InternalError");
    rmSync(bucket);
    mkdirSync(bucket);
    const { title, evidence } = await run.found("error-log");
    assert.equal(title, "The error log has InternalError");
    assert.match(evidence[0] ?? "", /^1 line, last at /);
    assert.match(evidence[1] ?? "", /^An internal error occurred while attempting to deliver data/);
  });

  it("finds a bucket in another region, until something arrives in it", async () => {
    const bucket = one(declared, types.bucket);
    const elsewhere = changed(declared, bucket, { region: "eu-west-1" });
    const run = await start(elsewhere, shortened);
    const { title, evidence } = await run.found("bucket-state");
    assert.equal(title, `The bucket ${run.configuration.bucket} is in eu-west-1`);
    assert.deepEqual(evidence, [
      "the delivery stream is in us-east-1",
      "DeliveryToS3.Records is 0",
    ]);
    const { findings, fine } = await delivered(run);
    assert.deepEqual(findings, []);
    assert.ok(fine.includes("bucket exists"));
  });

  it("finds a delivery stream that writes to another bucket, or reads another stream, than exported", async () => {
    const name = textOf(one(declared, types.firehose), "name");
    const outputs = { deliveryStreamName: name, streamName: "orders", bucketName: "orders-lake" };
    const run = await start({ ...declared, outputs });
    const { bucket, source } = run.configuration;
    assert.ok(source.type === "kinesis");
    const { evidence, fix } = await run.found("wiring");
    assert.deepEqual(evidence, [
      `it reads the stream ${source.name}, not orders`,
      `it writes to the bucket ${bucket}, not orders-lake`,
    ]);
    assert.deepEqual(fix.at(-1), { command: "npx streamlake local --stack dev --keep" });
  });

  it("finds nothing wrong where the program exports what the delivery stream uses", async () => {
    const outputs = Object.fromEntries(
      (["firehose", "stream", "bucket"] as const).map((type) => {
        const output = {
          firehose: "deliveryStreamName",
          stream: "streamName",
          bucket: "bucketName",
        };
        const resource = one(declared, types[type]);
        return [output[type], textOf(resource, type === "bucket" ? "bucket" : "name")];
      }),
    );
    const run = await start({ ...declared, outputs });
    const { fine } = await run.diagnose();
    assert.ok(fine.includes("stream and bucket of the stack"), fine.join("; "));
  });

  it("finds a stream that does not exist, because it was deleted, also after the run", async () => {
    const run = await start(declared, shortened);
    const { source } = run.configuration;
    assert.ok(source.type === "kinesis");
    await run.kinesis().send(new DeleteStreamCommand({ StreamName: source.name }));
    let { title, evidence, fix } = await run.found("stream-state");
    while (evidence.length < 3) ({ title, evidence, fix } = await run.found("stream-state"));
    assert.match(fix[0]?.step ?? "", /Start another run:$/);
    assert.equal(title, `The stream ${source.name} does not exist`);
    assert.deepEqual(evidence.slice(0, 2), [
      `Kinesis has no stream ${source.name}`,
      `the delivery stream reads ${source.arn}`,
    ]);
    assert.match(
      evidence[2] ?? "",
      /^(GetRecords|ListShards|GetShardIterator) fails with ResourceNotFoundException: /,
    );
    await run.stop(AbortSignal.abort());
    const { findings } = await diagnosed(directory());
    assert.equal(findings[0]?.cause, "stream-state");
    const symptoms = ["failing-call", "error-log", "nothing-sent"];
    assert.ok(!findings.some(({ cause }) => symptoms.includes(cause)));
  });

  it("finds a stream that is not read, once its records should have been", async () => {
    const run = await start(without("events-source", "kinesis:GetRecords"));
    await run.put('{"a":1}');
    const { title, evidence } = await run.found("not-read", 2 * MINUTE);
    assert.equal(title, "Firehose does not read the stream");
    assert.match(evidence[0] ?? "", /^1 record in the stream, the last at /);
    const { findings } = await run.diagnose();
    assert.ok(!findings.some(({ cause }) => cause === "not-read"));
  });

  it("finds too many partitions, as soon as a record is beyond the limit", async () => {
    const args: DeliveryPipelineArgs = { partitioning: { keys: { tenant: ".tenant" } } };
    const run = await start(await pipelineGraph(args));
    const lines = Array.from({ length: 501 }, (_, tenant) => JSON.stringify({ tenant }));
    await run.put(...lines.slice(0, 500));
    await run.put(...lines.slice(500));
    const { title, evidence } = await run.found("partition-limit");
    assert.equal(title, "More partitions are active than the delivery stream may have");
    assert.match(evidence[0] ?? "", /^PartitionCountExceeded was 1 at .*; the quota is 500$/);
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

  const modes: readonly (readonly [string, DeliveryPipelineArgs, RegExp])[] = [
    ["producers that are throttled", { stream: { shardCount: 1 } }, /^Give the stream more shards/],
    ["producers of an on-demand stream that are throttled", {}, /^Spread partition keys/],
  ];
  for (const [what, args, step] of modes)
    it(`finds ${what}`, async () => {
      const run = await start(await pipelineGraph(args), { throttle: true });
      const line = "x".repeat(900_000);
      for (let left = 3; left > 0; left -= 1) await run.put(line, line);
      const { title, fix } = await run.found("throttling");
      assert.equal(title, "The stream rejects records: its producers exceed its throughput");
      assert.match(fix[0]?.step ?? "", step);
    });

  it("finds reads that are throttled, records that are about to expire, and a delivery that is behind", async () => {
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

  it("finds an alarm in ALARM", async () => {
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

  it("finds every cause, and each case of it that is not only on AWS", function () {
    const titles = this.test?.parent?.tests.map(({ title }) => title) ?? [];
    for (const [what, , name] of deployedCases) {
      const { deployedOnly = [] } = causes.find((cause) => cause.name === name) ?? {};
      const isHere = titles.some((title) => title.includes(what));
      assert.notEqual(isHere, deployedOnly.includes(what), `${name}: ${what}`);
    }
    for (const { name, deployedOnly = [] } of causes)
      for (const what of deployedOnly)
        assert.ok(
          deployedCases.some(([other, , cause]) => other === what && cause === name),
          what,
        );
    assert.deepEqual([...foundCauses].sort(), causes.map(({ name }) => name).sort());
  });
});
