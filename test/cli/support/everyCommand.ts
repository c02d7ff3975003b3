import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { Command } from "commander";

/** A command and what is typed after `streamlake` for it, e.g. `local clean`. */
export interface NamedCommand {
  readonly path: string;
  readonly command: Command;
}

const root = resolve("cli");

/** Every command that a file of `cli` defines, and the commands below it. */
export function everyCommand(): readonly NamedCommand[] {
  return readdirSync(root)
    .filter((file) => file.endsWith(".ts") && file !== "main.ts")
    .flatMap(commandsIn)
    .flatMap((command) => withChildren(command, ""));
}

/** `cli/tail.ts` exports `tailCommand`. Other files that export such a function need arguments for it. */
function commandsIn(file: string): readonly Command[] {
  const name = `${file.replace(/\.ts$/u, "")}Command`;
  // The definition of a command loads nothing else.
  const exported = module.require(join(root, file)) as Readonly<Record<string, unknown>>;
  const define = exported[name];
  if (typeof define !== "function" || define.length > 0) return [];
  const command: unknown = Reflect.apply(define, undefined, []);
  return command instanceof Command && command.name() === file.replace(/\.ts$/u, "")
    ? [command]
    : [];
}

function withChildren(command: Command, parent: string): readonly NamedCommand[] {
  const path = `${parent} ${command.name()}`.trim();
  return [{ path, command }, ...command.commands.flatMap((child) => withChildren(child, path))];
}
