import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { startPackServer } from "../../../engine/policy/packServer";
import { readStack } from "../../../engine/stack/stackFile";
import { fixture } from "../support/fixtures";

describe("the server of a policy pack", () => {
  let pack: string;
  beforeEach(() => {
    pack = mkdtempSync(join(tmpdir(), "streamlake-test-"));
    write("PulumiPolicy.yaml", 1, "runtime: nodejs\n");
    write("package.json", 1, '{"main":"bin/index.js"}');
    write("rules/tags.ts", 10);
  });
  afterEach(() => {
    rmSync(pack, { recursive: true });
  });

  /** Writes a file, last modified some seconds after 1970. */
  function write(name: string, seconds: number, content = ""): void {
    const file = join(pack, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
    utimesSync(file, seconds, seconds);
  }
  const shown = (path: string): string => relative(process.cwd(), path);
  const start = async (): Promise<unknown> => {
    const end = new AbortController();
    try {
      return await startPackServer(pack, readStack(fixture("lake"), "dev"), { signal: end.signal });
    } finally {
      end.abort();
    }
  };

  it("does not start a pack that is not built, and prints how to build it", async () => {
    await assert.rejects(start, {
      message:
        `The policy pack ${pack} is not built: there is no ${shown(join(pack, "bin/index.js"))}. ` +
        `Build it: npx tsc -b ${shown(pack)}`,
    });
  });

  it("does not start an old build of a rule, and prints how to build it", async () => {
    write("bin/index.js", 5);
    await assert.rejects(start, {
      message:
        `${shown(join(pack, "rules/tags.ts"))} was edited after its policy pack was built. ` +
        `Build it: npx tsc -b ${shown(pack)}`,
    });
  });

  it("runs a build that is newer than its sources", async () => {
    write("bin/index.js", 20);
    // The pack has no dependencies here, which the next step finds.
    await assert.rejects(start, { message: /^@pulumi\/pulumi is not installed for / });
  });

  for (const [runtime, shownAs] of [
    ["runtime: python\n", '"python"'],
    ["runtime: { name: opa }\n", '"opa"'],
  ] as const)
    it(`rejects ${shownAs}, because only packs for Node.js run offline`, async () => {
      write("PulumiPolicy.yaml", 1, runtime);
      await assert.rejects(start, {
        message: `${join(pack, "PulumiPolicy.yaml")} sets runtime ${shownAs}; only "nodejs" packs can run offline.`,
      });
    });
});
