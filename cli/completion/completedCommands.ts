import { type Argument, type Command, Help, type Option } from "commander";

/** What a value can be: a name of a stack, a path, one of a list, or anything. */
export type Values = "stack" | "file" | "directory" | "anything" | readonly string[];

export interface CompletedOption {
  /** `-C` and `--cwd`. */
  readonly flags: readonly string[];
  readonly description: string;
  /** Absent: the option takes no value. */
  readonly values?: Values;
}

export interface CompletedCommand {
  /** The words after `streamlake`, e.g. `local clean`; empty for `streamlake` itself. */
  readonly path: string;
  readonly commands: readonly { readonly name: string; readonly description: string }[];
  readonly options: readonly CompletedOption[];
  /** Absent: it takes no arguments. */
  readonly argument?: {
    readonly name: string;
    readonly values: Values;
    readonly isRepeated: boolean;
  };
}

/** A command and the commands below it. */
export function completedCommands(command: Command, path = ""): readonly CompletedCommand[] {
  const help = new Help();
  const commands = help.visibleCommands(command);
  const [argument] = command.registeredArguments;
  return [
    {
      path,
      commands: commands.map((child) => ({
        name: child.name(),
        description: help.subcommandDescription(child),
      })),
      options: help.visibleOptions(command).map(completedOption),
      ...(argument && {
        argument: {
          name: argument.name(),
          values: valuesOf(argument, argument.name()),
          isRepeated: argument.variadic,
        },
      }),
    },
    ...commands.flatMap((child) => completedCommands(child, `${path} ${child.name()}`.trim())),
  ];
}

function completedOption(option: Option): CompletedOption {
  const { short, long, description, flags } = option;
  const [, placeholder] = /[<[]([^>\]]+)[>\]]/.exec(flags) ?? [];
  const isStack = /^--(?:stack|compare)$/.test(long ?? "");
  return {
    flags: [short, long].filter((flag) => flag !== undefined),
    description,
    ...(placeholder !== undefined && {
      values: valuesOf(option, isStack ? "stack" : placeholder),
    }),
  };
}

/** @param name of an argument, or the placeholder of an option's value */
function valuesOf({ argChoices }: Pick<Argument | Option, "argChoices">, name: string): Values {
  if (argChoices) return argChoices;
  if (name === "stack") return "stack";
  if (/^(?:dir|directory)$/.test(name)) return "directory";
  return /^(?:file|stack-export)$/.test(name) ? "file" : "anything";
}
