import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import Ajv from "ajv";
import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { type Example, readExample } from "../../generate/rulePages/example";
import type { ExampleProgram } from "../../generate/rulePages/exampleProgram";
import { MAPS, pythonName, pythonProgram } from "../../generate/rulePages/pythonProgram";
import { exemption, OF_EVERY_BUCKET } from "../../generate/rulePages/rulePage";
import { typescriptProgram } from "../../generate/rulePages/typescriptProgram";
import { yamlProgram } from "../../generate/rulePages/programSources";
import { rules } from "../../policy/rules";
import { skip } from "../support/skip";
import { evaluateProgram } from "./examples/evaluateProgram";
import { InstalledTypes } from "./examples/installedTypes";
import { planPrograms } from "./examples/planPrograms";

interface DeclaredResource {
  readonly type: string;
  readonly properties?: unknown;
}

describe("the example of a rule", () => {
  const examples = new Map<string, Example>();
  /** By rule and `bad` or `good`. */
  const programs = new Map<string, ExampleProgram>();
  let installed: InstalledTypes;

  for (const { name } of rules)
    it(`exists for ${name}`, () => {
      examples.set(name, readExample(name));
    });

  it("is a program in TypeScript that compiles with the installed provider", () => {
    for (const [name, { bad, good }] of examples)
      programs.set(`${name}-bad`, bad).set(`${name}-good`, good);
    const resources = [...programs.values()].flatMap((program) => Object.values(program));
    const modules = new Set(resources.map(({ type }) => type.split(":")[1] ?? ""));
    const sources = [...programs].map(
      ([name, program]) => [name, typescriptProgram(program)] as const,
    );
    installed = new InstalledTypes(new Map(sources), [...modules]);
    assert.deepEqual(installed.problems(), []);
  });

  for (const rule of rules) {
    const { name } = rule;

    it(`has a bad program that violates ${name}`, async () => {
      const example = examples.get(name) ?? readExample(name);
      const text = typescriptProgram(example.bad);
      const { violations } = await evaluateProgram(text, { [name]: example.config }, [name]);
      assert.ok(violations.length > 0, "The program violates nothing");
      const exempted = exemption(rule, example).resource;
      for (const { urn } of violations) assert.equal(urn.split("::").at(-1), exempted);
    });

    it(`has a good program that passes ${name} and every other mandatory rule`, async () => {
      const example = examples.get(name) ?? readExample(name);
      const text = typescriptProgram(example.good);
      const { violations, undecided } = await evaluateProgram(text, { [name]: example.config });
      const unexpected = violations.filter(
        ({ policy, level }) =>
          policy === name || (level === "mandatory" && !OF_EVERY_BUCKET.includes(policy)),
      );
      assert.deepEqual(unexpected, []);
      assert.deepEqual(undecided, []);
    });
  }

  it("has the same results in a plan of the offline engine", async () => {
    const firstOfService = new Map(
      rules.map(({ name }) => [name.split("-", 1)[0], name] as const).reverse(),
    );
    const planned = new Map<string, string>();
    for (const name of firstOfService.values()) {
      const { bad, good } = examples.get(name) ?? readExample(name);
      planned.set(`${name}-bad`, typescriptProgram(bad));
      planned.set(`${name}-good`, typescriptProgram(good));
    }
    const { report } = await planPrograms(planned);
    for (const name of firstOfService.values()) {
      const violating = report.violations.filter(({ policy }) => policy === name);
      const violated = new Set(
        violating.map(({ urn }) => urn.split("::").at(-1)?.split("/", 1)[0]),
      );
      assert.deepEqual([...violated], [`${name}-bad`]);
    }
  });

  it("is a program in YAML whose names the installed provider has", () => {
    const compared = [...programs].flatMap(([name, program]) => {
      const { resources } = parse(yamlProgram(program)) as {
        readonly resources: Readonly<Record<string, DeclaredResource>>;
      };
      return Object.values(resources).map(({ type, properties = {} }) => ({
        name,
        ...installed.compare(type, withoutDocuments(properties), (property) => property),
      }));
    });
    assert.deepEqual(
      compared.filter(({ unknown }) => unknown.length > 0),
      [],
    );
    // If a map is missing here, Python would write its keys in another way.
    assert.deepEqual(new Set(compared.flatMap(({ maps }) => maps)), MAPS);
  });

  it("is a program in Python that compiles and has the names of the installed provider", function () {
    const sources = [...programs].map(([name, program]) => [name, pythonProgram(program)] as const);
    const input = JSON.stringify(Object.fromEntries(sources));
    const reader = join(__dirname, "examples/pythonNames.py");
    const { error, status, stdout, stderr } = spawnSync("python3", [reader], {
      input,
      encoding: "utf8",
      maxBuffer: 1 << 26,
    });
    if (error) skip(this, "python3, which compiles the programs, is not installed");
    assert.equal(status, 0, stderr);
    const declared = JSON.parse(stdout) as Readonly<Record<string, readonly DeclaredResource[]>>;
    const unknown = Object.entries(declared).flatMap(([name, resources]) => {
      const { bad = {}, good = {} } = examples.get(name.replace(/-\w+$/u, "")) ?? {};
      const expected = Object.keys(name.endsWith("-bad") ? bad : good).length;
      assert.equal(resources.length, expected, name);
      return resources.flatMap(({ type, properties }) =>
        installed.compare(type, properties, pythonName).unknown.map((path) => `${name}: ${path}`),
      );
    });
    assert.deepEqual(unknown, []);
  });

  it("has an exemption that the JSON schema of exemptions accepts", () => {
    const schema = JSON.parse(readFileSync("policy/exemptions.schema.json", "utf8")) as object;
    const exemptions = rules.map((rule) => exemption(rule, readExample(rule.name)));
    const ajv = new Ajv();
    assert.ok(ajv.validate(schema, { exemptions }), ajv.errorsText());
  });
});

/** Without policy documents, whose names are those of IAM. */
function withoutDocuments(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutDocuments);
  if (typeof value !== "object" || value === null || "fn::toJSON" in value) return undefined;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, withoutDocuments(item)]),
  );
}
