import { existsSync, readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { satisfies } from "semver";
import { readBuild, staleSource } from "../../../engine/runner/build";
import { executableOnPath } from "../../../engine/runner/runtimes/executableOnPath";
import { commandOf } from "../../../engine/runner/runtimes/java";
import { interpreterOf } from "../../../engine/runner/runtimes/python";
import type { Project } from "../../../engine/stack/projectFile";
import type { Check } from "../check";
import { failed, type Finding, ok, warning } from "../finding";
import { installCommand, installedPackage, readManifest } from "../installedPackages";

/** Versions that no ts-node and no @pulumi/pulumi can load. */
const COMPILERS = { typescript: ">=3.8.3 <7", "ts-node": ">=7.0.1 <12" } as const;
const LAST_TYPESCRIPT = "5.9";

/** Whether the program can run: its dependencies, its compiler, and its compiled files. */
export const programBuild: Check = {
  name: "Program",
  ofProject: true,
  run(subject) {
    const project = subject.project();
    return Promise.resolve(findingsOf(project));
  },
};

function findingsOf(project: Project): Finding | readonly Finding[] {
  const { name } = project.runtime;
  if (name === "python") return ok(`Python, run by ${interpreterOf(project)}`);
  if (name === "go") return goFinding(project);
  if (name === "java") return ok(`Java, run by ${commandOf(project).command}`);
  const sdk = installedPackage(project.programDirectory, "@pulumi/pulumi");
  if (sdk === undefined)
    return failed(
      "The program's dependencies are not installed: there is no @pulumi/pulumi.",
      installCommand(project.programDirectory),
    );
  const stale = staleBuild(project.programDirectory);
  return stale ?? compilerFindings(project, { ...COMPILERS, ...sdk.peerDependencies });
}

function goFinding({ runtime }: Project): Finding {
  const { binary } = runtime.options;
  if (binary !== undefined) return ok(`Go, built as ${binary}`);
  const go = executableOnPath("go");
  return go === undefined
    ? failed(
        "The program needs Go, and go is not on the PATH.",
        "install it from https://go.dev/dl",
      )
    : ok(`Go, built by ${go} for each run`);
}

/** A program whose package.json names a compiled file runs that file, however old it is. */
function staleBuild(directory: string): Finding | undefined {
  const build = readBuild(directory);
  if (build === undefined) return undefined;
  const scripts = readManifest(directory)?.scripts ?? {};
  const fix = "build" in scripts ? "npm run build" : "npx tsc";
  const main = relative(directory, build.main);
  if (!existsSync(build.main))
    return failed(
      `The program is not built: package.json names ${main}, which does not exist.`,
      fix,
    );
  const edited = staleSource([directory], build.output);
  if (edited === undefined) return undefined;
  return failed(
    `${relative(directory, edited)} was edited after the program was built: ${main} is older.`,
    fix,
  );
}

function compilerFindings(
  { programDirectory, typescript }: Project,
  ranges: Readonly<Record<string, string>>,
): Finding | readonly Finding[] {
  const sources = readdirSync(programDirectory).filter((file) => /(?<!\.d)\.[cm]?ts$/.test(file));
  if (!typescript || sources.length === 0) return ok("JavaScript, which needs no build");
  const versions: string[] = [];
  const problems: Finding[] = [];
  for (const name of ["typescript", "ts-node"] as const) {
    const { version } = installedPackage(programDirectory, name) ?? {};
    const range = ranges[name] ?? COMPILERS[name];
    if (version === undefined) {
      if (name === "typescript")
        problems.push(
          warning(
            "typescript is not installed, so Pulumi compiles the program with its own TypeScript 3.8.",
            `npm install --save-dev typescript@${LAST_TYPESCRIPT}`,
          ),
        );
    } else if (satisfies(version, range, { includePrerelease: true }))
      versions.push(`${name} ${version}`);
    else
      problems.push(
        failed(
          `Pulumi cannot run the program with ${name} ${version}: it accepts ${range}.`,
          name === "typescript"
            ? `npm install --save-dev typescript@${LAST_TYPESCRIPT}`
            : "npm install --save-dev ts-node@10",
        ),
      );
  }
  if (problems.length > 0) return problems;
  const config = existsSync(join(programDirectory, "tsconfig.json")) ? "" : ", no tsconfig.json";
  return ok(`TypeScript, compiled for each run (${versions.join(", ")}${config})`);
}
