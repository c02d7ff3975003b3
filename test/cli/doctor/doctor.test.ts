import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Check, runCheck } from "../../../cli/doctor/check";
import { NotChecked, ok } from "../../../cli/doctor/finding";
import { Subject } from "../../../cli/doctor/subject";
import { streamlakeHere } from "../support/streamlakeHere";
import { identityService } from "./support/identityService";

interface Document {
  readonly project: string | null;
  readonly stack: string | null;
  readonly errors: number;
  readonly warnings: number;
  readonly checks: readonly {
    readonly check: string;
    readonly status: string;
    readonly message: string;
    readonly fix?: string;
  }[];
}

describe("streamlake doctor", () => {
  let empty: string;
  before(() => {
    empty = mkdtempSync(join(tmpdir(), "streamlake-doctor-"));
    mkdirSync(join(empty, "home"));
  });
  after(() => {
    rmSync(empty, { recursive: true });
  });

  /** An environment without any settings of AWS or Pulumi. */
  const environment = (): NodeJS.ProcessEnv => ({
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_CONFIG_FILE: join(empty, "none"),
    AWS_SHARED_CREDENTIALS_FILE: join(empty, "none"),
    PULUMI_HOME: join(empty, "home"),
    PATH: join(empty, "bin"),
  });
  const keys = { AWS_ACCESS_KEY_ID: "AKIA", AWS_SECRET_ACCESS_KEY: "secret" };

  const doctor = (args: readonly string[], env: NodeJS.ProcessEnv = {}) =>
    streamlakeHere(["doctor", ...args], "", { ...environment(), ...env });

  /** Outside a project, only the machine and the credentials are checked: no process starts. */
  async function outside(args: readonly string[], env?: NodeJS.ProcessEnv) {
    const { stdout, exitCode } = await doctor(["-C", empty, "--json", ...args], env);
    const document = JSON.parse(stdout) as Document;
    return { exitCode, document, find: (name: string) => findingOf(document, name) };
  }

  function findingOf({ checks }: Document, name: string) {
    const found = checks.find(({ check }) => check === name);
    assert.ok(found, `${name} is not in ${checks.map(({ check }) => check).join()}`);
    return found;
  }

  it("checks only the machine outside a project, and says so", async () => {
    const { stdout, exitCode } = await doctor(["-C", empty]);
    assert.equal(exitCode, 0);
    assert.match(stdout, /^There is no Pulumi\.yaml here, so only this machine is checked:/u);
    assert.doesNotMatch(stdout, /Plugins|Stack|Permissions/u);
    assert.match(stdout, /no errors, 2 warnings\n$/u);
    assert.deepEqual(
      stdout.split("\n").filter((line) => line.length > 80),
      [],
    );
  });

  it("warns about a missing CLI and missing credentials, which only deployments need", async () => {
    const { exitCode, document, find } = await outside([]);
    assert.equal(exitCode, 0);
    assert.deepEqual([document.project, document.stack, document.warnings], [null, null, 2]);
    assert.equal(find("Pulumi CLI").status, "warning");
    assert.equal(find("Credentials").status, "warning");
  });

  it("asks AWS whose the credentials are", async () => {
    const service = await identityService({ arn: "arn:aws:iam::123456789012:user/ci" });
    const { exitCode, find } = await outside(["--endpoint", service.endpoint], keys);
    await service.close();
    assert.equal(exitCode, 0);
    assert.equal(find("Credentials").message, "arn:aws:iam::123456789012:user/ci");
  });

  it("fails for expired credentials, and shows neither key nor secret", async () => {
    const service = await identityService({ identityError: "ExpiredToken" });
    const { exitCode, document, find } = await outside(["--endpoint", service.endpoint], keys);
    await service.close();
    assert.equal(exitCode, 1);
    assert.equal(find("Credentials").status, "error");
    assert.doesNotMatch(JSON.stringify(document), /AKIA|secret"/u);
  });

  it("reaches no verdict on credentials if nothing answers", async () => {
    const service = await identityService({});
    await service.close();
    const { exitCode, find } = await outside(["--endpoint", service.endpoint], keys);
    assert.equal(exitCode, 0);
    assert.equal(find("Credentials").status, "not checked");
    assert.match(find("Credentials").message, /AWS cannot be reached: ECONNREFUSED/u);
  });

  for (const [title, args, message] of [
    [
      "a directory that does not exist",
      ["-C", "/nowhere"],
      /--cwd "\/nowhere" is not a directory/u,
    ],
    ["a stack outside a project", ["--stack", "dev"], /--stack needs a Pulumi project/u],
    ["a policy outside a project", ["--policy"], /--policy needs a Pulumi project/u],
  ] as const)
    it(`exits with 2 for ${title}`, async () => {
      const { exitCode, stderr } = await doctor(["-C", empty, ...args]);
      assert.equal(exitCode, 2);
      assert.match(stderr, message);
      assert.doesNotMatch(stderr, /\n\s+at /u);
    });

  it("runs the other checks after one that throws", async () => {
    const subject = new Subject({ cwd: empty }, new AbortController().signal);
    const throwing = (error: Error): Check => ({
      ...{ name: "Broken", ofProject: false },
      run: () => Promise.reject(error),
    });
    const fine: Check = { ...throwing(new Error()), run: () => Promise.resolve(ok("fine")) };
    const results = await Promise.all(
      [throwing(new TypeError("x is undefined")), throwing(new NotChecked("why")), fine].map(
        (check) => runCheck(check, subject),
      ),
    );
    assert.deepEqual(
      results.map(({ findings }) => findings),
      [
        [{ status: "error", message: "x is undefined" }],
        [{ status: "not checked", message: "why" }],
        [{ status: "ok", message: "fine" }],
      ],
    );
  });

  // One run of the program and the pack, with all that depends on them.
  it("checks a stack with the permissions that its program needs", async () => {
    const service = await identityService({
      arn: "arn:aws:sts::210987654321:assumed-role/deployer/session",
      roleArn: "arn:aws:iam::210987654321:role/ci/deployer",
      denied: ["kinesis:CreateStream", "iam:PassRole"],
    });
    const { stdout, exitCode } = await doctor(
      ["--stack", "dev", "--json", "--endpoint", service.endpoint],
      { ...keys, PATH: process.env["PATH"] },
    );
    await service.close();
    const document = JSON.parse(stdout) as Document;
    assert.equal(exitCode, 1);
    assert.deepEqual([document.project, document.stack], ["streamlake", "dev"]);
    assert.equal(findingOf(document, "Stack").status, "ok");
    assert.match(findingOf(document, "Policy pack").message, /policy\/config\/dev\.json is valid/u);
    assert.equal(findingOf(document, "Region").status, "ok");
    const permissions = findingOf(document, "Permissions");
    assert.match(
      permissions.message,
      /^Of \d+ actions of AWS, 2 are denied: (?:kinesis:CreateStream, iam:PassRole|iam:PassRole, kinesis:CreateStream)\.$/u,
    );
    assert.match(permissions.fix ?? "", /npx streamlake doctor --stack dev --policy/u);
    const asked = service.asked;
    assert.deepEqual(
      [...new Set(asked.map(({ principal }) => principal))],
      ["arn:aws:iam::210987654321:role/ci/deployer"],
    );
    const passing = asked.find(({ actions }) => actions.includes("iam:PassRole"));
    assert.deepEqual(passing?.contextKeys, ["iam:PassedToService"]);
    // The account of the credentials takes the place of the one that the graph assumes.
    const resources = asked.flatMap((each) => each.resources);
    assert.ok(resources.some((arn) => arn.startsWith("arn:aws:kinesis:us-east-1:210987654321:")));
    assert.ok(!resources.some((arn) => arn.includes("123456789012")));
  });
});
