import assert from "node:assert/strict";
import { everyCommand } from "../cli/support/everyCommand";

const commands = everyCommand();

/** The lines of the code blocks of a page. A line that ends in a backslash continues. */
export function codeLines(page: string): readonly string[] {
  return [...page.matchAll(/^ *```\w*\n(.*?)^ *```/gmsu)].flatMap(([, block = ""]) =>
    block
      .replaceAll(/\\\n */g, "")
      .split("\n")
      .map((line) => line.trim())
      .filter((line) => line !== ""),
  );
}

/** The command lines of `streamlake` in the code blocks of a page, without comments and prompts. */
export function shownCommands(page: string): readonly string[] {
  return codeLines(page).flatMap((line) => {
    const [, shown] = /^(?:\$ )?(?:cd \S+ && )?(npx streamlake .*?)(?: +#.*)?$/u.exec(line) ?? [];
    return shown === undefined ? [] : [shown];
  });
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
