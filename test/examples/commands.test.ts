import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { streamlakeHere } from "../cli/support/streamlakeHere";

const EXAMPLES = "examples";

/**
 * The programs in TypeScript, whose first comment has the commands to run them. That of `rejected` is a recording:
 * test/generate/recordings/recordings.test.ts runs it.
 */
const examples = readdirSync(EXAMPLES).filter(
  (name) => existsSync(programOf(name)) && name !== "rejected",
);

function programOf(example: string): string {
  return join(EXAMPLES, example, "index.ts");
}

/** The first comment of a program as one line. */
function headerOf(example: string): string {
  const [header = ""] = /^(?:\/\/.*\n)+/.exec(readFileSync(programOf(example), "utf8")) ?? [];
  return header.replace(/^\/\/ ?/gm, "").replace(/\s*\n/g, "\n");
}

describe("the commands of the examples", () => {
  it("are those of each example", () => {
    assert.deepEqual(examples, [
      ...["existing", "logs", "parquet", "partitioned", "redaction"],
      ...["replacement", "transforms", "typescript"],
    ]);
  });

  for (const example of examples) {
    it(`plan examples/${example} without a violation of a mandatory rule or a denied call`, async () => {
      const [, command = ""] = /^ *npx streamlake (plan .*)$/m.exec(headerOf(example)) ?? [];
      assert.ok(command.includes(`--cwd examples/${example} `), command);
      const { exitCode, stdout, stderr } = await streamlakeHere(command.split(" "));
      assert.equal(stderr, "");
      assert.match(stdout, /^Access of /m);
      assert.doesNotMatch(stdout, /^ +Denied$|mandatory/m);
      assert.equal(exitCode, 0);
    });

    it(`deploy examples/${example} with the pack and the config of its plan`, () => {
      const command = /`(pulumi up [^`]*)`/.exec(headerOf(example))?.[1]?.replaceAll("\n", " ");
      const paths = [...(command ?? "").matchAll(/--[a-z-]+ (\S+)/g)].map(([, path = ""]) => path);
      const [, own] = / --policy-config (\S+)/.exec(headerOf(example)) ?? [];
      assert.deepEqual(paths, ["../../policy", own ?? "../../policy/config/dev.json"]);
      for (const path of paths) assert.ok(existsSync(resolve(EXAMPLES, example, path)), path);
    });
  }
});
