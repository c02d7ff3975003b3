import { dirname } from "node:path";
import { satisfies } from "semver";
import { packagePath } from "../../packagePath";
import type { Check } from "../check";
import { failed, ok } from "../finding";
import { installedPackage, readManifest } from "../installedPackages";
import type { Subject } from "../subject";

/** The last release of @pulumi/pulumi for Node.js 20. Later ones need Node.js 22. */
const LAST_FOR_NODE_20 = "3.248.0";

/** Whether this Node.js is one that the command and the project's @pulumi/pulumi support. */
export const nodeVersion: Check = {
  name: "Node.js",
  ofProject: false,
  run(subject) {
    return Promise.resolve(nodeFinding(process.versions.node, needsOf(subject)));
  },
};

/** A range of versions, and what needs it. */
export interface NodeNeed {
  readonly by: string;
  /** As in `engines` of a package.json, e.g. `>=22`. */
  readonly range: string;
}

export function nodeFinding(version: string, needs: readonly NodeNeed[]) {
  const unmet = needs.filter(({ range }) => !satisfies(version, range));
  const all = needs.map(({ by, range }) => `${by} needs ${range}`).join(", ");
  if (unmet.length === 0) return ok(`${version}; ${all}`);
  const problem = unmet.map(({ by, range }) => `${by} needs ${range}`).join(", ");
  const isOnlyPulumi = unmet.every(({ by }) => by.startsWith("@pulumi/pulumi "));
  return failed(
    `This is Node.js ${version}, but ${problem}.`,
    isOnlyPulumi && satisfies(version, "20")
      ? `npm install @pulumi/pulumi@${LAST_FOR_NODE_20}`
      : "install a newer version from https://nodejs.org",
  );
}

function needsOf(subject: Subject): readonly NodeNeed[] {
  const own = readManifest(dirname(packagePath("package.json")))?.engines?.["node"];
  const sdk = sdkOf(subject);
  const needed = sdk?.engines?.["node"];
  return [
    ...(own === undefined ? [] : [{ by: "streamlake", range: own }]),
    ...(needed === undefined || sdk === undefined
      ? []
      : [{ by: `@pulumi/pulumi ${sdk.version}`, range: needed }]),
  ];
}

function sdkOf(subject: Subject) {
  try {
    return installedPackage(subject.readProject().programDirectory, "@pulumi/pulumi");
  } catch {
    return undefined;
  }
}
