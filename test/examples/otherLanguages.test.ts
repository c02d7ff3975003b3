import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { resourcesOfType } from "../../engine/graph/resourceGraph";
import {
  COMPONENT,
  type Inputs,
  type InputValue,
  PackageHost,
  UNKNOWN_OUTPUT,
} from "../components/support/packageHost";
import type { ObjectSchema, PackageSchema } from "../components/support/packageSchema";
import { skip } from "../support/skip";
import { misfits } from "./misfits";

const EXAMPLES = join(__dirname, "../../examples");

interface ResourceDeclaration {
  readonly type: string;
  readonly properties: Inputs;
}

interface ProjectFile {
  readonly packages: Readonly<Record<string, string>>;
  readonly resources: Readonly<Record<string, ResourceDeclaration>>;
}

function read(...path: readonly string[]): string {
  return readFileSync(join(EXAMPLES, ...path), "utf8");
}

describe("the examples in YAML and Python", () => {
  const ended = new AbortController();
  let host: PackageHost;
  let schema: PackageSchema;
  before(async () => {
    host = await PackageHost.start(ended.signal);
    schema = await host.schema();
  });
  after(() => {
    ended.abort();
  });

  const inputs = (): ObjectSchema => {
    const { inputProperties: properties = {}, requiredInputs: required = [] } =
      schema.resources[COMPONENT] ?? {};
    return { properties, required };
  };
  const outputs = (): readonly string[] =>
    Object.keys(schema.resources[COMPONENT]?.properties ?? {});

  function namesThePackage(language: string): void {
    const { packages } = parse(read(language, "Pulumi.yaml")) as ProjectFile;
    assert.deepEqual(Object.keys(packages), [schema.name]);
    const [path = ""] = Object.values(packages);
    assert.ok(existsSync(join(EXAMPLES, language, path, "PulumiPlugin.yaml")));
  }

  it("are compared with the schema by a check that finds every mismatch", () => {
    const wrong = { delivery: { bufferSizeMB: 5 }, bucket: { tiering: [{ afterDays: "9" }] } };
    assert.deepEqual(misfits(schema, inputs(), wrong), [
      "delivery.bufferSizeMB is not in the schema",
      "bucket.tiering[0].storageClass is missing",
      'bucket.tiering[0].afterDays is "9", not of type number',
    ]);
  });

  describe("YAML", () => {
    const source = read("yaml/Pulumi.yaml");
    const program = parse(source) as ProjectFile;
    const pipelines = Object.entries(program.resources).filter(([, { type }]) =>
      type.startsWith("streamlake:"),
    );

    it("refers in YAML to the directory of the package", () => {
      namesThePackage("yaml");
    });

    it("uses a component of the package in YAML", () => {
      const types = pipelines.map(([, { type }]) => type);
      assert.deepEqual(types, [COMPONENT.replace(":index:", ":")]);
    });

    it("sets properties in YAML that fit the schema", () => {
      for (const [, { properties }] of pipelines)
        assert.deepEqual(misfits(schema, inputs(), properties), []);
    });

    it("reads outputs in YAML that the component has", () => {
      for (const [name] of pipelines) {
        const reads = [...source.matchAll(new RegExp(`\\$\\{${name}\\.(\\w+)`, "g"))];
        assert.ok(reads.length > 3);
        for (const [, output = ""] of reads) assert.ok(outputs().includes(output), output);
      }
    });

    it("marks the document among its outputs in YAML", () => {
      const { outputs: exported } = parse(source) as { outputs: Record<string, unknown> };
      assert.deepEqual(exported["athenaTable"], { "fn::secret": "${clicks.athenaTable}" });
    });

    it("sets properties in YAML that the component accepts", async () => {
      for (const [, { properties }] of pipelines) {
        const { graph } = await host.construct(beforeDeployment(properties));
        assert.equal(resourcesOfType(graph, COMPONENT).length, 1);
      }
    });
  });

  describe("Python", () => {
    interface PythonProgram {
      readonly modules: readonly string[];
      readonly arguments: Readonly<Record<string, unknown>>;
      readonly outputs: readonly string[];
    }
    let program: PythonProgram;
    before(function () {
      const reader = join(__dirname, "readPythonProgram.py");
      const { error, stdout, stderr } = spawnSync(
        "python3",
        [reader, join(EXAMPLES, "python/__main__.py")],
        { encoding: "utf8" },
      );
      if (error) skip(this, "python3, which parses the program, is not installed");
      assert.equal(stderr, "");
      program = JSON.parse(stdout) as PythonProgram;
    });

    it("refers in Python to the directory of the package and to the generated SDK", () => {
      namesThePackage("python");
      assert.ok(program.modules.includes(`pulumi_${schema.name}`));
      assert.match(read("python/requirements.txt"), new RegExp(`^sdks/${schema.name}$`, "m"));
    });

    it("passes arguments in Python that fit the schema", () => {
      assert.deepEqual(misfits(schema, inputs(), program.arguments, snakeCase), []);
    });

    it("reads outputs in Python that the component has", () => {
      const known = outputs().map(snakeCase);
      assert.ok(program.outputs.length > 3);
      for (const output of program.outputs) assert.ok(known.includes(output), output);
    });
  });
});

/** As the generated SDK for Python spells a name. */
function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** Properties in a first preview: the outputs of other resources are unknown. */
function beforeDeployment(properties: Inputs): Inputs {
  const entries = Object.entries(properties).map(([name, value]) => [name, withoutValues(value)]);
  return Object.fromEntries(entries) as Inputs;
}

function withoutValues(value: InputValue): InputValue {
  if (typeof value === "string") return value.includes("${") ? UNKNOWN_OUTPUT : value;
  if (typeof value !== "object") return value;
  return isList(value) ? value.map(withoutValues) : beforeDeployment(value);
}

/** Array.isArray does not see that a list may be read-only. */
function isList(value: Inputs | readonly InputValue[]): value is readonly InputValue[] {
  return Array.isArray(value);
}
