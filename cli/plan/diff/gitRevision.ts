import { execFile } from "node:child_process";
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

/** A commit in the repository of a project. */
export interface Revision {
  /** Root directory of the repository, without symbolic links. */
  readonly repository: string;
  /** Full id. */
  readonly commit: string;
}

const run = promisify(execFile);

/** Variables that Git sets in hooks. They would make it use the index of the working tree. */
const OF_A_HOOK = ["GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE", "GIT_PREFIX"];

async function git(directory: string, args: readonly string[], signal?: AbortSignal) {
  const env = Object.entries(process.env).filter(([name]) => !OF_A_HOOK.includes(name));
  // No hook of the repository runs for a worktree that nobody works in.
  const all = ["-c", "core.hooksPath=/dev/null", ...args];
  const options = { cwd: directory, env: Object.fromEntries(env), ...(signal && { signal }) };
  const { stdout } = await run("git", all, options);
  return stdout.replace(/\n$/, "");
}

/**
 * Finds a commit by a branch, a tag, an id or an expression such as `HEAD~1`.
 *
 * @param directory in the repository
 * @throws Error that says what is missing: the revision, or the repository
 */
export async function findRevision(name: string, directory: string): Promise<Revision> {
  const repository = await git(directory, ["rev-parse", "--show-toplevel"]).catch(() => undefined);
  if (repository === undefined)
    throw new Error(
      `--diff ${name}: there is no file ${name}, and ${directory} is not in a Git repository, so it is not a revision either. ${WHAT_TO_SPECIFY}`,
    );
  const query = ["rev-parse", "--verify", "--quiet", "--end-of-options", `${name}^{commit}`];
  const commit = await git(directory, query).catch(() => undefined);
  if (commit === undefined)
    throw new Error(
      `--diff ${name}: there is no file ${name}, and no Git revision of that name. ${WHAT_TO_SPECIFY} A branch of another repository must be fetched first, e.g. git fetch origin main`,
    );
  return { repository: realpathSync(repository), commit };
}

const WHAT_TO_SPECIFY =
  "Specify a branch, a tag or a commit, a file of streamlake plan --json, or a file of pulumi stack export.";

/** Whether files that Git knows differ from the current commit. */
export async function isDirty({ repository }: Revision): Promise<boolean> {
  return (await git(repository, ["status", "--porcelain", "--untracked-files=no"])) !== "";
}

/** Those of some paths in which files differ between a commit and the working tree. */
export async function changedPaths(
  { repository, commit }: Revision,
  paths: readonly string[],
): Promise<readonly string[]> {
  const isChanged = async (path: string): Promise<boolean> =>
    (await git(repository, ["diff", "--name-only", commit, "--", path])) !== "";
  const changed = await Promise.all(paths.map(isChanged));
  return paths.filter((_, index) => changed[index]);
}

/**
 * Checks a commit out into a temporary worktree of its own, which is removed in the end.
 *
 * @param use gets the root directory of the worktree
 * @param signal ends the checkout
 */
export async function inWorktree<Result>(
  { repository, commit }: Revision,
  signal: AbortSignal,
  use: (tree: string) => Promise<Result>,
): Promise<Result> {
  const directory = mkdtempSync(join(realpathSync(tmpdir()), "streamlake-diff-"));
  const tree = join(directory, "tree");
  try {
    await git(repository, ["worktree", "add", "--detach", "--quiet", tree, commit], signal);
    return await use(tree);
  } finally {
    // Not `git worktree prune`, which would also forget worktrees of others on a disk that is not mounted.
    await git(repository, ["worktree", "remove", "--force", tree]).catch(() => undefined);
    rmSync(directory, { recursive: true, force: true });
  }
}
