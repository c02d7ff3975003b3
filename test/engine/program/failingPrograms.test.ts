import assert from "node:assert/strict";
import { mapConcurrently } from "../../../engine/policy/policyPack";
import { RunnerFailure } from "../../../engine/runner/runnerFailure";
import { runFiles } from "../support/temporaryProgram";

/** Checking types takes seconds. */
const UNCHECKED = { "tsconfig.json": '{ "ts-node": { "transpileOnly": true } }' };
const MODULE = {
  "package.json": '{ "type": "module" }',
  "tsconfig.json": '{ "compilerOptions": { "module": "nodenext", "types": [] } }',
};
const teams =
  "export interface Team {\n  lead: string;\n}\n\nexport const teams: Record<string, Team> = {};\n" +
  "export function leadOf(name: string): string {\n  return teams[name]!.lead;\n}\n";

/** [title, files, entire message; DIR stands for the directory of the program] */
const cases: readonly [title: string, files: Record<string, string>, message: string][] = [
  [
    "a function that throws, in TypeScript",
    { "teams.ts": teams, "index.ts": 'import { leadOf } from "./teams";\n\nleadOf("web");\n' },
    "TypeError: Cannot read properties of undefined (reading 'lead')\n" +
      "    at leadOf (DIR/teams.ts:7:23)\n    at DIR/index.ts:3:7",
  ],
  [
    "a function that throws, in an ES module in TypeScript",
    {
      ...MODULE,
      "teams.ts": teams,
      "index.ts": 'import { leadOf } from "./teams.js";\n\nleadOf("web");\n',
    },
    "TypeError: Cannot read properties of undefined (reading 'lead')\n" +
      "    at leadOf (DIR/teams.ts:7:23)\n    at DIR/index.ts:3:1",
  ],
  [
    "a function that throws, in an ES module in JavaScript",
    {
      ...MODULE,
      "index.js": 'const size = () => {\n  throw new Error("too small");\n};\nsize();\n',
    },
    "too small\n    at size (DIR/index.js:2:9)\n    at DIR/index.js:4:1",
  ],
  [
    "a promise that is rejected",
    {
      "index.ts":
        'async function find(): Promise<void> {\n  await Promise.resolve();\n  throw new RangeError("nothing found");\n}\n\nexport const found = find();\n',
    },
    "RangeError: nothing found\n    at find (DIR/index.ts:3:9)",
  ],
  [
    "a callback of apply",
    {
      "index.ts":
        'import * as pulumi from "@pulumi/pulumi";\n\nexport const size = pulumi.output("12").apply((text) => {\n  return JSON.parse(text).size.value;\n});\n',
    },
    "TypeError: Cannot read properties of undefined (reading 'value')\n    at DIR/index.ts:4:31",
  ],
  [
    "a registration that the engine rejects",
    {
      "index.js":
        'const pulumi = require("@pulumi/pulumi");\n\nfor (const name of ["a", "a"])\n  new pulumi.CustomResource("acme:index:Lake", name, {});\n',
    },
    'Two resources have the name "a" and the type acme:index:Lake: urn:pulumi:dev::shop::acme:index:Lake::a is already in use. Rename one of them.\n    at DIR/index.js:4:3',
  ],
  [
    "a module that does not exist",
    { "index.ts": 'import { leadOf } from "./tems";\n\nleadOf("web");\n' },
    "Cannot find module './tems'\nRequire stack:\n- DIR/index.ts\n    at DIR/index.ts:1:1",
  ],
  [
    "a syntax error in JavaScript",
    { "index.js": "const size = 1;\nconst = 2;\n" },
    "DIR/index.js:2\nconst = 2;\n      ^\n\nSyntaxError: Unexpected token '='",
  ],
  [
    "a syntax error in TypeScript",
    { "index.ts": "const size = 1;\nconst = 2;\n" },
    "⨯ Unable to compile TypeScript:\n" +
      "index.ts(2,7): error TS1134: Variable declaration expected.\n" +
      "index.ts(2,9): error TS1134: Variable declaration expected.",
  ],
  [
    "a type error in TypeScript",
    {
      "index.ts": "export const size: number = 1;\nexport const name: string = size;\n",
      "tsconfig.json": '{ "compilerOptions": { "types": [] } }',
    },
    "⨯ Unable to compile TypeScript:\n" +
      "index.ts(2,14): error TS2322: Type 'number' is not assignable to type 'string'.",
  ],
  [
    "a deliberate error, whose place does not matter",
    {
      "index.ts":
        'import * as pulumi from "@pulumi/pulumi";\n\nthrow new pulumi.RunError("Set the size: pulumi config set size 3");\n',
    },
    "Set the size: pulumi config set size 3",
  ],
];

describe("runProgram with a program that throws", () => {
  const messages = new Map<string, string>();
  before(async () => {
    await mapConcurrently(cases, 2, async ([title, files]) => {
      await assert.rejects(runFiles({ ...UNCHECKED, ...files }), (error) => {
        assert.ok(error instanceof RunnerFailure);
        messages.set(title, error.message);
        return true;
      });
    });
  });

  for (const [title, , message] of cases)
    it(`reports the place of ${title}`, () => {
      const found = messages.get(title)?.replace(/\/\S*streamlake-test-\w+/g, "DIR");
      assert.equal(found, message);
    });
});
