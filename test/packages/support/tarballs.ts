import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { succeed } from "./run";

const ROOT = resolve(__dirname, "../../..");
const CACHE = join(ROOT, "node_modules/.cache/streamlake-tests");
const WORKSPACES = ["cli", "components", "policy"];

/**
 * Puts the tarballs of the three packages into a directory. They are packed once for all tests, and again
 * after a change of any file of a package. `npm test` compiles first.
 */
export async function putTarballs(directory: string): Promise<void> {
  const name = `tarballs-${fingerprint()}`;
  const kept = join(CACHE, name);
  if (!existsSync(kept)) await pack(kept);
  cpSync(kept, directory, { recursive: true });
  for (const other of readdirSync(CACHE))
    if (/^tarballs-\w+$/.test(other) && other !== name)
      rmSync(join(CACHE, other), { recursive: true, force: true });
}

/** Other processes, which may pack at the same time, see all of the tarballs or none. */
async function pack(kept: string): Promise<void> {
  const incomplete = `${kept}.${process.pid}`;
  mkdirSync(incomplete, { recursive: true });
  const workspaces = WORKSPACES.flatMap((name) => ["--workspace", name]);
  await succeed(ROOT, "npm", ["pack", "--silent", "--pack-destination", incomplete, ...workspaces]);
  try {
    renameSync(incomplete, kept);
  } catch (error) {
    if (!existsSync(kept)) throw error;
    rmSync(incomplete, { recursive: true });
  }
}

/** Of path, size and time of change of every file that a package could contain. */
function fingerprint(): string {
  const hash = createHash("sha256");
  for (const workspace of WORKSPACES)
    for (const path of filesBelow(join(ROOT, workspace))) {
      const { size, mtimeMs } = statSync(path);
      hash.update(`${path} ${size} ${mtimeMs}\n`);
    }
  return hash.digest("hex");
}

function filesBelow(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true })
    .filter(({ name }) => name !== "node_modules")
    .flatMap((entry) => {
      const path = join(directory, entry.name);
      if (entry.isDirectory()) return filesBelow(path);
      return entry.isFile() ? [path] : [];
    });
}
