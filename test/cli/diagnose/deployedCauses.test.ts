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
  healthy,
  key,
  listed,
  logEvents,
  metricData,
  outputs,
  simulated,
} from "./deployedPipeline";
import { deployedCases, flow } from "./deployedCases";
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

  for (const [what, answers, cause, title, evidence, fix] of deployedCases)
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
