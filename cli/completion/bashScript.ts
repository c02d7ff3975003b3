import type { CompletedCommand, Values } from "./completedCommands";

/**
 * Completion for bash 3.2 and later, without the package bash-completion. Files are completed by bash
 * itself (`-o default`), which knows how to quote them.
 */
export function bashScript(commands: readonly CompletedCommand[]): string {
  return `# Completes streamlake in bash. Printed by: streamlake completion bash

_streamlake() {
  local command="" index=1 position=0 word option="" current="\${COMP_WORDS[COMP_CWORD]}"
  local values="" list=""
  while ((index < COMP_CWORD)); do
    word="\${COMP_WORDS[index]}"
    index=$((index + 1))
    case "$command:$word" in
${casesOf(valueOptions(commands), "      option=$word")}
${casesOf(subcommands(commands), '      command="${command:+$command }$word"')}
      *:-*) ;;
      *) position=$((position + 1)) ;;
    esac
    if [[ -n $option ]]; then
      # bash splits --option=value into three words.
      if [[ \${COMP_WORDS[index]} == "=" ]]; then index=$((index + 1)); fi
      if ((index < COMP_CWORD)); then option=""; fi
      index=$((index + 1))
    fi
  done
  if [[ -n $option && $current == "=" ]]; then current=""; fi

  if [[ -n $option ]]; then
    case "$command:$option" in
${valueCases(commands)}
    esac
  elif [[ $current == -* ]]; then
    case "$command" in
${listCases(commands, ({ options }) => options.flatMap(({ flags }) => flags))}
    esac
  else
    case "$command" in
${listCases(commands, (command) => command.commands.map(({ name }) => name))}
    esac
    case "$command:$position" in
${argumentCases(commands)}
    esac
  fi

  case "$values" in
    stack) list="$list $(_streamlake_stacks)" ;;
    file) return ;;
    directory) compopt +o default -o dirnames 2>/dev/null && return ;;
  esac
  COMPREPLY=()
  for word in $list; do
    if [[ $word == "$current"* ]]; then COMPREPLY+=("$word"); fi
  done
  compopt +o default 2>/dev/null
}

# The stacks of the project in the current directory, or in that of -C.
_streamlake_stacks() {
  local index directory="." file
  for ((index = 1; index < COMP_CWORD - 1; index++)); do
    case "\${COMP_WORDS[index]}" in -C | --cwd) directory="\${COMP_WORDS[index + 1]}" ;; esac
  done
  for file in "$directory"/Pulumi.?*.yaml; do
    [[ -e $file ]] || continue
    file="\${file##*/Pulumi.}"
    echo "\${file%.yaml}"
  done
}

complete -o default -F _streamlake streamlake`;
}

function valueOptions(commands: readonly CompletedCommand[]): readonly string[] {
  return commands.flatMap(({ path, options }) =>
    options
      .filter(({ values }) => values !== undefined)
      .flatMap(({ flags }) => flags.map((flag) => `"${path}:${flag}"`)),
  );
}

function subcommands(commands: readonly CompletedCommand[]): readonly string[] {
  return commands.flatMap((command) =>
    command.commands.map(({ name }) => `"${command.path}:${name}"`),
  );
}

/** One case for each value of an option that is not anything. */
function valueCases(commands: readonly CompletedCommand[]): string {
  return commands
    .flatMap(({ path, options }) =>
      options.flatMap(({ flags, values }) =>
        values === undefined || values === "anything"
          ? []
          : [
              casesOf(
                flags.map((flag) => `"${path}:${flag}"`),
                assignment(values),
              ),
            ],
      ),
    )
    .join("\n");
}

function argumentCases(commands: readonly CompletedCommand[]): string {
  return commands
    .flatMap(({ path, argument }) =>
      argument
        ? [
            casesOf(
              [argument.isRepeated ? `"${path}:"*` : `"${path}:0"`],
              assignment(argument.values),
            ),
          ]
        : [],
    )
    .join("\n");
}

function listCases(
  commands: readonly CompletedCommand[],
  listOf: (command: CompletedCommand) => readonly string[],
): string {
  return commands
    .filter((command) => listOf(command).length > 0)
    .map((command) => casesOf([`"${command.path}"`], `list="${listOf(command).join(" ")}"`))
    .join("\n");
}

function assignment(values: Values): string {
  return typeof values === "string" ? `values=${values}` : `list="${values.join(" ")}"`;
}

function casesOf(patterns: readonly string[], action: string): string {
  return `      ${patterns.join(" | ")}) ${action.trim()} ;;`;
}
