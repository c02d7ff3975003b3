import assert from "node:assert/strict";
import { cpSync, existsSync } from "node:fs";
import { join } from "node:path";
import manifest from "../../package.json";
import { packRules } from "../../policy/pack";
import { rules } from "../../policy/rules";
import { COMPONENT, PackageHost } from "../components/support/packageHost";
import { highestPeers, Installation, typescript } from "./support/installation";
import { packInfo } from "./support/packInfo";
import { succeed } from "./support/run";

describe("the packages, installed from tarballs with npm", () => {
  let project: Installation;
  before(async () => {
    project = await Installation.ofForeignProgram();
    await project.install([...highestPeers, typescript]);
  });
  after(() => {
    project.remove();
  });
  const installed = (name: string): string => join(project.directory, "node_modules", name);

  it("install one copy of Pulumi and of the provider", () => {
    for (const name of ["streamlake", "@streamlake/policy", "@streamlake/cli"])
      assert.ok(!existsSync(join(installed(name), "node_modules/@pulumi")), name);
  });

  describe("the command", () => {
    it("prints its version", async () => {
      const { stdout, exitCode } = await project.streamlake("--version");
      assert.deepEqual([stdout.trim(), exitCode], [manifest.version, 0]);
    });

    it("plans a program without the component, with the rules of the installed pack", async () => {
      const { resources, violations } = await project.plan("--stack", "dev");
      const types = resources.map(({ type }) => type);
      assert.ok(types.includes("aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream"));
      const violated = violations.map(({ policy }) => policy);
      assert.ok(violated.includes("kinesis-streams-are-encrypted"));
      assert.ok(violated.includes("firehose-objects-are-compressed"));
    });

    it("runs the program with 100 records", async () => {
      const records = Array.from({ length: 100 }, (_, order) => JSON.stringify({ order }));
      project.write("orders.jsonl", `${records.join("\n")}\n`);
      const args = ["--stack", "dev", "--input", "orders.jsonl", "--interval", "1"];
      const { stdout, stderr, exitCode } = await project.streamlake("local", ...args);
      assert.equal(exitCode, 0, stderr);
      assert.match(stdout, /^Delivered +100$/m);
      assert.match(stdout, /^Found +100 of 100 sent$/m);
    });

    it("runs the program with the sample events", async () => {
      const { stdout, stderr, exitCode } = await project.streamlake("local", "--interval", "1");
      assert.equal(exitCode, 0, stderr);
      assert.match(stdout, /^Delivered +2,400$/m);
    });
  });

  describe("the policy pack", () => {
    const namesOf = async (directory: string): Promise<readonly string[]> =>
      (await packInfo(directory)).policiesList.map(({ name }) => name);
    const names = packRules().map(({ name }) => name);

    it("starts from node_modules", async () => {
      assert.deepEqual(await namesOf(installed("@streamlake/policy")), names);
    });

    it("starts from a copied directory", async () => {
      const copy = join(project.directory, "gate");
      cpSync(installed("@streamlake/policy"), copy, { recursive: true });
      assert.deepEqual(await namesOf(copy), names);
    });

    it("has the version of its package", async () => {
      const { version } = await packInfo(installed("@streamlake/policy"));
      assert.equal(version, manifest.version);
    });
  });

  describe("the rules", () => {
    // A server that started would keep the process running.
    const print = "console.log(JSON.stringify([typeof resourceRule, typeof stackRule, names]));";
    const expected = ["function", "function", rules.map(({ name }) => name)];

    it("are a library for CommonJS, which starts no server", async () => {
      const { stdout } = await project.node(
        ...["--input-type=commonjs", "--eval"],
        `const { rules, resourceRule, stackRule } = require("@streamlake/policy/rules");
         const names = rules.map(({ name }) => name); ${print}`,
      );
      assert.deepEqual(JSON.parse(stdout), expected);
    });

    it("are a library for ES modules, which starts no server", async () => {
      const { stdout } = await project.node(
        ...["--input-type=module", "--eval"],
        `import { rules, resourceRule, stackRule } from "@streamlake/policy/rules";
         const names = rules.map(({ name }) => name); ${print}`,
      );
      assert.deepEqual(JSON.parse(stdout), expected);
    });
  });

  describe("the component", () => {
    it("can be imported from an ES module", async () => {
      const { stdout } = await project.node(
        ...["--input-type=module", "--eval"],
        `import { awaitIamPropagation, DeliveryPipeline, loadConfig } from "streamlake";
         console.log([awaitIamPropagation, DeliveryPipeline, loadConfig].map((it) => typeof it).join());`,
      );
      assert.equal(stdout.trim(), "function,function,function");
    });

    const program = `
      import * as pulumi from "@pulumi/pulumi";
      import { resourceRule, rules } from "@streamlake/policy/rules";
      import { DeliveryPipeline, loadConfig } from "streamlake";

      const { name, args } = loadConfig();
      export const streamName: pulumi.Output<string> = new DeliveryPipeline(name, args).streamName;
      export const names: readonly string[] = rules.map((rule) => rule.name);

      // @ts-expect-error: a number of hours
      new DeliveryPipeline("clicks", { stream: { retentionHours: "48" } });
      // @ts-expect-error: an output, not a string
      export const bucketName: string = new DeliveryPipeline("clicks", {}).bucketName;
      // @ts-expect-error: a rule without its definition
      resourceRule();
    `;
    const modules = ["program.cts", "program.mts"];
    const resolutions = {
      nodenext: { module: "nodenext", files: modules },
      node16: { module: "node16", files: modules },
      bundler: { module: "es2022", files: ["program.ts"] },
    };
    it("has types for CommonJS and ES modules with every module resolution", async () => {
      const projects: string[] = [];
      for (const [moduleResolution, { module, files }] of Object.entries(resolutions)) {
        for (const file of files) project.write(file, program);
        const compilerOptions = {
          module,
          moduleResolution,
          target: "es2022",
          strict: true,
          skipLibCheck: true,
          noEmit: true,
          types: [],
        };
        const config = `tsconfig.${moduleResolution}.json`;
        project.write(config, JSON.stringify({ compilerOptions, files }));
        projects.push(config);
      }
      // One build reads the types of the provider once for all of them.
      const build = [installed("typescript/bin/tsc"), "--build", "--verbose", ...projects];
      await succeed(project.directory, process.execPath, build);
    });

    it("serves its schema to other languages", async () => {
      const ended = new AbortController();
      try {
        const host = await PackageHost.start(ended.signal, installed("streamlake"));
        const schema = await host.schema();
        assert.deepEqual([schema.name, schema.version], ["streamlake", manifest.version]);
        assert.deepEqual(Object.keys(schema.resources), [COMPONENT]);
        const inputs = Object.keys(schema.resources[COMPONENT]?.inputProperties ?? {});
        assert.ok(inputs.includes("delivery"));
      } finally {
        ended.abort();
      }
    });
  });
});
