import assert from "node:assert/strict";
import { chmodSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { TemporaryProject, TRANSPILE_ONLY } from "./support";

const PROGRAM = `
import * as pulumi from "@pulumi/pulumi";
import { label } from "./label";

enum Kind { Note = "note" }

class Note extends pulumi.dynamic.Resource {
  constructor(name: string) {
    super({ create: async (inputs) => ({ id: label(Kind.Note), outs: inputs }) }, name, {});
  }
}

new Note(Kind.Note);
export const code = pulumi.runtime
  .serializeFunction(() => label("a function"))
  .then(({ text }) => text);
const Native = setTimeout(() => undefined).constructor as new () => object;
export const refusal = pulumi.runtime
  .serializeFunction(() => new Native())
  .catch(({ message }: Error) => message);
export const packages = pulumi.runtime
  .computeCodePaths({ extraIncludePaths: ["./label.ts"] })
  .then((paths) => [...paths.keys()].includes("label.ts"));
export const api = typeof pulumi.automation.LocalWorkspace.create;
export const position = new Error().stack?.match(/index\\.ts:\\d+:\\d+/)?.[0];
`;
/** A program that needs no compiler once it is compiled. */
const SMALL = 'import { label } from "./label";\nexport const name = label("x");';
const LABEL = "export const label = (name: string): string => `label of ${name}`;\n";
const MANIFEST = JSON.stringify({ name: "lake", dependencies: {} });

describe("A TypeScript program", () => {
  let project: TemporaryProject;
  let document: string;
  const cacheFiles = (): readonly string[] => {
    const directory = join(project.cache, "streamlake");
    return readdirSync(directory)
      .map((name) => join(directory, name))
      .filter((file) => !file.endsWith("node"));
  };
  const planned = async (...options: readonly string[]): Promise<string> => {
    const { stdout, stderr, exitCode } = await project.planHere(...options);
    assert.equal(stderr, "");
    assert.equal(exitCode, 0);
    return stdout;
  };
  const plannedInProcess = (): string => {
    const { stdout, stderr, status } = project.plan();
    assert.equal(stderr, "");
    assert.equal(status, 0);
    return stdout;
  };
  before(async () => {
    project = new TemporaryProject({
      "index.ts": PROGRAM,
      "label.ts": LABEL,
      "package.json": MANIFEST,
      "tsconfig.json": TRANSPILE_ONLY,
    });
    document = await planned("--no-cache");
  });
  after(() => {
    project.remove();
  });

  it("has dynamic providers and functions that are serialized", () => {
    const { outputs } = JSON.parse(document) as { outputs: Record<string, unknown> };
    assert.match(String(outputs["code"]), /label of/);
    assert.match(String(outputs["refusal"]), /index\.ts\(\d+,\d+\): captured[^]*Native/);
    assert.equal(outputs["packages"], true);
    assert.equal(outputs["api"], "function");
    assert.match(document, /dynamic:Resource/);
  });

  it("has the same plan in its first run and in later ones", async () => {
    assert.equal(await planned(), document);
    assert.equal(await planned(), document);
  });

  it("is compiled in its first run only", async () => {
    // Serializing a function needs the compiler in every run.
    project.write({ "index.ts": SMALL });
    const first = await planned();
    assert.equal(project.loadedCompiler, true);
    assert.equal(await planned(), first);
    assert.equal(project.loadedCompiler, false);
    assert.equal(await planned("--no-cache"), first);
    assert.equal(project.loadedCompiler, true);
    project.write({ "index.ts": PROGRAM });
  });

  it("is compiled again after a change of its settings", async () => {
    const source = `class A { declare x: string; y = 1; } export const keys = Object.keys(new A());
      export const type = typeof (globalThis as { z?: unknown }).z;`;
    project.write({ "index.ts": source });
    await planned();
    project.write({ "tsconfig.json": TRANSPILE_ONLY.replace("es2022", "es2020") });
    await planned();
    assert.equal(project.loadedCompiler, true);
    project.write({ "index.ts": PROGRAM, "tsconfig.json": TRANSPILE_ONLY });
  });

  it("has the same plan with a damaged cache", () => {
    project.write({ "index.ts": SMALL });
    const first = plannedInProcess();
    for (const file of cacheFiles()) writeFileSync(file, "damaged");
    assert.equal(plannedInProcess(), first);
    assert.equal(plannedInProcess(), first);
    assert.equal(project.loadedCompiler, false);
    project.write({ "index.ts": PROGRAM });
  });

  it("has the same plan with a cache that cannot be written or is a file", () => {
    project.write({ "index.ts": SMALL });
    const first = plannedInProcess();
    rmSync(project.cache, { recursive: true, force: true });
    mkdirSync(join(project.cache, "streamlake"), { recursive: true });
    chmodSync(join(project.cache, "streamlake"), 0o500);
    assert.equal(plannedInProcess(), first);
    rmSync(project.cache, { recursive: true, force: true });
    writeFileSync(project.cache, "");
    assert.equal(plannedInProcess(), first);
    rmSync(project.cache);
    project.write({ "index.ts": PROGRAM });
  });

  it("has stack traces with lines of its sources, from the first run and from later ones", () => {
    project.write({ "index.ts": `${LABEL}\n\nthrow new Error(label("this failure"));` });
    for (const run of ["first", "second"]) {
      const { stderr, status } = project.plan();
      assert.equal(status, 2, run);
      assert.match(stderr, /label of this failure[^]*index\.ts:4:\d+/, run);
    }
    assert.equal(project.loadedCompiler, false);
    project.write({ "index.ts": PROGRAM });
  });

  it("has the same syntax error in every run", async () => {
    project.write({ "index.ts": "export const broken = ;" });
    const first = await project.planHere("--no-cache");
    assert.match(first.stderr, /Unable to compile TypeScript[^]*index\.ts[^]*TS1109/);
    for (let run = 0; run < 2; run++) assert.equal((await project.planHere()).stderr, first.stderr);
    project.write({ "index.ts": PROGRAM });
  });

  it("has its types checked in every run unless the project says otherwise", async () => {
    project.write({
      "index.ts": 'import { label } from "./label";\nexport const wrong: number = label("x");',
      "tsconfig.json": JSON.stringify({
        compilerOptions: { strict: true, types: [], lib: ["es2022"] },
      }),
    });
    const first = await project.planHere("--no-cache");
    assert.equal(first.exitCode, 2);
    assert.match(first.stderr, /TS2322: Type 'string' is not assignable to type 'number'/);
    for (let run = 0; run < 2; run++) assert.equal((await project.planHere()).stderr, first.stderr);
    project.write({ "label.ts": LABEL.replaceAll("string", "any") });
    assert.equal((await project.planHere()).exitCode, 0);
    // Only the other file changes, and makes the first one wrong.
    project.write({ "label.ts": LABEL });
    assert.equal((await project.planHere()).stderr, first.stderr);
    project.write({ "index.ts": PROGRAM, "tsconfig.json": TRANSPILE_ONLY });
  });
});
