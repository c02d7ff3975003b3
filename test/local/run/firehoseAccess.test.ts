import assert from "node:assert/strict";
import {
  authorizedDestination,
  authorizedSource,
} from "../../../aws/firehose/delivery/authorizedCalls";
import { noCheckpoints } from "../../../aws/firehose/delivery/checkpoints";
import type { DeliveryEvent } from "../../../aws/firehose/delivery/deliveryEvent";
import { startDeliveryStream } from "../../../aws/firehose/delivery/deliveryStream";
import { withErrorLog } from "../../../aws/firehose/delivery/errorLog";
import { deliveryConfiguration } from "../../../aws/firehose/model/deliveryConfiguration";
import { readDeliveryStream } from "../../../aws/firehose/model/deliveryStream";
import type { ResourceGraph } from "../../../engine/graph/resourceGraph";
import { type AccessReport, FirehoseAccess } from "../../../local/run/firehoseAccess";
import {
  changed,
  one,
  policyText,
  type Statement,
  statementsIn,
  types,
} from "../support/changedGraph";
import { awsError, FakeBucket, FakeStream } from "../support/fakeAws";
import { FakeClock } from "../support/fakeClock";
import { pipelineGraph } from "../support/pipelineGraph";
import { record } from "../support/records";

interface Run {
  readonly delivered: number;
  readonly logged: number;
  readonly events: readonly DeliveryEvent[];
  readonly access: AccessReport;
}

/** Delivers some records with the declared roles, while the bucket fails for the first 300 s. */
async function run(graph: ResourceGraph): Promise<Run> {
  const clock = new FakeClock();
  const stream = new FakeStream();
  stream.addShard("shard");
  stream.put("shard", ...[1, 2, 3].map((number) => record("event", clock.now(), number)));
  const bucket = new FakeBucket();
  bucket.error = awsError("InternalError", "We encountered an internal error.");
  const events: DeliveryEvent[] = [];
  const resource = one(graph, "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream");
  const configuration = deliveryConfiguration(readDeliveryStream(resource));
  const access = new FirehoseAccess(graph, (line) => assert.fail(line));
  access.checkCreation(configuration);
  const authorize = access.authorizeFor(configuration);
  const deliveryStream = startDeliveryStream({
    configuration,
    source: authorizedSource(stream, authorize),
    destination: authorizedDestination(bucket, authorize),
    checkpoints: noCheckpoints,
    clock,
    pollMilliseconds: 1000,
    onEvent: withErrorLog(
      configuration,
      () => access.mayLog(configuration),
      clock,
      (event) => events.push(event),
    ),
  });
  await clock.advance(300_000);
  bucket.error = undefined;
  await clock.advance(60_000);
  const stopped = deliveryStream.stop().catch(() => undefined);
  await clock.advance(20_000);
  await stopped;
  return {
    delivered: bucket.objects.length,
    logged: events.filter(({ type }) => type === "error-logged").length,
    events,
    access: access.report([configuration]),
  };
}

/** The graph without one action in a role policy. */
function without(graph: ResourceGraph, role: string, action: string): ResourceGraph {
  const policy = one(graph, types.rolePolicy, role);
  const statements = statementsIn(policy.inputs["policy"]).flatMap((statement): Statement[] => {
    const actions = [statement.Action ?? []].flat().filter((each) => each !== action);
    return actions.length === 0 ? [] : [{ ...statement, Action: actions }];
  });
  return changed(graph, policy, { policy: policyText(...statements) });
}

describe("FirehoseAccess", () => {
  // Compression takes time that the fake clock does not measure.
  const declared = (bufferIntervalSeconds: number) =>
    pipelineGraph({ delivery: { compression: "UNCOMPRESSED", bufferIntervalSeconds } });
  let graph: ResourceGraph;
  before(async () => {
    graph = await declared(300);
  });

  it("needs all grants of the roles, except documented ones without a use here", async () => {
    const { delivered, logged, access } = await run(graph);
    assert.deepEqual([delivered, logged], [1, 1]);
    assert.deepEqual(access.denied, []);
    assert.deepEqual(
      access.unused.map(({ statement, action }) => `${statement} ${action}`),
      [
        "WriteObjects s3:AbortMultipartUpload",
        "WriteObjects s3:GetObject",
        "FindBucket s3:ListBucket",
        "FindBucket s3:ListBucketMultipartUploads",
        // Used by multipart uploads, which start below a buffer interval of 60 s.
        "EncryptObjects kms:Decrypt",
      ],
    );
    const multipart = await run(await declared(59));
    assert.ok(!multipart.access.unused.some(({ action }) => action === "kms:Decrypt"));
  });

  for (const [role, action, operation, code] of [
    ["events-source", "kinesis:ListShards", "ListShards", "AccessDeniedException"],
    ["events-source", "kinesis:GetShardIterator", "GetShardIterator", "AccessDeniedException"],
    ["events-source", "kinesis:GetRecords", "GetRecords", "AccessDeniedException"],
    ["events-source", "kms:Decrypt", "GetRecords", "AccessDeniedException"],
    ["events-delivery", "s3:PutObject", "PutObject", "AccessDenied"],
    ["events-delivery", "kms:GenerateDataKey", "PutObject", "AccessDenied"],
  ] as const)
    it(`delivers nothing without ${action}, and reports AWS's denial message`, async () => {
      const { delivered, logged, events, access } = await run(without(graph, role, action));
      assert.equal(delivered, 0);
      assert.ok(logged > 0, "nothing in the error log");
      const [failed] = events.filter(
        (event) => event.type === "call-failed" && event.denied && event.operation === operation,
      );
      assert.ok(failed?.type === "call-failed");
      assert.equal(failed.code, code);
      assert.match(
        failed.message,
        new RegExp(
          `^User: arn:aws:sts::123456789012:assumed-role/${role}-[^ ]+ is not authorized to perform: ` +
            `${action} on resource: .* because no identity-based policy allows the ${action} action$`,
        ),
      );
      assert.ok(access.denied.includes(failed.message));
    });

  it("delivers without logs:PutLogEvents, and logs nothing", async () => {
    const changedGraph = without(graph, "events-delivery", "logs:PutLogEvents");
    const { delivered, logged, access } = await run(changedGraph);
    assert.deepEqual([delivered, logged], [1, 0]);
    assert.match(access.denied[0] ?? "", /perform: logs:PutLogEvents/);
  });

  it("does not create a delivery stream without the permissions that AWS checks", async () => {
    for (const [role, action, message] of [
      ["events-source", "kinesis:DescribeStream", /^Error: .*Role arn:[^ ]+ is not authorized to /],
      ["events-delivery", "s3:GetBucketLocation", /not authorized to perform: s3:GetBucketLoc/],
    ] as const)
      await assert.rejects(run(without(graph, role, action)), message);
  });

  it("does not create a delivery stream with a role that trusts another account", async () => {
    for (const name of ["events-source", "events-delivery"]) {
      const role = one(graph, types.role, name);
      const [trust] = statementsIn(role.inputs["assumeRolePolicy"]);
      const Condition = { StringEquals: { "sts:ExternalId": "210987654321" } };
      const assumeRolePolicy = policyText({ ...trust, Condition });
      await assert.rejects(
        run(changed(graph, role, { assumeRolePolicy })),
        /Firehose is unable to assume role arn:aws:iam::123456789012:role\/events-[^]*User: firehose\.amazonaws\.com is not authorized to perform: sts:AssumeRole/,
      );
    }
  });
});
