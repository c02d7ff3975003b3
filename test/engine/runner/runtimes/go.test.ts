import assert from "node:assert/strict";
import { chmodSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runProgram } from "../../../../engine/program/runProgram";
import { madeUpProvider } from "../../../../engine/provider/madeUpProvider";
import { readStack } from "../../../../engine/stack/stackFile";
import { temporaryFolder } from "../../../local/support/temporaryFolder";
import { hasGo } from "../../support/languageSdks";

describe("a Go program", () => {
  const directory = temporaryFolder();
  const project = (name: string, files: Readonly<Record<string, string>>): string => {
    const path = join(directory, name);
    mkdirSync(path, { recursive: true });
    const yaml = "name: lake\nruntime: go\n";
    for (const [file, content] of Object.entries({ "Pulumi.yaml": yaml, ...files }))
      writeFileSync(join(path, file), content);
    return path;
  };
  const run = (path: string) =>
    runProgram(readStack(path, "dev"), madeUpProvider("us-east-1"), {
      print: () => undefined,
      signal: new AbortController().signal,
    });
  const go = (main: string) => ({
    "go.mod": "module lake\n\ngo 1.21\n",
    "main.go": `package main\n\n${main}\n`,
  });
  const { env } = process;
  beforeEach(() => {
    process.env = { ...env };
  });
  afterEach(() => {
    process.env = env;
  });

  it("needs Go, or a built program", async () => {
    process.env["PATH"] = directory;
    await assert.rejects(run(project("none", {})), {
      message: /^The program needs Go, and go is not on PATH\. .*runtime\.options\.binary/,
    });
    const yaml = "name: lake\nruntime: { name: go, options: { binary: bin/lake } }\n";
    await assert.rejects(run(project("unbuilt", { "Pulumi.yaml": yaml })), {
      message: /binary: bin\/lake, but there is no .* Build it: go build -o bin\/lake$/,
    });
  });

  it("runs as built, with the stack in its environment", async () => {
    const yaml = "name: lake\nruntime: { name: go, options: { binary: ./lake } }\n";
    const script = `#!${process.execPath}
      const { PULUMI_PROJECT, PULUMI_STACK, PULUMI_DRY_RUN, PULUMI_MONITOR } = process.env;
      console.error("panic: " + [PULUMI_PROJECT, PULUMI_STACK, PULUMI_DRY_RUN].join());
      console.error("\\ngoroutine 1 [running]:\\nmain.main()\\n\\t" + __filename + ".go:7 +0x1");
      process.exit(PULUMI_MONITOR.startsWith("127.0.0.1:") ? 2 : 3);`;
    const path = project("built", { "Pulumi.yaml": yaml, lake: script });
    chmodSync(join(path, "lake"), 0o755);
    await assert.rejects(run(path), { message: "panic: lake,dev,true (lake.go:7)" });
  });

  const compiled = hasGo() ? it : it.skip;
  const title = (text: string): string =>
    hasGo() ? text : `${text} (skipped: go is not installed)`;

  compiled(title("that does not compile is reported with its first error"), async () => {
    const path = project("broken", go("func main() {\n\tdry()\n\twet()\n}"));
    await assert.rejects(run(path), {
      message:
        "The program does not compile: ./main.go:4:2: undefined: dry\nTo see all errors: go build -o /dev/null .",
    });
  });

  compiled(title("whose modules are missing is reported with the command for them"), async () => {
    const path = project("modules", go('import "example.com/none"\n\nfunc main() { none.Go() }'));
    await assert.rejects(run(path), {
      message: /example\.com\/none.*\nDownload its modules: go mod tidy$/s,
    });
  });

  compiled(title("that panics is reported with its line, and leaves no file behind"), async () => {
    const path = project("panics", go('func main() {\n\tpanic("the lake is dry")\n}'));
    const temporary = join(directory, "temporary");
    mkdirSync(temporary);
    process.env["TMPDIR"] = temporary;
    await assert.rejects(run(path), { message: "panic: the lake is dry (main.go:4)" });
    assert.deepEqual(readdirSync(temporary), []);
    assert.deepEqual(readdirSync(path).sort(), ["Pulumi.yaml", "go.mod", "main.go"]);
  });
});
