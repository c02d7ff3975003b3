import { statfs } from "node:fs/promises";
import { tmpdir } from "node:os";
import { byteSize } from "../../../records/amounts";
import type { Check } from "../check";
import { ok, warning } from "../finding";

/** A local run writes each record twice, and plugins of providers take several hundred MiB. */
const ENOUGH_BYTES = 1024 ** 3;

/** Whether there is room for a local run, and for the plugins of providers. */
export const diskSpace: Check = {
  name: "Disk",
  ofProject: false,
  async run(subject) {
    const free = await freeBytes(subject.directory);
    const temporary = await freeBytes(tmpdir());
    const places = [
      ...(free < ENOUGH_BYTES ? [`${byteSize(free)} for the project`] : []),
      ...(temporary < ENOUGH_BYTES ? [`${byteSize(temporary)} for temporary files`] : []),
    ];
    if (places.length === 0) return ok(`${byteSize(free)} free`);
    return warning(
      `Only ${places.join(" and ")}: a local run, or a plugin, may fill the disk.`,
      "npx streamlake local clean",
    );
  },
};

async function freeBytes(directory: string): Promise<number> {
  const { bavail, bsize } = await statfs(directory);
  return bavail * bsize;
}
