import { existsSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import * as z from "zod";
import { counted } from "../../../records/amounts";
import type { Check } from "../check";
import { failed, type Finding, ok, warning } from "../finding";
import {
  directDependencies,
  installCommand,
  installedPackage,
  LOCK_FILES,
  readManifest,
  upward,
} from "../installedPackages";

const SDK = "@pulumi/pulumi";

/**
 * Whether the installed packages are those of the lock file, and whether all use one copy of the SDK: with
 * two, an output of one is an unknown object for the other.
 */
export const dependencies: Check = {
  name: "Packages",
  ofProject: true,
  run(subject) {
    const { runtime, programDirectory } = subject.project();
    if (runtime.name !== "nodejs")
      return Promise.resolve(ok(`managed by ${runtime.options.toolchain ?? runtime.name}`));
    const findings = [...copies(programDirectory), ...lockFindings(programDirectory)];
    const names = directDependencies(readManifest(programDirectory));
    const { version = "" } = installedPackage(programDirectory, SDK) ?? {};
    const all = `${counted(names.length, "direct dependency", "direct dependencies")} as locked`;
    return Promise.resolve(findings.length > 0 ? findings : ok(`${all}; one ${SDK} ${version}`));
  },
};

/** More than one copy of the SDK, with what uses each. */
function copies(directory: string): readonly Finding[] {
  const users = new Map<string, { readonly version: string; readonly by: string[] }>();
  const names = directDependencies(readManifest(directory)).filter((name) => name !== SDK);
  const packages = names.flatMap((name) => installedPackage(directory, name) ?? []);
  const from = [
    { by: "the program", at: directory },
    ...packages.map(({ name = "", directory: at }) => ({ by: name, at })),
  ];
  for (const { by, at } of from) {
    const sdk = installedPackage(at, SDK);
    if (sdk === undefined) continue;
    const copy = users.get(sdk.directory) ?? { version: sdk.version, by: [] };
    copy.by.push(by);
    users.set(sdk.directory, copy);
  }
  if (users.size < 2) return [];
  const list = [...users.values()]
    // What the program uses, every package can use.
    .map(
      ({ version, by }) =>
        `${version} (${by.includes("the program") ? "the program" : by.join(", ")})`,
    )
    .join(", ");
  const lock = LOCK_FILES.find(({ file }) => upward(directory, file) !== undefined);
  return [
    warning(
      `${users.size} copies of ${SDK} are installed: ${list}. Values of one are not recognized by the other.`,
      lock?.dedupe ?? "npm dedupe",
    ),
  ];
}

function lockFindings(directory: string): readonly Finding[] {
  const manifest = upward(directory, "package.json");
  if (manifest === undefined) return [];
  const locks = LOCK_FILES.filter(({ file }) => upward(directory, file) !== undefined);
  const names = directDependencies(readManifest(directory));
  const missing = names.filter((name) => installedPackage(directory, name) === undefined);
  const findings: Finding[] = [];
  if (missing.length > 0)
    findings.push(
      failed(`package.json lists ${missing.join(", ")}: not installed.`, installCommand(directory)),
    );
  if (locks.length === 0)
    findings.push(
      warning("There is no lock file, so each installation can get other versions.", "npm install"),
    );
  if (locks.length > 1)
    findings.push(
      warning(
        `There are lock files of ${locks.map(({ manager }) => manager).join(" and ")}. Remove all but one.`,
      ),
    );
  const differing = npmDifferences(directory, names);
  if (differing.length > 0)
    findings.push(
      warning(
        `Other versions are installed than package-lock.json has: ${differing.join(", ")}.`,
        "npm ci",
      ),
    );
  return findings;
}

const lockSchema = z.object({
  packages: z
    .record(z.string(), z.object({ version: z.string().optional() }))
    .optional()
    .catch(undefined),
});

/** Direct dependencies whose installed version is not the locked one. */
function npmDifferences(directory: string, names: readonly string[]): readonly string[] {
  const file = upward(directory, "package-lock.json");
  if (file === undefined || !existsSync(file)) return [];
  const { packages = {} } = readLock(file);
  const modules = upward(directory, "node_modules");
  // Workspaces and nested directories have entries of their own.
  if (modules === undefined || dirname(modules) !== dirname(file)) return [];
  return names.flatMap((name) => {
    const locked = packages[`node_modules/${name}`]?.version;
    const installed = installedPackage(directory, name)?.version;
    const isSame = locked === undefined || installed === undefined || locked === installed;
    return isSame ? [] : [`${name} ${installed} instead of ${locked}`];
  });
}

function readLock(file: string): z.infer<typeof lockSchema> {
  try {
    return lockSchema.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    throw new Error(`${file} is not valid. Write it anew: npm install --package-lock-only`);
  }
}
