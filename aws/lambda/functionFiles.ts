import { cp, mkdir, mkdtemp, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve, sep } from "node:path";
import { type Archive, type Asset, isArchive } from "../../engine/graph/assets";
import type { FunctionCode } from "./lambdaFunction";

/** The files of a function, ready to run. */
export interface FunctionFiles {
  /** Contains all of the following; deleted at the end. */
  readonly directory: string;
  /** What a function finds in `LAMBDA_TASK_ROOT`. */
  readonly taskRoot: string;
  /** An empty home directory, so that nothing of the user's is found there. */
  readonly home: string;
}

/**
 * Copies the code of a function to a temporary directory: there, a module that the function does not
 * contain is not found among those of the program, as in AWS. Only the SDK for JavaScript is, because
 * the runtimes for Node.js have it.
 *
 * @param programDirectory to which the paths of archives are relative
 */
export async function prepareFiles(
  code: FunctionCode,
  programDirectory: string,
): Promise<FunctionFiles> {
  const directory = await mkdtemp(join(tmpdir(), "streamlake-function-"));
  try {
    const home = join(directory, "home");
    await mkdir(home);
    if (code.type === "directory") return { directory, taskRoot: code.directory, home };
    const taskRoot = join(directory, "task");
    await writeArchive(code.archive, taskRoot, programDirectory);
    await linkSdk(directory, programDirectory);
    return { directory, taskRoot, home };
  } catch (error) {
    await rm(directory, { recursive: true, force: true });
    throw error;
  }
}

async function writeArchive(archive: Archive, to: string, from: string): Promise<void> {
  await mkdir(to, { recursive: true });
  switch (archive.type) {
    case "remote-archive":
      throw new Error(`its code is at ${archive.uri}, which the local run does not download`);
    case "path": {
      const path = resolve(from, archive.path);
      // Pulumi follows links when it packs a directory.
      if ((await stat(path)).isDirectory())
        await cp(path, to, { recursive: true, dereference: true });
      else await unpack(path, to);
      return;
    }
    case "assets":
      for (const [name, one] of Object.entries(archive.assets)) {
        const target = inside(to, name);
        if (isArchive(one)) await writeArchive(one, target, from);
        else await writeAsset(one, target, from);
      }
  }
}

async function writeAsset(asset: Asset, to: string, from: string): Promise<void> {
  if (asset.type === "remote")
    throw new Error(`a file of its code is at ${asset.uri}, which the local run does not download`);
  await mkdir(dirname(to), { recursive: true });
  const content = asset.type === "text" ? asset.text : await readFile(resolve(from, asset.path));
  await writeFile(to, content);
}

async function unpack(file: string, to: string): Promise<void> {
  if (!/\.(?:zip|jar)$/u.test(file))
    throw new Error(`its code is in ${file}; the local run reads directories and .zip files`);
  const { unzipSync } = module.require("fflate") as typeof import("fflate");
  for (const [name, content] of Object.entries(unzipSync(await readFile(file)))) {
    const target = inside(to, name);
    if (name.endsWith("/")) await mkdir(target, { recursive: true });
    else {
      await mkdir(dirname(target), { recursive: true });
      await writeFile(target, content);
    }
  }
}

/** @throws Error for a name that leads out of the directory */
function inside(directory: string, name: string): string {
  const path = join(directory, name);
  const way = relative(directory, path);
  if (way === ".." || way.startsWith(`..${sep}`))
    throw new Error(`its code has a file ${JSON.stringify(name)}, outside of the function`);
  return path;
}

/**
 * The packages of the SDK for JavaScript that the program has, where a module of the function looks last.
 * Source: Lambda Developer Guide, "Building Lambda functions with Node.js": the runtimes include it.
 */
async function linkSdk(directory: string, programDirectory: string): Promise<void> {
  const modules = join(directory, "node_modules");
  await mkdir(modules);
  for (const scope of ["@aws-sdk", "@smithy"]) {
    const installed = await nearest(programDirectory, join("node_modules", scope));
    if (installed !== undefined) await symlink(installed, join(modules, scope), "junction");
  }
}

async function nearest(directory: string, path: string): Promise<string | undefined> {
  for (let at = resolve(directory); ; at = dirname(at)) {
    const found = join(at, path);
    if (await isDirectory(found)) return found;
    if (at === dirname(at)) return undefined;
  }
}

async function isDirectory(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
