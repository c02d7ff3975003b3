import assert from "node:assert/strict";
import { everyCommand } from "../cli/support/everyCommand";

const commands = everyCommand();

/** The lines of each code block of a page. A line that ends in a backslash continues. */
function codeBlocks(page: string): readonly (readonly string[])[] {
  return [...page.matchAll(/^ *```\w*\n(.*?)^ *```/gmsu)].map(([, block = ""]) =>
    block
      .replaceAll(/\\\n */g, "")
      .split("\n")
      .map((line) => line.trim())
      .filter((line) => line !== ""),
  );
}

/** The lines of the code blocks of a page. */
export function codeLines(page: string): readonly string[] {
  return codeBlocks(page).flat();
}

/** A command line of `streamlake` in a code block, without comment and prompt. */
export interface ShownCommand {
  readonly line: string;
  /** The lines below it that it prints, if it has a prompt: `$ npx streamlake ...`. */
  readonly output: readonly string[];
}

/** The command lines of `streamlake` in the code blocks of a page, each with the output that is shown. */
export function shownRuns(page: string): readonly ShownCommand[] {
  return codeBlocks(page).flatMap((lines) =>
    lines.flatMap((line, index) => {
      const [, shown] = /^(?:\$ )?(?:cd \S+ && )?(npx streamlake .*?)(?: +#.*)?$/u.exec(line) ?? [];
      if (shown === undefined) return [];
      const below = line.startsWith("$ ") ? lines.slice(index + 1) : [];
      const next = below.findIndex((one) => one.startsWith("$ "));
      return [{ line: shown, output: next === -1 ? below : below.slice(0, next) }];
    }),
  );
}

export function shownCommands(page: string): readonly string[] {
  return shownRuns(page).map(({ line }) => line);
}

/** Fails unless a line names a command, and options that it has. */
export function assertCommandExists(line: string): void {
  const [, , ...words] = line.split(" ");
  const known = [words.slice(0, 2), words.slice(0, 1)]
    .map((path) => commands.find((one) => one.path === path.join(" ")))
    .find((command) => command !== undefined);
  assert.ok(known, `There is no such command: ${line}`);
  const options = known.command.options.flatMap(({ long, short }) => [long, short]);
  const [unquoted] = [line.replaceAll(/"[^"]*"|'[^']*'/g, "''")];
  for (const [, option] of unquoted.matchAll(/ (--?[a-zA-Z][a-z-]*)/gu))
    assert.ok(
      options.includes(option) || option === "--help",
      `${known.path} has no option ${option}: ${line}`,
    );
}
