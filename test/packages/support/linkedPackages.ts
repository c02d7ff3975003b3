import {
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { join, posix, resolve } from "node:path";

const ROOT = resolve(__dirname, "../../..");
const PACKAGES = "node_modules";

/** What an installation must not inherit: packages of this repository, and what npm knows of the others. */
const OWN = ["streamlake", "@streamlake", ".package-lock.json", ".cache"];

interface Lock {
  readonly packages: Readonly<Record<string, { readonly dev?: boolean }>>;
}

/**
 * Puts the installed packages of this repository into a project, as hard links. npm then takes them from
 * there, downloads those that differ, and removes those that the project does not need: the result is that
 * of an installation into an empty directory. On another file system there is nothing to take.
 *
 * @param project a directory that has no packages yet
 * @param options whether to take those for development as well, and the names of those not to take
 */
export function linkPackages(
  project: string,
  { development = false, except = [] }: LinkOptions = {},
): void {
  const { packages } = JSON.parse(readFileSync(join(ROOT, "package-lock.json"), "utf8")) as Lock;
  const left = new Set([...OWN, ...except].map((name) => posix.join(PACKAGES, name)));
  const isLeft = (path: string): boolean =>
    left.has(path) || (!development && packages[path]?.dev === true);
  try {
    linkTree(PACKAGES, project, isLeft);
  } catch {
    rmSync(join(project, PACKAGES), { recursive: true, force: true });
  }
}

interface LinkOptions {
  readonly development?: boolean;
  readonly except?: readonly string[];
}

function linkTree(path: string, project: string, isLeft: (path: string) => boolean): void {
  mkdirSync(join(project, path));
  for (const entry of readdirSync(join(ROOT, path), { withFileTypes: true })) {
    const inside = posix.join(path, entry.name);
    if (isLeft(inside)) continue;
    const [source, target] = [join(ROOT, inside), join(project, inside)];
    if (entry.isDirectory()) linkTree(inside, project, isLeft);
    else if (entry.isSymbolicLink()) symlinkSync(readlinkSync(source), target);
    else linkSync(source, target);
  }
}
