import assert from "node:assert/strict";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runProgram } from "../../../../engine/program/runProgram";
import { madeUpProvider } from "../../../../engine/provider/madeUpProvider";
import { commandOf } from "../../../../engine/runner/runtimes/java";
import { readStack } from "../../../../engine/stack/stackFile";
import { temporaryFolder } from "../../../local/support/temporaryFolder";

describe("a Java program", () => {
  const directory = temporaryFolder();
  const { env } = process;
  beforeEach(() => {
    process.env = { ...env };
  });
  afterEach(() => {
    process.env = env;
  });

  /** A project with files; those that start with #! can be run. */
  const project = (name: string, files: Readonly<Record<string, string>>, options = "{}") => {
    const path = join(directory, name);
    mkdirSync(path, { recursive: true });
    const yaml = `name: lake\nruntime: { name: java, options: ${options} }\n`;
    for (const [file, content] of Object.entries({ "Pulumi.yaml": yaml, ...files })) {
      writeFileSync(join(path, file), content);
      if (content.startsWith("#!")) chmodSync(join(path, file), 0o755);
    }
    return readStack(path, "dev");
  };
  const run = (settings: ReturnType<typeof project>) =>
    runProgram(settings, madeUpProvider("us-east-1"), {
      print: () => undefined,
      signal: new AbortController().signal,
    });
  const printing = (output: string, code: number) =>
    `#!${process.execPath}\nconsole.log(${JSON.stringify(output)}); process.exit(${code});`;
  const pom = { "pom.xml": "<project/>" };

  it("is run by Maven, without downloads, with the stack in its environment", async () => {
    const mvnw = `#!${process.execPath}
      const { PULUMI_PROJECT, PULUMI_STACK, PULUMI_DRY_RUN } = process.env;
      console.log("[ERROR] " + [PULUMI_PROJECT, PULUMI_STACK, PULUMI_DRY_RUN, ...process.argv.slice(2)].join(" "));
      process.exit(1);`;
    await assert.rejects(run(project("wrapper", { ...pom, mvnw })), {
      message: "lake dev true --batch-mode --quiet --offline -Dstyle.color=never compile exec:java",
    });
  });

  it("is run by the Maven of its project, the one that Pulumi.yaml names, or the one on PATH", () => {
    const files = { ...pom, mvnw: "#!/bin/sh", other: "#!/bin/sh" };
    const commandIn = (options?: string) => commandOf(project("mavens", files, options).project);
    assert.equal(commandIn().command, join(directory, "mavens", "mvnw"));
    assert.throws(
      () => commandIn("{ use-executor: ./mvn-of-ours }"),
      /^Error: Pulumi\.yaml sets use-executor: \.\/mvn-of-ours, but there is no .*mvn-of-ours\. /,
    );
    assert.throws(() => commandIn("{ use-executor: mvn-of-ours }"), /mvn-of-ours is not on PATH/);
    writeFileSync(join(directory, "mavens", "mvn"), "");
    process.env["PATH"] = join(directory, "mavens");
    assert.equal(commandIn("{ use-executor: mvn }").command, join(directory, "mavens", "mvn"));
    assert.equal(commandIn("{ use-executor: ./mvn }").command, join(directory, "mavens", "mvn"));
  });

  it("is run as a JAR file if Pulumi.yaml names one", () => {
    writeFileSync(join(directory, "java"), "");
    process.env["PATH"] = directory;
    const { project: jar } = project("jar", { "lake.jar": "" }, "{ binary: lake.jar }");
    assert.deepEqual(commandOf(jar), {
      command: join(directory, "java"),
      arguments: ["-jar", join(directory, "jar", "lake.jar")],
    });
  });

  it("is rejected with what is missing, and how to get it", () => {
    process.env["PATH"] = join(directory, "nothing");
    const cases: readonly [files: Readonly<Record<string, string>>, options: string, RegExp][] = [
      [
        {},
        "{ binary: a.jar }",
        /binary: a\.jar, but there is no .*a\.jar\. Build it.*mvn package$/,
      ],
      [{ "a.jar": "" }, "{ binary: a.jar }", /needs Java, and java is not on PATH\./],
      [pom, "{}", /needs Maven, and mvn is not on PATH\. .*runtime\.options\.binary/],
      [{}, "{}", /needs a pom\.xml, and there is none in .*pulumi new aws-java/],
      [{ "build.gradle.kts": "" }, "{}", /^Only Java programs of Maven, or built as a JAR file/],
      [pom, "{ use-executor: ./gradlew }", /^Only Java programs of Maven, or built as a JAR file/],
    ];
    for (const [index, [files, options, message]] of cases.entries()) {
      const { project: incomplete } = project(`missing-${index}`, files, options);
      assert.throws(() => commandOf(incomplete), { message });
    }
  });

  const exception = `java.lang.IllegalStateException: the lake is dry
	at com.pulumi.core.Output.of(Output.java:9)
	at lake.App.stack(App.java:23)
	at java.base/java.lang.Thread.run(Thread.java:840)`;
  const failures: readonly [title: string, printed: string, message: string][] = [
    [
      "that does not compile is reported with its first error",
      "\u001b[0m[ERROR] COMPILATION ERROR : \n[ERROR] /lake/src/App.java:[23,9] cannot find symbol\n  symbol: x",
      "The program does not compile: cannot find symbol (App.java:23)\nTo see all errors: mvn compile",
    ],
    [
      "whose libraries are missing is reported with the command for them",
      "[ERROR] Cannot access central in offline mode and the artifact a:b:1 has not been downloaded from it before. -> [Help 1]",
      "Cannot access central in offline mode and the artifact a:b:1 has not been downloaded from it before.\nDownload the program's libraries and Maven's plugins: mvn dependency:resolve compile exec:help",
    ],
    [
      "without a main class is reported with the property for it",
      "[ERROR] Failed: The parameters 'mainClass' for goal exec:java are missing or invalid -> [Help 1]",
      "pom.xml does not set the program's main class. Add it to its properties, for example: <exec.mainClass>myproject.App</exec.mainClass>",
    ],
    [
      "that fails before it calls the SDK is reported with what it threw",
      "[ERROR] Failed to execute goal exec:java: An exception occurred while executing the Java class. the lake is dry -> [Help 1]",
      "the lake is dry",
    ],
    [
      "that ends with an exception is reported with its own line",
      `Exception in thread "main" ${exception}`,
      "java.lang.IllegalStateException: the lake is dry (App.java:23)",
    ],
    [
      "that ends with an exception is reported with its cause",
      `Exception in thread "main" java.util.concurrent.CompletionException: wrapped\n\tat java.base/a.B.c(B.java:1)\nCaused by: ${exception}`,
      "java.lang.IllegalStateException: the lake is dry (App.java:23)",
    ],
    [
      "that prints no reason is reported with its exit code",
      "goodbye",
      "The program exited with code 7 and logged no error. See its output.",
    ],
  ];
  for (const [index, [title, printed, message]] of failures.entries())
    it(title, async () => {
      const settings = project(`fails-${index}`, { ...pom, mvnw: printing(printed, 7) });
      await assert.rejects(run(settings), { message });
    });
});
