import { CommanderError, type Command } from "commander";

/** Makes wrong usage of a command a failure (2): 1 is taken by the command's own verdict. */
export function exitOnUsageError(command: Command): Command {
  return command.exitOverride(({ exitCode, code, message }) => {
    throw new CommanderError(exitCode === 0 ? 0 : 2, code, message);
  });
}
