import assert from "node:assert/strict";
import { cpSync, readdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { startStreamlake } from "../../cli/support/streamlakeProcess";
import { temporaryFolder } from "../../local/support/temporaryFolder";
import { succeed } from "../../packages/support/run";
import { fixture } from "../support/fixtures";
import {
  goSdkIsMissing,
  javaSdkIsMissing,
  pythonEnvironment,
  pythonIsMissing,
} from "../support/languageSdks";

interface PlanDocument {
  readonly resources: readonly { readonly urn: string; readonly inputs: Properties }[];
  readonly outputs: Properties;
  readonly notes: readonly { readonly kind: string; readonly subject: string }[];
}
type Properties = Readonly<Record<string, unknown>>;

const PIPELINE = "urn:pulumi:dev::clicks::streamlake:index:DeliveryPipeline";

async function plan(directory: string, env: NodeJS.ProcessEnv, stack = "dev") {
  const run = startStreamlake(
    ["plan", "--json", "--no-policy", "--stack", stack, "-C", directory],
    "",
    env,
  );
  return { exit: await run.exit, stdout: run.stdout(), stderr: run.stderr() };
}

/** Checks the plan of the program that the fixtures for Python, Go and Java contain. */
function checkPlan(document: PlanDocument): void {
  const { resources, outputs, notes } = document;
  const urns = resources.map(({ urn }) => urn);
  assert.equal(urns[0], "urn:pulumi:dev::clicks::pulumi:pulumi:Stack::clicks-dev");
  assert.ok(urns.includes(`${PIPELINE}::clicks`));
  const inputsOf = (urn: string) => resources.find((each) => each.urn === urn)?.inputs ?? {};
  const stream = inputsOf(`${PIPELINE}$aws:kinesis/stream:Stream::clicks`);
  assert.equal(stream["retentionPeriod"], 72);
  const alarm = inputsOf(`${PIPELINE}$aws:cloudwatch/metricAlarm:MetricAlarm::clicks-iterator-age`);
  const [action] = alarm["alarmActions"] as readonly string[];
  assert.match(action ?? "", /^arn:aws:sns:us-east-1:123456789012:on-call-/);
  const inside = inputsOf("urn:pulumi:dev::clicks::aws:ec2/securityGroup:SecurityGroup::inside");
  assert.equal(inside["vpcId"], "[unknown]");
  assert.equal(outputs["streamName"], stream["name"]);
  assert.deepEqual([outputs["vpcId"], outputs["secret"]], ["[unknown]", "[secret]"]);
  assert.deepEqual(
    notes.map(({ kind, subject }) => [kind, subject]),
    [
      ["assumed", "aws:region"],
      ["not evaluated", "urn:pulumi:dev::clicks::awsx:ec2:Vpc::network"],
    ],
  );
}

/** A stack that fails, and a part of what the command then prints. */
type Failure = readonly [stack: string, message: string];

function testFailures(planOf: (stack: string) => ReturnType<typeof plan>, all: readonly Failure[]) {
  for (const [stack, message] of all)
    it(`is reported with file and line if it ${stack}`, async () => {
      const { exit, stderr } = await planOf(stack);
      assert.equal(exit, 2);
      assert.ok(stderr.includes(message), stderr);
    });
}

describe("a program in Python", () => {
  const reason = pythonIsMissing();
  if (reason !== undefined) {
    it.skip(`is planned and run (skipped: ${reason})`);
    return;
  }
  const directory = temporaryFolder();
  const project = join(directory, "clicks");
  let env: NodeJS.ProcessEnv;
  before(() => {
    env = pythonEnvironment();
    cpSync(fixture("python"), project, { recursive: true });
    writeFileSync(
      join(project, "Pulumi.yaml"),
      `name: clicks\nruntime: python\npackages: { streamlake: ${resolve("components")} }\n`,
    );
  });

  it("is planned with our component, and leaves nothing in its directory", async () => {
    const { exit, stdout, stderr } = await plan(project, env);
    assert.equal(exit, 0, stderr);
    assert.match(stderr, /^planned by Python$/m);
    checkPlan(JSON.parse(stdout) as PlanDocument);
    assert.deepEqual(readdirSync(project).sort(), ["Pulumi.yaml", "__main__.py"]);
  });

  const failures: readonly Failure[] = [
    ["throws", "ValueError: the lake is dry (__main__.py:17)"],
    ["applies", "ZeroDivisionError: division by zero (__main__.py:23)"],
    [
      "imports",
      "ModuleNotFoundError: No module named 'a_package_that_nobody_has' (__main__.py:19)\nInstall the program's packages: pulumi install",
    ],
    ["requires", "Missing required configuration variable 'clicks:size' (__main__.py:21)\n"],
    ["exits", "The program exited with code 7 and logged no error. See its output."],
  ];
  testFailures((stack) => plan(project, env, stack), failures);

  it("runs locally, and delivers what is sent", async () => {
    const records = Array.from({ length: 5 }, (_, id) => `${JSON.stringify({ id })}\n`).join("");
    const args = [
      "local",
      "--stack",
      "dev",
      "--input",
      "-",
      "--interval",
      "0",
      "--json",
      "-C",
      project,
    ];
    const run = startStreamlake(args, records, env);
    assert.equal(await run.exit, 0, run.stderr());
    const { records: counts } = JSON.parse(run.stdout()) as {
      readonly records: { readonly delivered: number };
    };
    assert.equal(counts.delivered, 5);
  });
});

describe("a program in Go", () => {
  const reason = goSdkIsMissing();
  if (reason !== undefined) {
    it.skip(`is planned (skipped: ${reason})`);
    return;
  }
  const directory = temporaryFolder();
  const project = join(directory, "clicks");
  before(async () => {
    cpSync(fixture("go"), project, { recursive: true });
    writeFileSync(
      join(project, "Pulumi.yaml"),
      `name: clicks\nruntime: go\npackages: { streamlake: ${resolve("components")} }\n`,
    );
    await succeed(project, "go", ["mod", "tidy"]);
  });

  it("is planned with our component, and leaves nothing in its directory", async () => {
    const { exit, stdout, stderr } = await plan(project, {});
    assert.equal(exit, 0, stderr);
    assert.match(stderr, /^planned by Go$/m);
    checkPlan(JSON.parse(stdout) as PlanDocument);
    assert.deepEqual(readdirSync(project).sort(), ["Pulumi.yaml", "go.mod", "go.sum", "main.go"]);
  });

  it("is reported with its error, or with file and line of a panic", async () => {
    const failed = await plan(project, {}, "fails");
    assert.match(failed.stderr, /^the lake is dry$/m);
    const panicked = await plan(project, {}, "panics");
    assert.match(panicked.stderr, /^panic: the lake is on fire \(main\.go:31\)$/m);
    assert.deepEqual([failed.exit, panicked.exit], [2, 2]);
  });
});

describe("a program in Java", () => {
  const reason = javaSdkIsMissing();
  if (reason !== undefined) {
    it.skip(`is planned (skipped: ${reason})`);
    return;
  }
  const directory = temporaryFolder();
  const project = join(directory, "clicks");
  before(async () => {
    cpSync(fixture("java"), project, { recursive: true });
    writeFileSync(
      join(project, "Pulumi.yaml"),
      `name: clicks\nruntime: java\npackages: { streamlake: ${resolve("components")} }\n`,
    );
    const goals = ["dependency:resolve", "compile", "exec:help"];
    await succeed(project, "mvn", ["--batch-mode", "--quiet", ...goals]);
  });

  it("is planned with our component", async () => {
    const { exit, stdout, stderr } = await plan(project, {});
    assert.equal(exit, 0, stderr);
    assert.match(stderr, /^planned by Java$/m);
    checkPlan(JSON.parse(stdout) as PlanDocument);
  });

  const failures: readonly Failure[] = [
    ["throws", "\njava.lang.IllegalStateException: the lake is dry (App.java:23)\n"],
    ["applies", "\njava.lang.ArithmeticException: / by zero (App.java:28)\n"],
    ["requires", "Missing required configuration variable 'clicks:size'\n"],
    ["exits", "The program exited with code 7 and logged no error. See its output."],
  ];
  testFailures((stack) => plan(project, {}, stack), failures);
});
