import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout } from "node:timers/promises";
import pc from "picocolors";
import { plan } from "../../../../cli/plan/planAction";
import type { PlanOptions } from "../../../../cli/plan/showPlan";
import { type GraphResource, mapValues } from "../../../../engine/graph/resourceGraph";
import { planStack } from "../../../../engine/planStack";
import { assertSnapshot } from "../../../support/snapshot";
import { startStreamlake } from "../../support/streamlakeProcess";

const root = join(__dirname, "../../../..");
const policyPack = join(root, "test/engine/fixtures/packs/strict");

const PROGRAM = `const pulumi = require("@pulumi/pulumi");
const aws = require("@pulumi/aws");
const config = new pulumi.Config();
const stream = new aws.kinesis.Stream("clicks", {
  retentionPeriod: config.requireNumber("retention"),
  shardCount: 1,
  kmsKeyId: config.requireSecret("key"),
});
const bucket = new aws.s3.Bucket("lake", { bucket: config.get("bucket"), forceDestroy: true });
new aws.s3.BucketPolicy("lake", {
  bucket: bucket.bucket,
  policy: pulumi.jsonStringify({
    Statement: [{ Effect: "Allow", Principal: "*", Action: JSON.parse(config.require("actions")), Resource: bucket.arn }],
  }),
});
const { accountId } = aws.getCallerIdentityOutput();
exports.account = accountId;
`;

interface Result {
  readonly stdout: string;
  readonly stderr: string;
  /** Exit code, or the message of the error. */
  readonly exit: number | string;
}

describe("streamlake plan --diff", function () {
  let repository = "";
  let project = "";

  const git = (...args: readonly string[]): string =>
    execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@example.com", ...args], {
      cwd: repository,
      encoding: "utf8",
    });
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(repository, path)), { recursive: true });
    writeFileSync(join(repository, path), text);
  };
  const stackFile = (values: Readonly<Record<string, string>>): string =>
    [
      "config:",
      ...Object.entries(values).map(([key, value]) => `  shop:${key}: ${value}`),
      "",
    ].join("\n");
  const OLD = { retention: "168", key: "hush-hush", actions: "'[\"s3:GetObject\"]'" };
  const NEW = {
    ...{ retention: "24", key: "hush-hush-2", bucket: "the-lake" },
    actions: '\'["s3:GetObject","s3:PutObject"]\'',
  };

  async function planned(options: Partial<PlanOptions>): Promise<Result> {
    let [stdout, stderr] = ["", ""];
    const output = {
      stdout: { write: (text: string) => (stdout += text) },
      stderr: { write: (text: string) => (stderr += text) },
      colors: pc.createColors(false),
    };
    const exit = await plan({ stack: "dev", cwd: project, policyPack, ...options }, output).catch(
      (error: unknown) => (error as Error).message,
    );
    return { stdout, stderr, exit };
  }

  before(() => {
    repository = realpathSync(mkdtempSync(join(tmpdir(), "streamlake-test-")));
    project = join(repository, "infra");
    git("init", "--quiet", "--initial-branch=main");
    write(".gitignore", "node_modules\n*.json\n!package.json\n");
    write("README.md", "Nothing yet\n");
    git("add", ".");
    git("commit", "--quiet", "-m", "Begin");
    git("tag", "empty");
    write(
      "infra/Pulumi.yaml",
      "name: shop\nruntime:\n  name: nodejs\n  options:\n    typescript: false\nmain: index.js\n",
    );
    write("infra/index.js", PROGRAM);
    writeFileSync(join(project, "package.json"), "{}");
    write("infra/requirements.txt", "pulumi==3.0.0\n");
    write("infra/Pulumi.dev.yaml", stackFile(OLD));
    symlinkSync(join(root, "node_modules"), join(project, "node_modules"));
    git("add", ".");
    git("commit", "--quiet", "-m", "Add a lake");
  });

  after(() => {
    rmSync(repository, { recursive: true });
  });

  describe("with what there is now", () => {
    it("finds no difference from a plan that was saved, or from what is deployed", async () => {
      const saved = await planned({ json: true });
      write("infra/plan.json", saved.stdout);
      const graph = await deployedGraph();
      write("infra/export.json", JSON.stringify(graph));
      const [fromPlan, fromExport] = [
        await planned({ diff: "plan.json" }),
        await planned({ diff: "export.json", json: true, policy: false }),
      ];
      assert.match(fromPlan.stdout, /\nNo difference from plan\.json\n/);
      const { resources, policies, grants } = JSON.parse(fromExport.stdout) as Record<
        string,
        unknown
      >;
      assert.deepEqual([resources, policies, grants], [[], { added: [], fixed: [] }, []]);
    });

    /** A stack export of the program, as AWS and another account would have it. */
    async function deployedGraph() {
      const { graph } = await planStack(
        { directory: project, stack: "dev", preview: false, policyPack: undefined },
        () => undefined,
      );
      const real = (text: string): string =>
        text.replaceAll("123456789012", "210987654321").replaceAll(/-[0-9a-f]{7}\b/g, "-1234567");
      const state = (resource: GraphResource) => {
        const { urn, type, custom, parent, id, propertyDependencies, dependencies } = resource;
        const inputs = {
          ...resource.inputs,
          __defaults: type.includes("policy") ? [] : ["name", "bucket"],
        };
        return {
          ...{ urn, type, custom, parent, id, propertyDependencies, dependencies, inputs },
          outputs: mapValues(resource.outputs, (value) => value),
        };
      };
      const document = { version: 3, deployment: { resources: graph.resources.map(state) } };
      // The value of a secret is encrypted in an export.
      const secret = {
        "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
        ciphertext: "x",
      };
      const text = JSON.stringify(document).replaceAll('"[secret]"', JSON.stringify(secret));
      return JSON.parse(real(text)) as unknown;
    }
  });

  describe("after a change", () => {
    let text: Result;
    let markdown: string;
    before(async () => {
      write("infra/Pulumi.dev.yaml", stackFile(NEW));
      write("infra/requirements.txt", "pulumi==4.0.0\n");
      text = await planned({ diff: "main", markdown: "comment.md" });
      markdown = readFileSync(join(project, "comment.md"), "utf8");
    });

    const shown = (output: string): string => output.replaceAll(/\(?\b[0-9a-f]{7}\)/g, "(0f1e2d3)");

    it("shows what is replaced and lost, what changes, access and findings", () => {
      assertSnapshot("diff/revision.txt", shown(text.stdout));
      assert.equal(text.exit, 1, text.stderr);
    });

    it("writes the same as a comment for a pull request", () => {
      assertSnapshot("diff/revision.md", shown(markdown));
    });

    it("shows no secret, and names the side of what is printed", () => {
      assert.doesNotMatch(text.stdout + text.stderr + markdown, /hush/);
      assert.deepEqual(text.stderr.split("\n").sort(), [
        "",
        "main: strict is loaded",
        "working tree: strict is loaded",
      ]);
    });

    it("leaves no worktree behind, also if the revision cannot be planned", async () => {
      write("infra/index.js", "throw new Error('the lake is dry');\n");
      git("commit", "--quiet", "-am", "Break it");
      write("infra/index.js", PROGRAM);
      const broken = await planned({ diff: "HEAD", policy: false });
      assert.match(String(broken.exit), /the lake is dry/);
      assert.match(broken.stderr, /Revision HEAD cannot be planned/);
      assert.equal(git("worktree", "list").trim().split("\n").length, 1);
      const left = readdirSync(tmpdir()).filter((name) => name.startsWith("streamlake-diff-"));
      const own = left.filter((name) => readdirSync(join(tmpdir(), name)).length > 0);
      assert.deepEqual(own, []);
    });

    it("removes the worktree on Ctrl-C, and exits with 130", async () => {
      write("infra/index.js", "setInterval(() => undefined, 1000);\n");
      git("commit", "--quiet", "-am", "Wait");
      write("infra/index.js", PROGRAM);
      const args = ["plan", "--stack", "dev", "-C", project, "--no-policy", "--diff", "HEAD"];
      const command = startStreamlake(args);
      const isThere = (): boolean => /\/tree /.test(git("worktree", "list"));
      while (!isThere()) await setTimeout(50);
      command.kill("SIGINT");
      assert.equal(await command.exit, 130, command.stderr());
      assert.ok(!isThere());
    });

    it("counts all resources as new if the stack does not exist there", async () => {
      const { stdout } = await planned({ diff: "empty", policy: false });
      assert.match(
        stdout,
        /note: Pulumi\.yaml does not exist in empty, so all resources are new\./,
      );
      assert.match(stdout, /\nResources: 3 added; 1 added grant\n/);
    });
  });

  it("rejects what is neither a file nor a revision, and files of other things", async () => {
    write("infra/other.json", "{}");
    const stack = JSON.stringify({ stack: "prod", resources: [] });
    write("infra/broken.json", stack);
    for (const [diff, message] of [
      [
        "nope",
        /^--diff nope: there is no file nope, and no Git revision of that name\. .*git fetch/,
      ],
      ["--help", /^--diff --help: there is no file/],
      ["Pulumi.yaml", /^--diff Pulumi\.yaml: the file is not JSON\. .*refs\/heads\/Pulumi\.yaml/],
      ["other.json", /^--diff other\.json: the file is neither a plan nor a stack export/],
      ["broken.json", /^broken\.json cannot be read: resources has an unknown form/],
    ] as const)
      assert.match(String((await planned({ diff, policy: false })).exit), message);
  });

  it("rejects a revision outside of a repository, and a second comparison", async () => {
    const directory = mkdtempSync(join(tmpdir(), "streamlake-test-"));
    const outside = await planned({ diff: "main", cwd: directory, policy: false });
    rmSync(directory, { recursive: true });
    assert.match(
      String(outside.exit),
      /^--diff main: there is no file main, and .* is not in a Git/,
    );
    const both = await planned({ diff: "main", compare: "prod" });
    assert.equal(both.exit, "--diff cannot be combined with --compare or --compliance.");
  });
});
