import { existsSync } from "node:fs";
import { join } from "node:path";
import { counted } from "../../../records/amounts";
import type { Check } from "../check";
import { failed, ok, warning } from "../finding";

/** Whether the stack's settings are valid, and the program accepts them. */
export const stackProgram: Check = {
  name: "Stack",
  ofProject: true,
  async run(subject) {
    const { stack, notes } = subject.readStack();
    const file = `Pulumi.${stack}.yaml`;
    const { graph } = await subject.plan();
    const managed = graph.resources.filter(({ custom, external, type }) => {
      return custom && !external && !type.startsWith("pulumi:");
    });
    const declared = `the program declares ${counted(managed.length, "resource")}`;
    const found = existsSync(join(subject.directory, file))
      ? ok(`${file} is valid; ${declared}`)
      : warning(`There is no ${file}, so the stack has no config; ${declared}.`);
    if (managed.length === 0) return failed("The program declares no resources.");
    const noted = notes.map((note) => warning(note));
    return found.status === "ok" && noted.length > 0 ? noted : [found, ...noted];
  },
};
