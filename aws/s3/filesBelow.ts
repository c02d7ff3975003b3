import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { hasCode } from "../fileErrors";

/** The paths, from `root` on, of all files below `root/folder`; none if there is no such folder. */
export async function filesBelow(
  root: string,
  folder: readonly string[],
): Promise<readonly (readonly string[])[]> {
  const entries = await readdir(join(root, ...folder), { withFileTypes: true }).catch(
    (error: unknown) => {
      if (hasCode(error, "ENOENT", "ENOTDIR")) return [];
      throw error;
    },
  );
  const found = await Promise.all(
    entries.map(async (entry) => {
      const path = [...folder, entry.name];
      if (entry.isDirectory()) return filesBelow(root, path);
      return entry.isFile() ? [path] : [];
    }),
  );
  return found.flat();
}
