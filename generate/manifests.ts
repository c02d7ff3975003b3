import { readFileSync } from "node:fs";

/** The packages that are published. */
const packages = ["cli", "components", "policy"];

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

/**
 * The package.json files that contain the version of the packages, which the one of the repository
 * sets: path -> content.
 */
export function manifests(): Readonly<Record<string, string>> {
  const { version } = manifest("package.json");
  const names = packages.map((directory) => manifest(`${directory}/package.json`).name);
  const ours = (dependencies: Readonly<Record<string, string>> = {}) =>
    Object.fromEntries(
      Object.entries(dependencies).map(([name, range]) => [
        name,
        names.includes(name) ? `^${version}` : range,
      ]),
    );
  const template = manifest("cli/template/package.json");
  return {
    ...Object.fromEntries(
      packages.map((directory) => {
        const path = `${directory}/package.json`;
        return [path, JSON.stringify({ ...manifest(path), version })];
      }),
    ),
    "cli/template/package.json": JSON.stringify({
      ...template,
      dependencies: ours(template.dependencies),
      devDependencies: ours(template.devDependencies),
    }),
  };
}

function manifest(path: string): Manifest {
  return JSON.parse(readFileSync(path, "utf8")) as Manifest;
}
