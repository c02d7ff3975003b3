import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import path from "node:path";
import { hasCode } from "../../aws/fileErrors";
import { shellWord } from "../../records/shellWord";

/** Below the directory in which a command is started; contains all runs. */
export const runsDirectory = ".streamlake";

/** In the directory of a run, the directories of its streams. */
export const storeNames = [".kinesis", ".firehose"] as const;

/** Where a run is started: `--cwd` and `--stack`. */
export interface RunPlace {
  readonly cwd: string;
  readonly stack: string;
}

/**
 * Creates the directory of a run, `.streamlake/<stack>/<time>-<random>`: parallel runs never share one,
 * and names sort by time.
 *
 * @throws Error that names the directory if it cannot be created
 */
export function newDirectory({ cwd, stack }: RunPlace): string {
  const root = path.resolve(cwd, runsDirectory);
  const parent = path.join(root, stack);
  const time = new Date().toISOString().slice(0, 19).replaceAll(":", "-");
  try {
    mkdirSync(parent, { recursive: true });
    ignoreInGit(root);
    return mkdtempSync(path.join(parent, `${time}-`));
  } catch (error) {
    throw unusable(parent, error);
  }
}

/** The records of a run are not part of a repository, whatever its own .gitignore lists. */
export function ignoreInGit(root: string): void {
  mkdirSync(root, { recursive: true });
  const file = path.join(root, ".gitignore");
  if (!existsSync(file)) writeFileSync(file, "*\n");
}

/**
 * The directory of an earlier run.
 *
 * @throws Error if no run wrote to it
 */
export function resumedDirectory(cwd: string, resume: string): string {
  const directory = path.resolve(cwd, resume);
  if (isRun(directory)) return directory;
  throw new Error(
    `--resume "${resume}" is not the directory of an earlier run. ` +
      `Each run prints its directory, which is below ${runsDirectory}/.`,
  );
}

export function isRun(directory: string): boolean {
  return storeNames.some((name) => existsSync(path.join(directory, name)));
}

/** The command that delivers what a run in a directory has left. */
export function resumeCommand({ cwd, stack }: RunPlace, directory: string): string {
  const words = [
    ...(cwd === "." ? [] : ["-C", cwd]),
    ...["--stack", stack, "--resume", path.relative(path.resolve(cwd), directory) || "."],
  ];
  return `npx streamlake local ${words.map(shellWord).join(" ")}`;
}

/** What is wrong with a directory in which nothing can be written, and how to fix it. */
export function unusable(directory: string, error: unknown): unknown {
  const [, reason] = reasons.find(([code]) => hasCode(error, code)) ?? [];
  if (reason === undefined) return error;
  return new Error(`${directory} cannot be used: ${reason}`, { cause: error });
}

const reasons = [
  ["ENOSPC", "the disk is full. Free some space: npx streamlake local clean removes old runs."],
  ["EDQUOT", "the disk quota is used up. npx streamlake local clean removes old runs."],
  ["EACCES", "there is no permission to write to it. Change it, or use another directory with -C."],
  ["EPERM", "there is no permission to write to it. Change it, or use another directory with -C."],
  ["EROFS", "it is on a read-only disk. Use another directory with -C."],
  ["ENOTDIR", "a part of its path is a file. Use another directory with -C."],
  ["EEXIST", "a part of its path is a file. Use another directory with -C."],
  ["ENOENT", "there is no such directory. Create it, or use another one with -C."],
] as const;
