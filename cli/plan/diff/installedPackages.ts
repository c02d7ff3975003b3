import {
  type Dirent,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  symlinkSync,
} from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative, sep } from "node:path";

/** A worktree of another commit, next to the repository that has its packages installed. */
export interface Checkout {
  /** Root directory of the repository, without symbolic links. */
  readonly repository: string;
  /** Root directory of the worktree. */
  readonly tree: string;
  /** Path of the project in both; empty for the root. */
  readonly project: string;
}

/** Where Python programs have their packages, in the directory of the project. */
const ENVIRONMENTS = [".venv", "venv"] as const;

/**
 * Lets the program of another commit use the packages that are installed in the working tree, by symbolic
 * links: `node_modules` of the project and of the directories above it, and Python's virtual environments.
 * A package of the repository itself is taken from the other commit, unless it has to be compiled.
 *
 * @returns paths in the repository of packages that the program needs and that are taken from the working tree
 */
export function linkInstalledPackages(checkout: Checkout): readonly string[] {
  const { repository, tree, project } = checkout;
  const needed = dependenciesOf(join(repository, project));
  for (const name of ENVIRONMENTS) link(join(repository, project, name), join(tree, project, name));
  return directoriesAbove(project).flatMap((directory) =>
    linkModules(
      join(repository, directory, "node_modules"),
      join(tree, directory, "node_modules"),
      checkout,
    )
      .filter(({ name }) => needed.includes(name))
      .map(({ path }) => path),
  );
}

/** The packages that the program itself needs. */
function dependenciesOf(directory: string): readonly string[] {
  const { dependencies } = manifestIn(join(directory, "package.json"));
  return Object.keys(dependencies ?? {});
}

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

/** What a file says about packages; nothing if it does not exist, or is not valid. */
function manifestIn(path: string): Manifest {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as Manifest;
  } catch {
    return {};
  }
}

/** A package of the repository. */
interface OwnPackage {
  readonly name: string;
  /** In the repository. */
  readonly path: string;
}

/** The directory of a project, and all above it, up to the root of the repository. */
function directoriesAbove(project: string): readonly string[] {
  return project === "" ? [""] : [project, ...directoriesAbove(parentOf(project))];
}

function parentOf(path: string): string {
  const parent = dirname(path);
  return parent === "." ? "" : parent;
}

function link(target: string, path: string): void {
  if (existsSync(target) && !existsSync(path) && existsSync(dirname(path)))
    symlinkSync(target, path);
}

/**
 * Links a directory of packages as a whole, or each entry if some are packages of the repository.
 *
 * @returns those of the repository that are taken from the working tree
 */
function linkModules(
  from: string,
  to: string,
  checkout: Checkout,
  scope = "",
): readonly OwnPackage[] {
  if (!existsSync(from) || existsSync(to) || !existsSync(dirname(to))) return [];
  const entries = readdirSync(from, { withFileTypes: true });
  const isScope = (entry: Dirent): boolean => entry.isDirectory() && entry.name.startsWith("@");
  const own = ({ name }: Dirent): string | undefined => ownPath(join(from, name), checkout);
  const hasOwn = (entry: Dirent): boolean =>
    isScope(entry)
      ? readdirSync(join(from, entry.name), { withFileTypes: true }).some(
          ({ name }) => ownPath(join(from, entry.name, name), checkout) !== undefined,
        )
      : own(entry) !== undefined;
  if (!entries.some(hasOwn)) {
    symlinkSync(from, to);
    return [];
  }
  mkdirSync(to);
  return entries.flatMap((entry) => {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (isScope(entry)) return linkModules(source, target, checkout, `${entry.name}/`);
    const path = own(entry);
    const other = path === undefined ? undefined : join(checkout.tree, path);
    const isComplete = other !== undefined && canBeRequired(other);
    symlinkSync(isComplete ? other : source, target);
    return path === undefined || isComplete ? [] : [{ name: `${scope}${entry.name}`, path }];
  });
}

/** Path in the repository of a package that a link in `node_modules` names; undefined for other packages. */
function ownPath(path: string, { repository }: Checkout): string | undefined {
  const found = relative(repository, realpathOf(path));
  const isInside = found !== "" && !found.startsWith("..");
  return isInside && !found.split(sep).includes("node_modules") ? found : undefined;
}

/** The path itself, if what it links to does not exist. */
function realpathOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

function canBeRequired(directory: string): boolean {
  try {
    createRequire(join(directory, "package.json")).resolve(directory);
    return true;
  } catch {
    return false;
  }
}

const LOCK_FILES = [
  ...["package-lock.json", "npm-shrinkwrap.json", "pnpm-lock.yaml", "yarn.lock", "bun.lock"],
  ...["requirements.txt", "poetry.lock", "uv.lock"],
];

/** Files with other packages than those that are installed, in the project and above it. */
export function otherPackages({ repository, tree, project }: Checkout): readonly string[] {
  return directoriesAbove(project).flatMap((directory) =>
    [...LOCK_FILES, "package.json"]
      .map((name) => join(directory, name))
      .filter((path) => packagesIn(join(repository, path)) !== packagesIn(join(tree, path))),
  );
}

/** What a file says about packages; empty if it does not exist. */
function packagesIn(path: string): string {
  if (!existsSync(path)) return "";
  if (!path.endsWith(`${sep}package.json`)) return readFileSync(path, "utf8");
  const { dependencies, devDependencies } = manifestIn(path);
  return JSON.stringify([dependencies, devDependencies]);
}
