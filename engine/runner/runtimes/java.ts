import { existsSync } from "node:fs";
import { extname, join, resolve } from "node:path";
import { stripVTControlCharacters } from "node:util";
import type { Project } from "../../stack/projectFile";
import { startGuarded } from "../guardedProcess";
import { executableOnPath } from "./executableOnPath";
import { programEnvironment, type ProgramRunner } from "./programRunner";

/**
 * Java: a JAR file as it was built, or a Maven project, which Maven compiles and runs with libraries that are on
 * the machine. As in a deployment, Maven keeps what it compiles in the project.
 */
export const java: ProgramRunner = {
  start(settings, engine, signal) {
    return startGuarded({
      cwd: settings.project.programDirectory,
      signal,
      env: programEnvironment(settings, engine),
      steps: [commandOf(settings.project)],
    });
  },
  readableReason(logged, callError) {
    if (callError !== undefined) return callError;
    return reasonOf(logged) ?? logged.trim();
  },
  printedReason({ printed }) {
    // Maven resets the style of the terminal, although it is to print no colors.
    const plain = stripVTControlCharacters(printed);
    return mavenFailure(plain) ?? reasonOf(plain);
  },
  isConcurrent: true,
};

type JavaProject = Pick<Project, "programDirectory" | "runtime">;

/**
 * What runs the program, chosen as Pulumi's language host for Java does.
 *
 * @throws Error if it is missing or cannot run offline, with the command that helps
 */
export function commandOf({ programDirectory, runtime }: JavaProject): Command {
  const { binary, "use-executor": executor } = runtime.options;
  if (binary !== undefined && extname(binary).toLowerCase() === ".jar")
    return jarCommand(resolve(programDirectory, binary), binary);
  const isMaven =
    executor?.includes("mvn") ??
    (existsSync(join(programDirectory, "pom.xml")) || !isGradle(programDirectory));
  if (!isMaven)
    throw new Error(
      "Only Java programs of Maven, or built as a JAR file, run offline. Build the program as a JAR file with its libraries, and set it as runtime.options.binary in Pulumi.yaml.",
    );
  if (!existsSync(join(programDirectory, "pom.xml")))
    throw new Error(
      `The program needs a pom.xml, and there is none in ${programDirectory}. Create a project: pulumi new aws-java. Or set a JAR file as runtime.options.binary in Pulumi.yaml.`,
    );
  return {
    command: mavenOf(programDirectory, executor),
    arguments: [
      "--batch-mode",
      "--quiet",
      "--offline",
      "-Dstyle.color=never",
      "compile",
      "exec:java",
    ],
  };
}

interface Command {
  readonly command: string;
  readonly arguments: readonly string[];
}

function jarCommand(path: string, binary: string): Command {
  if (!existsSync(path))
    throw new Error(
      `Pulumi.yaml sets binary: ${binary}, but there is no ${path}. Build it, for example with Maven: mvn package`,
    );
  const command = executableOnPath("java");
  if (command === undefined)
    throw new Error(
      "The program needs Java, and java is not on PATH. Install a JDK, version 11 or later.",
    );
  return { command, arguments: ["-jar", path] };
}

function mavenOf(directory: string, executor: string | undefined): string {
  const wrapper = resolve(directory, process.platform === "win32" ? "mvnw.cmd" : "mvnw");
  if (executor === undefined && existsSync(wrapper)) return wrapper;
  const named = executor ?? "mvn";
  if (named.includes("/")) {
    const path = resolve(directory, named);
    if (existsSync(path)) return path;
    throw new Error(
      `Pulumi.yaml sets use-executor: ${named}, but there is no ${path}. To create a wrapper there: mvn wrapper:wrapper`,
    );
  }
  const found = executableOnPath(named);
  if (found === undefined)
    throw new Error(
      `The program needs Maven, and ${named} is not on PATH. Install Maven, or set a JAR file as runtime.options.binary in Pulumi.yaml.`,
    );
  return found;
}

function isGradle(directory: string): boolean {
  return ["build.gradle", "build.gradle.kts", "settings.gradle", "settings.gradle.kts"].some(
    (file) => existsSync(join(directory, file)),
  );
}

/** The first error that Maven prints; the program's output contains all. */
function mavenFailure(printed: string): string | undefined {
  const errors = [...printed.matchAll(/^\[ERROR\] (.*\S)/gmu)].map(([, error = ""]) =>
    error.replace(/ -> \[Help 1\]$/u, ""),
  );
  const [first] = errors;
  if (first === undefined) return undefined;
  if (/offline mode|could not be resolved|No plugin found for prefix/u.test(first))
    return `${first}\nDownload the program's libraries and Maven's plugins: mvn dependency:resolve compile exec:help`;
  if (first.includes("parameters 'mainClass'"))
    return "pom.xml does not set the program's main class. Add it to its properties, for example: <exec.mainClass>myproject.App</exec.mainClass>";
  for (const error of errors) {
    const [, file = "", line = "", reason = ""] = COMPILER_ERROR.exec(error) ?? [];
    if (file !== "")
      return `The program does not compile: ${reason} (${file}:${line})\nTo see all errors: mvn compile`;
  }
  return first.replace(/^.* An exception occurred while executing the Java class\. /u, "");
}

const COMPILER_ERROR = /([^/\\]+\.java):\[(\d+),\d+\] (.*)/u;

/** The exception that ended the program, with the line of the program that threw it. */
function reasonOf(printed: string): string | undefined {
  const [, thrown = ""] =
    /(?:unhandled exception:\n|^Exception in thread "[^"]*" )([^]*)/mu.exec(printed) ?? [];
  // The cause at the end is what happened first.
  const [first = "", ...frames] = (thrown.split(/^Caused by: /mu).at(-1) ?? "").split(/\n\tat /u);
  if (first === "") return undefined;
  const own = frames.find((frame) => !OF_LIBRARIES.test(frame));
  const place = /\(([^()]+\.\w+:\d+)\)/u.exec(own ?? "")?.[1];
  return place === undefined ? first.trim() : `${first.trim()} (${place})`;
}

/** Classes of the SDK, and those that run it. */
const OF_LIBRARIES =
  /^(?:java|javax|jdk|sun|com\.sun|com\.pulumi|com\.google|io\.grpc|org\.codehaus\.mojo)\b/u;
