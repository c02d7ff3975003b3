import assert from "node:assert/strict";
import {
  authorizedDestination,
  authorizedInvoker,
  authorizedSource,
} from "../../../aws/firehose/delivery/authorizedCalls";
import { noCheckpoints } from "../../../aws/firehose/delivery/checkpoints";
import type { DeliveryEvent } from "../../../aws/firehose/delivery/deliveryEvent";
import { startDeliveryStream } from "../../../aws/firehose/delivery/deliveryStream";
import { withErrorLog } from "../../../aws/firehose/delivery/errorLog";
import { deliveryConfiguration } from "../../../aws/firehose/model/deliveryConfiguration";
import { readDeliveryStream } from "../../../aws/firehose/model/deliveryStream";
import type { Properties, ResourceGraph } from "../../../engine/graph/resourceGraph";
import { type AccessReport, FirehoseAccess } from "../../../local/run/firehoseAccess";
import {
  changed,
  one,
  policyText,
  type Statement,
  statementsIn,
  textOf,
  types,
} from "../support/changedGraph";
import { awsError, FakeBucket, FakeStream } from "../support/fakeAws";
import { FakeClock } from "../support/fakeClock";
import { pipelineGraph } from "../support/pipelineGraph";
import { record } from "../support/records";

interface Run {
  readonly delivered: number;
  readonly backedUp: number;
  readonly logged: number;
  readonly events: readonly DeliveryEvent[];
  readonly access: AccessReport;
}

/** Delivers some records with the declared roles, while the bucket fails for the first 300 s. */
async function run(
  graph: ResourceGraph,
  isExpected: (line: string) => boolean = () => false,
): Promise<Run> {
  const clock = new FakeClock();
  const stream = new FakeStream();
  stream.addShard("shard");
  stream.put("shard", ...[1, 2, 3].map((number) => record("event", clock.now(), number)));
  const bucket = new FakeBucket();
  bucket.error = awsError("InternalError", "We encountered an internal error.");
  const backupBucket = new FakeBucket();
  const events: DeliveryEvent[] = [];
  const resource = one(graph, "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream");
  const configuration = deliveryConfiguration(readDeliveryStream(resource));
  const access = new FirehoseAccess(graph, (line) => {
    assert.ok(isExpected(line), line);
  });
  access.checkCreation(configuration);
  const authorize = access.authorizeFor(configuration);
  const deliveryStream = startDeliveryStream({
    configuration,
    source: authorizedSource(stream, authorize),
    destination: authorizedDestination(bucket, authorize),
    ...(configuration.backup && {
      backupDestination: authorizedDestination(
        backupBucket,
        access.authorizeFor(configuration.backup),
      ),
    }),
    checkpoints: noCheckpoints,
    clock,
    pollMilliseconds: 1000,
    onEvent: withErrorLog(
      configuration,
      (output) => access.mayLog(output),
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
    backedUp: backupBucket.objects.length,
    logged: events.filter(({ type }) => type === "error-logged").length,
    events,
    access: access.report([configuration]),
  };
}

/** About the bucket of a backup, which no graph here declares. */
function isAssumption(line: string): boolean {
  return line.startsWith("The bucket arn:aws:s3:::my-backup is not declared here");
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

  describe("with a backup", () => {
    let backedUp: ResourceGraph;
    before(() => {
      const firehose = one(graph, types.firehose);
      const destination = firehose.inputs["extendedS3Configuration"] as Properties;
      const { roleArn = null } = destination;
      backedUp = changed(graph, firehose, {
        extendedS3Configuration: {
          ...destination,
          s3BackupMode: "Enabled",
          s3BackupConfiguration: {
            bucketArn: "arn:aws:s3:::my-backup",
            roleArn,
            prefix: "source/",
          },
        },
      });
    });

    const grants: readonly Statement[] = [
      {
        ...{ Sid: "BackupWrite", Effect: "Allow", Action: "s3:PutObject" },
        Resource: "arn:aws:s3:::my-backup/source/*",
      },
      {
        ...{ Sid: "BackupFind", Effect: "Allow", Action: "s3:GetBucketLocation" },
        Resource: "arn:aws:s3:::my-backup",
      },
    ];

    function granting(more: readonly Statement[]): ResourceGraph {
      const policy = one(backedUp, types.rolePolicy, "events-delivery");
      const statements = statementsIn(policy.inputs["policy"]);
      return changed(backedUp, policy, { policy: policyText(...statements, ...more) });
    }

    it("needs the grants of the backup, and delivers to both", async () => {
      const { delivered, backedUp: stored, access } = await run(granting(grants), isAssumption);
      assert.deepEqual([delivered, stored], [1, 1]);
      assert.deepEqual(access.denied, []);
      assert.ok(!access.unused.some(({ statement }) => statement.startsWith("Backup")));
    });

    it("delivers to the destination if the puts of the backup are denied", async () => {
      const [, location = {}] = grants;
      const { delivered, backedUp: stored, access } = await run(granting([location]), isAssumption);
      assert.deepEqual([delivered, stored], [1, 0]);
      assert.match(
        access.denied[0] ?? "",
        /s3:PutObject on resource: "?arn:aws:s3:::my-backup\/sou/,
      );
    });

    it("is not created without the permissions that AWS checks", async () => {
      await assert.rejects(run(granting([]), isAssumption), /s3:GetBucketLocation on .*my-backup/);
    });
  });

  it("authorizes each invocation of a function, with the message of Lambda's denial", async () => {
    const functionArn = "arn:aws:lambda:us-east-1:123456789012:function:clean";
    const resource = one(graph, types.firehose);
    const configuration = {
      ...deliveryConfiguration(readDeliveryStream(resource)),
      transformation: {
        functionArn,
        roleArn: textOf(one(graph, types.role, "events-delivery"), "arn"),
      },
    };
    const invoked: string[] = [];
    const invoke = (payload: string): Promise<number> => Promise.resolve(invoked.push(payload));
    const invoker = (declared: ResourceGraph) => {
      const access = new FirehoseAccess(declared, () => undefined);
      access.checkCreation(configuration);
      return {
        access,
        call: authorizedInvoker(invoke, access.authorizeFor(configuration)),
      };
    };
    const denied = invoker(graph);
    await assert.rejects(denied.call("first"), {
      name: "AccessDeniedException",
      message: /is not authorized to perform: lambda:InvokeFunction on resource: .*function:clean/,
    });
    assert.match(denied.access.report([configuration]).denied[0] ?? "", /GetFunctionConfiguration/);
    const policy = one(graph, types.rolePolicy, "events-delivery");
    const Action = ["lambda:InvokeFunction", "lambda:GetFunctionConfiguration"];
    const granted = changed(graph, policy, {
      policy: policyText(...statementsIn(policy.inputs["policy"]), {
        ...{ Sid: "Invoke", Effect: "Allow", Action, Resource: functionArn },
      }),
    });
    const allowed = invoker(granted);
    assert.equal(await allowed.call("second"), 1);
    assert.deepEqual(invoked, ["second"]);
    const { unused } = allowed.access.report([configuration]);
    assert.ok(!unused.some(({ statement }) => statement === "Invoke"));
  });

  it("reads the table of a conversion when it is created, in the words of AWS", () => {
    const roleArn = textOf(one(graph, types.role, "events-delivery"), "arn");
    const configuration = {
      ...deliveryConfiguration(readDeliveryStream(one(graph, types.firehose))),
      schemaTable: { databaseName: "lake", tableName: "events", roleArn },
    };
    assert.throws(() => {
      new FirehoseAccess(graph, () => undefined).checkCreation(configuration);
    }, /events-[0-9a-f]+ cannot be created: Access was denied when calling Glue\. Please[^]*glue:GetTable on/);
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
