import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "../../local/support/temporaryFolder";
import { objectKey } from "../../records/support/fakeLake";
import {
  type Answer,
  type Answers,
  deployedAws,
  iamError,
  jsonError,
  s3Error,
} from "../support/deployedAws";
import { streamlakeHere } from "../support/streamlakeHere";
import {
  alarms,
  arns,
  described,
  healthy,
  key,
  listed,
  logEvents,
  metricData,
  outputs,
  policy,
  role,
  simulated,
  streamSummary,
} from "./deployedPipeline";
import type { Diagnosed } from "./localPipeline";

describe("streamlake diagnose of a deployed pipeline", () => {
  const directory = temporaryFolder();
  let aws: Awaited<ReturnType<typeof deployedAws>>;
  let changes: Answers = {};
  before(async () => {
    aws = await deployedAws(() => ({ ...healthy(), ...changes }));
    exportOutputs(outputs);
  });
  beforeEach(() => {
    changes = {};
    aws.calls.length = 0;
  });
  after(() => aws.close());

  const file = join(directory, "stack.json");
  function exportOutputs(values: object): void {
    const stack = {
      urn: "urn:pulumi:prod::events::pulumi:pulumi:Stack::events-prod",
      type: "pulumi:pulumi:Stack",
    };
    writeFileSync(
      file,
      JSON.stringify({ version: 3, deployment: { resources: [{ ...stack, outputs: values }] } }),
    );
  }

  const run = (...args: readonly string[]) =>
    streamlakeHere(["diagnose", "--stack-export", file, "--endpoint", aws.endpoint, ...args]);

  async function diagnose(answers: Answers): Promise<Diagnosed> {
    changes = answers;
    const { stdout, stderr } = await run("--json");
    assert.notEqual(stdout, "", stderr);
    return JSON.parse(stdout) as Diagnosed;
  }

  it("finds nothing where records arrive, and exits with 0", async () => {
    const { findings, notChecked } = await diagnose({});
    assert.deepEqual(findings, []);
    assert.deepEqual(notChecked, []);
    const { exitCode } = await run();
    assert.equal(exitCode, 0);
  });

  const allowAll = { Effect: "Allow", Principal: "*", Action: "s3:*", Resource: "*" };
  const flow = { sent: [10, 10], read: [10, 10] };
  const failure = { Type: "KMS_ACCESS_DENIED", Details: "Access to the key is denied" };
  /** What AWS answers, and the most likely cause: its name, title, evidence, and a command that fixes it. */
  const table: readonly (readonly [string, Answers, string, RegExp, RegExp, RegExp])[] = [
    [
      "a delivery stream that could not be created",
      {
        DescribeDeliveryStream: described({
          DeliveryStreamStatus: "CREATING_FAILED",
          FailureDescription: failure,
        }),
      },
      "delivery-stream-state",
      /^The delivery stream events could not be created$/,
      /^KMS_ACCESS_DENIED: Access to the key is denied$/m,
      /^aws firehose delete-delivery-stream --delivery-stream-name events --region us-east-1 /m,
    ],
    [
      "a delivery stream that does not exist",
      {
        DescribeDeliveryStream: jsonError(
          "ResourceNotFoundException",
          "Firehose events not found.",
        ),
      },
      "delivery-stream-state",
      /^There is no delivery stream events$/,
      /^its status is MISSING$/m,
      /^pulumi up --refresh --stack prod$/m,
    ],
    [
      "a delivery stream that is still being created",
      { DescribeDeliveryStream: described({ DeliveryStreamStatus: "CREATING" }) },
      "delivery-stream-state",
      /is still being created$/,
      /^its status is CREATING$/m,
      /Wait until it is ACTIVE/,
    ],
    [
      "a delivery stream that could not be deleted",
      { DescribeDeliveryStream: described({ DeliveryStreamStatus: "DELETING_FAILED" }) },
      "delivery-stream-state",
      /could not be deleted/,
      /DELETING_FAILED/,
      /--allow-force-delete/,
    ],
    [
      "a failed server-side encryption",
      {
        DescribeDeliveryStream: described({
          DeliveryStreamEncryptionConfiguration: {
            Status: "ENABLING_FAILED",
            FailureDescription: failure,
          },
        }),
      },
      "delivery-stream-state",
      /^The server-side encryption of the delivery stream events failed$/,
      /ENABLING_FAILED\nKMS_ACCESS_DENIED/,
      /^aws firehose start-delivery-stream-encryption /m,
    ],
    [
      "a stream that does not exist",
      { DescribeStreamSummary: jsonError("ResourceNotFoundException") },
      "stream-state",
      /^The stream events does not exist$/,
      /the delivery stream reads arn:aws:kinesis/,
      /^pulumi up --refresh --stack prod$/m,
    ],
    [
      "a delivery stream that writes to another bucket",
      { DescribeDeliveryStream: described({}, { BucketARN: "arn:aws:s3:::other" }) },
      "wiring",
      /^The delivery stream does not connect this stream with this bucket$/,
      /^it writes to the bucket other, not lake$/m,
      /^pulumi up --refresh --stack prod$/m,
    ],
    [
      "a bucket that does not exist",
      {
        HeadBucket: s3Error("NoSuchBucket", 404),
        FilterLogEvents: logEvents({
          errorCode: "S3.NoSuchBucket",
          message: "The specified bucket does not exist.",
        }),
      },
      "bucket-state",
      /^The bucket lake does not exist$/,
      /^The error log has S3\.NoSuchBucket: 1 line, last at /m,
      /^pulumi up --refresh --stack prod$/m,
    ],
    [
      "a bucket in another region",
      { HeadBucket: s3Error("PermanentRedirect", 301, { "x-amz-bucket-region": "eu-west-1" }) },
      "bucket-state",
      /^The bucket lake is in eu-west-1$/,
      /^the delivery stream is in us-east-1$/m,
      /^pulumi up --refresh --stack prod$/m,
    ],
    [
      "a role without a permission",
      { SimulatePrincipalPolicy: simulated({ "s3:PutObject": "implicitDeny" }) },
      "denied-call",
      /^The role events-delivery may not call s3:PutObject$/,
      /^simulation: implicitDeny for s3:PutObject on arn:aws:s3:::lake\/raw\/1970\/01\/01\/\*$/m,
      /^pulumi up --refresh --stack prod$/m,
    ],
    [
      "a role with a statement that denies it",
      { SimulatePrincipalPolicy: simulated({ "kinesis:GetRecords": "explicitDeny" }) },
      "denied-call",
      /^The role events-source may not call kinesis:GetRecords$/,
      /: explicitDeny \(role_events-delivery_events\) for kinesis:GetRecords on /m,
      /^pulumi up --refresh --stack prod$/m,
    ],
    [
      "a permissions boundary",
      {
        SimulatePrincipalPolicy: simulated(
          { "s3:PutObject": "implicitDeny" },
          "<PermissionsBoundaryDecisionDetail><AllowedByPermissionsBoundary>false</AllowedByPermissionsBoundary></PermissionsBoundaryDecisionDetail>",
        ),
      },
      "denied-call",
      /^The role events-delivery may not call s3:PutObject$/,
      /implicitDeny/,
      /^Ask who manages the permissions boundary of the role to allow it\.$/m,
    ],
    [
      "an organization that denies it",
      {
        SimulatePrincipalPolicy: simulated(
          { "s3:PutObject": "implicitDeny" },
          "<OrganizationsDecisionDetail><AllowedByOrganizations>false</AllowedByOrganizations></OrganizationsDecisionDetail>",
        ),
      },
      "denied-call",
      /may not call s3:PutObject$/,
      /implicitDeny/,
      /^Ask who manages the service control policies of the organization/m,
    ],
    [
      "a trust policy without Firehose",
      {
        GetRole: role(
          policy({
            Effect: "Allow",
            Principal: { Service: "lambda.amazonaws.com" },
            Action: "sts:AssumeRole",
          }),
        ),
      },
      "denied-call",
      /^Firehose may not assume the role events-source$/,
      /^User: firehose\.amazonaws\.com is not authorized to perform: sts:AssumeRole/m,
      /^pulumi up --refresh --stack prod$/m,
    ],
    [
      "a role that does not exist",
      {
        GetRole: iamError("NoSuchEntity", 404, "The role with name events-source cannot be found."),
        SimulatePrincipalPolicy: iamError("NoSuchEntity", 404),
      },
      "denied-call",
      /^Firehose may not assume the role events-source$/,
      /^IAM has no role arn:aws:iam::123456789012:role\/events-source$/m,
      /^pulumi up --refresh --stack prod$/m,
    ],
    [
      "a bucket policy that denies it",
      {
        GetBucketPolicy: {
          body: policy(allowAll, {
            ...allowAll,
            Sid: "Only",
            Effect: "Deny",
            Action: "s3:PutObject",
          }),
        },
      },
      "denied-call",
      /^The role events-delivery may not call s3:PutObject$/,
      /with an explicit deny in a resource-based policy$/m,
      /^pulumi stack output requiredBucketPolicy --show-secrets --stack prod$/m,
    ],
    [
      "a key policy that does not delegate to IAM",
      {
        GetKeyPolicy: {
          body: JSON.stringify({
            Policy: policy({
              Effect: "Allow",
              Principal: { AWS: "arn:aws:iam::123456789012:role/admin" },
              Action: "kms:*",
              Resource: "*",
            }),
          }),
        },
      },
      "denied-call",
      /^The role events-source may not call kms:Decrypt$/,
      /because no resource-based policy allows the kms:Decrypt action$/m,
      /^pulumi stack output requiredKeyPolicy --show-secrets --stack prod$/m,
    ],
    [
      "a disabled key",
      { DescribeKey: key("Disabled") },
      "key-state",
      /^The key of the objects is disabled$/,
      /: Disabled$/m,
      /^aws kms enable-key --key-id arn:aws:kms:\S+ --region us-east-1 /m,
    ],
    [
      "a key that is scheduled for deletion",
      { DescribeKey: key("PendingDeletion", { DeletionDate: 1_900_000_000 }) },
      "key-state",
      /^The key of the objects is scheduled for deletion$/,
      /^it will be deleted at 2030-03-17 17:46 UTC$/m,
      /^aws kms cancel-key-deletion --key-id \S+ --region us-east-1 .*\naws kms enable-key /m,
    ],
    [
      "a key without material",
      { DescribeKey: key("PendingImport", { Origin: "EXTERNAL" }) },
      "key-state",
      /^The key of the objects has no key material$/,
      /: PendingImport$/m,
      /"Importing key material"/,
    ],
    [
      "a key of the records that producers put",
      { GetMetricData: metricData({ ...flow, keyDenied: [0, 3] }) },
      "key-state",
      /^Firehose cannot use the key of the records that producers put to it$/,
      /^KMSKeyAccessDenied is above 0/m,
      /^pulumi up --refresh --stack prod$/m,
    ],
    [
      "lines of the error log",
      {
        FilterLogEvents: logEvents(
          {
            errorCode: "S3.KMS.RequestLimitExceeded",
            message:
              "The KMS request per second limit was exceeded while attempting to encrypt S3 objects. Increase the request per second limit.",
          },
          {
            errorCode: "S3.KMS.RequestLimitExceeded",
            message:
              "The KMS request per second limit was exceeded while attempting to encrypt S3 objects. Increase the request per second limit.",
          },
        ),
      },
      "error-log",
      /^The error log has S3\.KMS\.RequestLimitExceeded$/,
      /^2 lines, last at .*\nThe KMS request per second limit was exceeded/m,
      /Bucket Key/,
    ],
    [
      "a function that fails",
      { GetMetricData: metricData({ ...flow, delivered: [1], functionSuccess: [1, 0] }) },
      "function-fails",
      /^The function that transforms the records fails$/,
      /^ExecuteProcessing\.Success was 0 at /m,
      /^pulumi up --stack prod$/m,
    ],
    [
      "too many partitions",
      { GetMetricData: metricData({ ...flow, delivered: [1], partitionsExceeded: [0, 1] }) },
      "partition-limit",
      /^More partitions are active than the delivery stream may have$/,
      /^PartitionCountExceeded was 1/m,
      /partitioning\.keys/,
    ],
    [
      "a stream that is not read",
      { GetMetricData: metricData({ sent: [10, 10, 10] }) },
      "not-read",
      /^Firehose does not read the stream$/,
      /^DataReadFromKinesisStream\.Records is 0$/m,
      /^pulumi up --refresh --stack prod$/m,
    ],
    [
      "records that were sent before the delivery stream existed",
      {
        DescribeDeliveryStream: described({ CreateTimestamp: Date.now() / 1000 }),
        GetMetricData: metricData({ sent: [10, 0, 0, 0] }),
      },
      "not-read",
      /^All records were sent before the delivery stream existed/,
      /^10 records in the stream, the last at /m,
      /^npx streamlake send FILE --stack-export /m,
    ],
    [
      "nothing that is sent",
      { GetMetricData: metricData({}) },
      "nothing-sent",
      /^Nothing is sent$/,
      /^IncomingRecords of the stream is 0 in the last 3 h$/m,
      /^echo '\{"test":1\}' \| npx streamlake send --stack-export /m,
    ],
    [
      "nothing that is sent any more",
      {
        GetMetricData: metricData({
          ...flow,
          sent: [10, 0, 0, 0, 0, 0, 0],
          delivered: [10, 0, 0, 0, 0, 0],
        }),
      },
      "nothing-sent",
      /^Nothing has been sent for [\d.]+ min$/,
      /^IncomingRecords of the stream was last above 0 at /m,
      /^echo /m,
    ],
    [
      "a buffer that is still filling",
      { GetMetricData: metricData({ sent: [7], read: [7] }) },
      "still-buffering",
      /^Firehose is still buffering: the object is due at /,
      /^7 records in the buffer\nan object is written after 64 MiB or 5 min$/m,
      /delivery\.bufferIntervalSeconds/,
    ],
    [
      "producers that are throttled",
      { GetMetricData: metricData({ ...flow, delivered: [1], writeThrottled: [0, 25] }) },
      "throttling",
      /^The stream rejects records/,
      /: 25 times, last at /,
      /^aws kinesis update-shard-count --stream-name events --target-shard-count 4 --scaling-type UNIFORM_SCALING /m,
    ],
    [
      "producers of an on-demand stream that are throttled",
      {
        DescribeStreamSummary: streamSummary({ StreamModeDetails: { StreamMode: "ON_DEMAND" } }),
        GetMetricData: metricData({ ...flow, delivered: [1], writeThrottled: [1] }),
      },
      "throttling",
      /^The stream rejects records/,
      /: 1 time, last at /,
      /^An on-demand stream grows within minutes/m,
    ],
    [
      "reads that are throttled",
      { GetMetricData: metricData({ ...flow, delivered: [1], getThrottled: [5] }) },
      "throttling",
      /^Reads of the stream are throttled/,
      /5 times/,
      /enhanced fan-out/,
    ],
    [
      "records that are about to expire",
      { GetMetricData: metricData({ ...flow, delivered: [1], behind: [90 * 3_600_000] }) },
      "retention",
      /^Records expire in 3\.3 d unless Firehose reads them$/,
      /^KinesisMillisBehindLatest is 3\.8 d, the retention 168 h$/m,
      /^aws kinesis increase-stream-retention-period --stream-name events --retention-period-hours 336 /m,
    ],
    [
      "a delivery that is behind",
      {
        GetMetricData: metricData({
          ...flow,
          delivered: [1],
          behind: [3_600_000],
          iteratorAge: [1],
        }),
      },
      "lag",
      /^Firehose is 60 min behind the stream$/,
      /^KinesisMillisBehindLatest 60 min/m,
      /^npx streamlake verify --stack-export /m,
    ],
    [
      "an alarm",
      { DescribeAlarms: alarms("ALARM") },
      "alarm",
      /^The alarm events-iterator-age is in ALARM$/,
      /^Threshold Crossed: /m,
      /docs\/runbook\.md/,
    ],
  ];
  for (const [what, answers, cause, title, evidence, fix] of table)
    it(`finds ${what}`, async () => {
      const { findings } = await diagnose(answers);
      const found = findings[0];
      assert.ok(found);
      assert.equal(found.cause, cause, JSON.stringify(findings));
      assert.match(found.title, title);
      assert.match(found.evidence.join("\n"), evidence);
      assert.match(found.fix.map((one) => one.command ?? one.step).join("\n"), fix);
    });

  it("finds records that failed, from the error objects of the last days", async () => {
    const day = new Date().toISOString().slice(0, 10);
    const envelope = {
      rawData: "YQ==",
      errorCode: "Lambda.FunctionError",
      errorMessage: "It returned an error.",
      attemptsMade: 4,
      arrivalTimestamp: Date.now(),
      attemptEndingTimestamp: Date.now(),
      lambdaARN: "arn",
    };
    const { findings } = await diagnose({
      ListObjectsV2: listed(
        objectKey("errors/processing-failed/", "2020-01-01", 1, ""),
        objectKey("errors/processing-failed/", day, 2, ""),
      ),
      GetObject: { body: [envelope, envelope].map((line) => JSON.stringify(line)).join("\n") },
    });
    const [{ title, fix }] = findings as [(typeof findings)[number]];
    assert.equal(title, "2 records failed with Lambda.FunctionError");
    const command = `npx streamlake replay --code Lambda.FunctionError --stack-export ${file} --endpoint ${aws.endpoint}`;
    assert.deepEqual(fix.at(-1), { command });
  });

  it("gives the commands that repair an existing role", async () => {
    exportOutputs({ ...outputs, sourceRoleArn: arns.deliveryRole });
    const { findings } = await diagnose({
      SimulatePrincipalPolicy: simulated({ "s3:PutObject": "implicitDeny" }),
    });
    exportOutputs(outputs);
    const [save, put] = findings[0]?.fix ?? [];
    assert.equal(
      save?.command,
      "pulumi stack output requiredPolicy --show-secrets --stack prod > required-policy.json",
    );
    assert.match(
      put?.command ?? "",
      /^aws iam put-role-policy --role-name events-delivery --policy-name streamlake --policy-document file:\/\/required-policy\.json --region us-east-1 /,
    );
  });

  it("simulates the calls with resource and context keys, and decides on policies of resources itself", async () => {
    await diagnose({});
    const simulations = aws.calls
      .filter(({ operation }) => operation === "SimulatePrincipalPolicy")
      .map(({ input }) => Object.fromEntries(new URLSearchParams(input)));
    const put = simulations.find((one) => one["ActionNames.member.1"] === "s3:PutObject");
    assert.equal(put?.["PolicySourceArn"], arns.deliveryRole);
    assert.match(put["ResourceArns.member.1"] ?? "", /^arn:aws:s3:::lake\/raw\//);
    const names = Object.entries(put).filter(([name]) => name.endsWith("ContextKeyName"));
    const place = names.find(([, name]) => name === "aws:SecureTransport")?.[0] ?? "";
    assert.equal(put[place.replace("Name", "Type")], "boolean");
    assert.equal(put[`${place.replace("Name", "Values")}.member.1`], "true");
    const decrypt = simulations.find((one) => one["ActionNames.member.1"] === "kms:Decrypt");
    assert.equal(decrypt?.["ResourceArns.member.1"], arns.key);
  });

  const denied = jsonError("AccessDeniedException", "User is not authorized to perform this.");
  const gaps: readonly (readonly [string, Answer, string])[] = [
    ["DescribeDeliveryStream", denied, "firehose:DescribeDeliveryStream"],
    ["DescribeStreamSummary", denied, "kinesis:DescribeStreamSummary"],
    ["HeadBucket", s3Error("Forbidden", 403), "s3:ListBucket"],
    ["GetBucketPolicy", s3Error("AccessDenied", 403), "s3:GetBucketPolicy"],
    ["GetBucketEncryption", s3Error("AccessDenied", 403), "s3:GetEncryptionConfiguration"],
    ["FilterLogEvents", denied, "logs:FilterLogEvents"],
    ["DescribeLogGroups", denied, "logs:DescribeLogGroups"],
    ["GetMetricData", jsonError("AccessDenied"), "cloudwatch:GetMetricData"],
    ["DescribeAlarms", jsonError("AccessDenied"), "cloudwatch:DescribeAlarms"],
    ["DescribeKey", denied, "kms:DescribeKey"],
    ["GetKeyPolicy", denied, "kms:GetKeyPolicy"],
    ["SimulatePrincipalPolicy", iamError("AccessDenied", 403), "iam:SimulatePrincipalPolicy"],
    ["GetRole", iamError("AccessDenied", 403), "iam:GetRole"],
  ];
  for (const [operation, answer, permission] of gaps)
    it(`does not end where ${operation} is denied, and names the permission`, async () => {
      changes = { [operation]: answer };
      const { stdout, stderr, exitCode } = await run();
      assert.equal(exitCode, 0, stdout + stderr);
      const [, notChecked = ""] = stdout.split("Not checked:\n");
      assert.ok(notChecked.replaceAll(/\n\s+/g, " ").includes(`it needs ${permission}`), stdout);
    });

  it("lists everything that it may not read, and still finds what it can", async () => {
    changes = Object.fromEntries(gaps.map(([operation, answer]) => [operation, answer]));
    changes = { ...changes, DescribeAlarms: alarms("ALARM") };
    const { stdout, exitCode } = await run();
    assert.equal(exitCode, 1);
    assert.match(stdout, /^1\. The alarm events-iterator-age is in ALARM$/m);
  });

  it("prints one screen: the most likely causes first, what is fine, and what was not checked", async () => {
    changes = {
      SimulatePrincipalPolicy: simulated({ "s3:PutObject": "implicitDeny" }),
      FilterLogEvents: logEvents({ errorCode: "S3.AccessDenied", message: "Access was denied." }),
      DescribeKey: key("Disabled"),
      DescribeAlarms: alarms("ALARM"),
      DescribeStreamSummary: denied,
      GetMetricData: metricData({ ...flow, delivered: [1], writeThrottled: [5] }),
    };
    const { stdout, exitCode } = await run();
    assert.equal(exitCode, 1);
    // ARNs are longer than a line, and stay whole.
    for (const line of stdout.split("\n").filter((one) => /\S \S+ \S/.test(one)))
      assert.ok(line.length <= 80, line);
    assert.ok(stdout.split("\n").length <= 40, stdout);
    const order = [...stdout.matchAll(/^(\d\. |- The alarm)/gm)].map(([, start]) => start);
    assert.deepEqual(order, ["1. ", "2. ", "3. ", "- The alarm"]);
  });

  it("examines a delivery stream by its name, with commands that name it", async () => {
    changes = { SimulatePrincipalPolicy: simulated({ "s3:PutObject": "implicitDeny" }) };
    const named = ["--delivery-stream", "events", "--region", "us-east-1"];
    const { stdout } = await streamlakeHere([
      ...["diagnose", ...named, "--endpoint", aws.endpoint, "--json"],
    ]);
    const { findings, notChecked } = JSON.parse(stdout) as Diagnosed;
    assert.deepEqual(findings[0]?.fix, [{ step: "Deploy its program again with pulumi up." }]);
    assert.deepEqual(
      notChecked.map(({ part }) => part),
      ["alarms"],
    );
  });

  for (const [what, answers, message] of [
    [
      "credentials that expired",
      "ExpiredTokenException",
      /^AWS cannot be asked: the credentials have expired\. Log in again, .*\(ExpiredTokenException: /,
    ],
    [
      "a wrong clock",
      "RequestTimeTooSkewed",
      /^AWS cannot be asked: the clock of this machine differs too much .*\(RequestTimeTooSkewed: /,
    ],
  ] as const)
    it(`exits with 2 for ${what}`, async () => {
      changes = { DescribeDeliveryStream: jsonError(answers) };
      const { stdout, stderr, exitCode } = await run();
      assert.deepEqual([stdout, exitCode], ["", 2]);
      assert.match(stderr, message);
    });

  it("exits with 2 for an endpoint that does not answer, and without a pipeline", async () => {
    const unreachable = ["--stack-export", file, "--endpoint", "http://127.0.0.1:1"];
    const { stderr, exitCode } = await streamlakeHere(["diagnose", ...unreachable]);
    assert.match(stderr, /^AWS cannot be asked: the endpoint does not answer\. .*\(ECONNREFUSED: /);
    assert.equal(exitCode, 2);
    const none = await streamlakeHere(["diagnose"]);
    assert.match(none.stderr, /^Specify one of --stack NAME, --stack-export FILE, --local and/);
    assert.equal(none.exitCode, 2);
  });
});
