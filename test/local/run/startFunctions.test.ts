import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type GivenFunction, startFunctions } from "../../../local/run/startFunctions";
import { functionArn } from "../../aws/firehose/support/inputs";
import { configuration } from "../support/records";
import { temporaryFolder } from "../support/temporaryFolder";

describe("the functions that delivery streams call", () => {
  const directory = temporaryFolder();
  const graph = { project: "shop", stack: "dev", resources: [], outputs: {} };
  const lambda = { type: "Lambda", bufferSizeMiB: 1, bufferSeconds: 60, retries: 3 } as const;

  before(() => {
    mkdirSync(join(directory, "empty"));
    writeFileSync(join(directory, "clean.yaml"), "");
    writeFileSync(join(directory, "clean.cjs"), "");
  });

  async function start(arn: string, ...given: readonly GivenFunction[]) {
    const processors = [{ ...lambda, functionArn: arn }];
    const options = { programDirectory: directory, given, onLog: () => undefined };
    const functions = await startFunctions(graph, [configuration({ processors })], options);
    await functions.close();
    return functions;
  }

  const given = (path: string, name = "clean"): GivenFunction => ({
    ...{ name, path: join(directory, path) },
  });

  it("are named with the option that runs a file if the program does not declare them", async () => {
    await assert.rejects(start(`${functionArn}:live`), {
      message:
        "The function clean, which events calls, is not declared by the program. To run a local file " +
        "in its place: --lambda clean=FILE",
    });
  });

  it("can be files, also of a version or an alias", async () => {
    for (const arn of [functionArn, `${functionArn}:live`, `${functionArn}:7`])
      await start(arn, given("clean.cjs"));
  });

  it("do not exist unless a delivery stream calls them", async () => {
    const functions = await start(functionArn, given("clean.cjs"));
    const never = new AbortController().signal;
    const other = functionArn.replace("clean", "other");
    await assert.rejects(functions.invoke(other, "{}", never), {
      code: "ResourceNotFoundException",
    });
  });

  for (const [what, file, expected] of [
    [
      "a file that does not exist",
      given("none.mjs"),
      /clean, which events calls, is to run .*none\.mjs, which does not exist\.$/u,
    ],
    [
      "a file of another kind",
      given("clean.yaml"),
      /allowed: a directory, or a file \.js, \.mjs, \.cjs, \.py\.$/u,
    ],
    [
      "a directory without index",
      given("empty"),
      /has no index\.js, index\.mjs, index\.cjs or index\.py\.$/u,
    ],
  ] as const)
    it(`cannot be ${what}`, async () => {
      await assert.rejects(start(functionArn, file), expected);
    });

  it("must be called if a file is given for them", async () => {
    await assert.rejects(
      start(functionArn, given("clean.cjs"), given("clean.cjs", "other")),
      /^Error: --lambda other=.*: no delivery stream calls a function other; they call clean\.$/u,
    );
  });
});
