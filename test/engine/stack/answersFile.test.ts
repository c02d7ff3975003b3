import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import Ajv2020 from "ajv/dist/2020";
import { parse } from "yaml";
import { Secret } from "../../../engine/graph/resourceGraph";
import { type Answers, HIDDEN, readAnswers } from "../../../engine/stack/answersFile";
import { SECRET, SIGNATURE } from "../../../engine/wire";
import { withFiles } from "../support/fixtures";

const FILE = "streamlake.answers.yaml";

function read(files: Readonly<Record<string, string>>): Answers {
  return withFiles(files, (directory) => readAnswers(directory, "dev"));
}

const isValid = new Ajv2020().compile(
  JSON.parse(readFileSync("cli/answers.schema.json", "utf8")) as object,
);

const example = `
functions:
  - token: aws:ec2/getAmi:getAmi
    arguments: { owners: [self] }
    result: { id: ami-1 }
  - token: acme:index:find
    error: not found
stackReferences:
  acme/network/prod:
    outputs: { vpcId: vpc-1 }
`;

describe("the answers file", () => {
  it("is optional, and may be empty", () => {
    const none = { functions: [], stackReferences: new Map(), hasFunctions: false };
    assert.deepEqual(read({}), none);
    assert.deepEqual(read({ [FILE]: "# nothing yet\n" }), none);
  });

  it("has functions and stack references, each with its place", () => {
    const { functions, stackReferences, hasFunctions } = read({ [FILE]: example });
    assert.deepEqual(functions, [
      {
        ...{ token: "aws:ec2/getAmi:getAmi", arguments: { owners: ["self"] } },
        ...{ result: { id: "ami-1" }, place: `${FILE}:3` },
      },
      {
        ...{ token: "acme:index:find", arguments: {}, result: {} },
        ...{ error: "not found", place: `${FILE}:6` },
      },
    ]);
    assert.deepEqual(
      [...stackReferences],
      [["acme/network/prod", { outputs: { vpcId: "vpc-1" }, place: `${FILE}:10` }]],
    );
    assert.equal(hasFunctions, true);
  });

  it("of the stack comes before that of the project", () => {
    const ofStack = example.replace("ami-1", "ami-2").replace("vpc-1", "vpc-2");
    const { functions, stackReferences } = read({
      [FILE]: example,
      "streamlake.answers.dev.yaml": ofStack,
      "streamlake.answers.prod.yaml": "functions: wrong",
    });
    assert.deepEqual(
      functions.map(({ result }) => result["id"]),
      ["ami-2", undefined, "ami-1", undefined],
    );
    assert.deepEqual(stackReferences.get("acme/network/prod")?.outputs, { vpcId: "vpc-2" });
  });

  it("can name an export, whose encrypted outputs are hidden secrets", () => {
    const key = { [SIGNATURE]: SECRET, ciphertext: "v1:AAAA" };
    const outputs = { bucket: "orders", key };
    const urn = "urn:pulumi:prod::data::pulumi:pulumi:Stack::data-prod";
    const resources = [{ urn, type: "pulumi:pulumi:Stack", outputs }];
    const { stackReferences } = read({
      [FILE]: "stackReferences: { acme/data/prod: { export: data.json } }",
      "data.json": JSON.stringify({ version: 3, deployment: { resources } }),
    });
    const found = stackReferences.get("acme/data/prod")?.outputs ?? {};
    assert.equal(found["bucket"], "orders");
    assert.ok(found["key"] instanceof Secret);
    assert.equal(found["key"].reveal(), HIDDEN);
  });

  const invalid: readonly [what: string, text: string, message: string][] = [
    ["that is not YAML", "functions: [", `${FILE} is not valid YAML: `],
    [
      "that is a list",
      "- token: a",
      `${FILE}: the file is not valid; allowed: functions and stackReferences, e.g. functions: []`,
    ],
    [
      "with an unknown key",
      "function: []",
      `${FILE}: the file has the unknown key function; allowed: functions and stackReferences, e.g. functions: []`,
    ],
    [
      "with an entry without token and result",
      "functions:\n  - arguments: {}\n",
      `${FILE}:2: functions[0].token is missing; allowed: a function token, e.g. token: aws:ec2/getAmi:getAmi\n` +
        `${FILE}:2: functions[0] must have either result or error; allowed: token, arguments, and either result or error, e.g. { token: aws:ec2/getAmi:getAmi, result: {} }`,
    ],
    [
      "with a result and an error",
      "functions:\n  - token: a:b\n    result: {}\n    error: none\n",
      `${FILE}:2: functions[0] must have either result or error; allowed: token, arguments, and either result or error, `,
    ],
    [
      "with an error that is not a message",
      "functions:\n  - token: a:b\n    error: [none]\n",
      `${FILE}:3: functions[0].error is not valid; allowed: a message, e.g. error: not found`,
    ],
    [
      "with unknown keys in an entry",
      "functions:\n  - token: a:b\n    result: {}\n    args: {}\n",
      `${FILE}:2: functions[0] has the unknown key args; allowed: token, arguments, and either result or error, e.g. { token: aws:ec2/getAmi:getAmi, result: {} }`,
    ],
    [
      "with a token that has no colon",
      "functions:\n  - token: getAmi\n    result: {}\n",
      `${FILE}:2: functions[0].token is not valid; allowed: a function token, e.g. token: aws:ec2/getAmi:getAmi`,
    ],
    [
      "with a stack that has outputs and an export",
      "stackReferences:\n  a.b/c:\n    outputs: {}\n    export: c.json\n",
      `${FILE}:3: stackReferences.a.b/c must have either outputs or export; allowed: either outputs or export, e.g. { outputs: {} }`,
    ],
    [
      "with outputs that are a list",
      "stackReferences:\n  a.b/c:\n    outputs: []\n",
      `${FILE}:3: stackReferences.a.b/c.outputs is not valid; allowed: a mapping of outputs, e.g. outputs: { bucketName: orders }`,
    ],
    [
      "with an export that does not exist",
      "stackReferences:\n  a: { export: none.json }\n",
      "Cannot read the stack export: ENOENT",
    ],
  ];
  for (const [what, text, message] of invalid)
    it(`is rejected ${what}`, () => {
      assert.throws(
        () => read({ [FILE]: text }),
        (error: Error) => {
          assert.equal(error.message.slice(0, message.length), message);
          return true;
        },
      );
    });

  it("has a schema for editors, which accepts and rejects the same files", () => {
    assert.equal(isValid(parse(example)), true, JSON.stringify(isValid.errors));
    const structural = invalid.filter(([what]) => !/YAML|export/.test(what));
    for (const [what, text] of structural) assert.equal(isValid(parse(text)), false, what);
  });
});
