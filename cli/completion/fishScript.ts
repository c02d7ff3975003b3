import type { CompletedCommand, Values } from "./completedCommands";

/** Completion for fish: one line for each command, option and argument, under the command's condition. */
export function fishScript(commands: readonly CompletedCommand[]): string {
  const valueFlags = commands.flatMap(({ options }) =>
    options.filter(({ values }) => values !== undefined).flatMap(({ flags }) => flags),
  );
  const paths = commands.map(({ path }) => path).filter((path) => path !== "");
  return `# Completes streamlake in fish. Printed by: streamlake completion fish

# Whether the words so far are exactly this command and its options, and at most so many arguments.
function __streamlake_is
    set -l path
    set -l count 0
    set -l skip 0
    for word in (commandline -opc)[2..-1]
        if test $skip -eq 1
            set skip 0
        else if contains -- $word ${[...new Set(valueFlags)].join(" ")}
            set skip 1
        else if string match -q -- '-*' $word
            continue
        else if contains -- "$path $word" ${paths.map((path) => quoted(` ${path}`)).join(" ")}
            set path "$path $word"
        else
            set count (math $count + 1)
        end
    end
    test "$path" = "$argv[1]"; and test $count -le $argv[2]
end

# The stacks of the project in the current directory, or in that of -C.
function __streamlake_stacks
    set -l directory .
    set -l words (commandline -opc)
    for index in (seq (count $words))
        if contains -- $words[$index] -C --cwd
            set -l next (math $index + 1)
            set -q words[$next]; and set directory $words[$next]
        end
    end
    for file in $directory/Pulumi.?*.yaml
        string replace -r '^.*/Pulumi\\.(.+)\\.yaml$' '$1' -- $file
    end
end

complete -c streamlake -e
complete -c streamlake -f
${commands.flatMap(linesOf).join("\n")}`;
}

/** More arguments than any command line has. */
const ANY_NUMBER = 9999;

function linesOf({ path, commands, options, argument }: CompletedCommand): readonly string[] {
  const at = (count: number): string =>
    `complete -c streamlake -n ${quoted(`__streamlake_is "${path === "" ? "" : ` ${path}`}" ${count}`)}`;
  return [
    ...commands.map(({ name, description }) => `${at(0)} -a ${name} -d ${quoted(description)}`),
    ...options.map(({ flags, description, values }) =>
      [
        at(ANY_NUMBER),
        ...flags.map((flag) =>
          flag.startsWith("--") ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`,
        ),
        ...(values === undefined ? [] : [`-r ${actionFor(values)}`]),
        `-d ${quoted(description)}`,
      ].join(" "),
    ),
    ...(argument
      ? [`${at(argument.isRepeated ? ANY_NUMBER : 0)} ${actionFor(argument.values)}`]
      : []),
  ];
}

function actionFor(values: Values): string {
  switch (values) {
    case "stack":
      return "-f -a '(__streamlake_stacks)'";
    case "file":
      return "-F";
    case "directory":
      return "-f -a '(__fish_complete_directories)'";
    case "anything":
      return "-f";
    default:
      return `-f -a ${quoted(values.join(" "))}`;
  }
}

function quoted(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}
