import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { resolve } from "node:path";

/** The files that the compiled command line loads for these arguments, with slashes. */
function loadedFiles(...args: readonly string[]): readonly string[] {
  // Of a script without a file, commander reads the arguments from the first one on.
  const script = `
    process.argv.splice(1, process.argv.length, ...${JSON.stringify(args)});
    process.on("exit", () => console.error(Object.keys(require.cache).join("\\n")));
    require(${JSON.stringify(resolve("cli/dist/cli/main.js"))});
  `;
  const { stderr, status } = spawnSync(process.execPath, ["-e", script], { encoding: "utf8" });
  assert.equal(status, 0, stderr);
  return stderr.split("\n").map((file) => file.replaceAll("\\", "/"));
}

/** Names of the packages of files. */
function packagesOf(files: readonly string[]): ReadonlySet<string> {
  const packages = files.join("\n").matchAll(/node_modules\/((?:@[^/]+\/)?[^/\n]+)/g);
  return new Set(Array.from(packages, ([, name = ""]) => name));
}

describe("streamlake", () => {
  for (const args of [["--help"], ["local", "--help"], ["plan", "--help"]])
    it(`prints ${args.join(" ")} without loading the AWS SDK, Pulumi or gRPC`, () => {
      const packages = packagesOf(loadedFiles(...args));
      assert.ok(packages.has("commander"));
      const slow = [...packages].filter((name) => /^@(aws|smithy|pulumi|grpc|js-joda)/.test(name));
      assert.deepEqual(slow, []);
    });

  it("plans a stack without loading what only baselines and compliance reports need", () => {
    const files = loadedFiles("plan", "--stack", "dev", "--no-policy");
    assert.ok(files.some((file) => file.endsWith("cli/dist/cli/plan/showPlan.js")));
    const reports =
      /\/(?:baseline\/baselineFile|compliance\/(?!complianceOptions|framework|reportFormat)\w+)\.js$/;
    assert.deepEqual(
      files.filter((file) => reports.test(file)),
      [],
    );
    assert.ok(!packagesOf(files).has("zod"));
  });
});
