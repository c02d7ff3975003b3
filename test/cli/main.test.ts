import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { resolve } from "node:path";

/** Names of the packages that the compiled command line loads for these arguments. */
function loadedPackages(...args: readonly string[]): ReadonlySet<string> {
  const script = `
    process.argv.splice(1, process.argv.length, "node", "streamlake", ...${JSON.stringify(args)});
    process.on("exit", () => console.error(Object.keys(require.cache).join("\\n")));
    require(${JSON.stringify(resolve("cli/dist/cli/main.js"))});
  `;
  const { stderr, status } = spawnSync(process.execPath, ["-e", script], { encoding: "utf8" });
  assert.equal(status, 0, stderr);
  const packages = stderr.matchAll(/node_modules[/\\]((?:@[^/\\]+[/\\])?[^/\\\n]+)/g);
  return new Set(Array.from(packages, ([, name = ""]) => name.replace("\\", "/")));
}

describe("streamlake", () => {
  for (const args of [["--help"], ["local", "--help"], ["plan", "--help"]])
    it(`prints ${args.join(" ")} without loading the AWS SDK, Pulumi or gRPC`, () => {
      const packages = loadedPackages(...args);
      assert.ok(packages.has("commander"));
      const slow = [...packages].filter((name) => /^@(aws|smithy|pulumi|grpc|js-joda)/.test(name));
      assert.deepEqual(slow, []);
    });
});
