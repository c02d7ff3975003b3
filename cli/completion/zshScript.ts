import type { CompletedCommand, CompletedOption, Values } from "./completedCommands";

/** Completion for zsh, with `_arguments`: one function for each command. */
export function zshScript(commands: readonly CompletedCommand[]): string {
  return `#compdef streamlake
# Completes streamlake in zsh. Printed by: streamlake completion zsh

# The stacks of the project in the current directory, or in that of -C.
_streamlake_stacks() {
  local directory=\${(Q)\${opt_args[-C]:-\${opt_args[--cwd]:-.}}}
  local -a files=("$directory"/Pulumi.?*.yaml(N:t))
  compadd -- \${\${files#Pulumi.}%.yaml}
}

${commands.map(commandFunction).join("\n\n")}

compdef _streamlake streamlake`;
}

function commandFunction(command: CompletedCommand): string {
  const { path, options, argument, commands } = command;
  const specs = options.map(optionSpec);
  if (argument) {
    const position = argument.isRepeated ? "*" : "1";
    specs.push(quoted(`${position}:${argument.name}:${actionFor(argument.values)}`));
  }
  if (commands.length === 0)
    return `${functionName(path)}() {
  _arguments -s -S \\
${specs.map((spec) => `    ${spec}`).join(" \\\n")}
}`;
  return `${functionName(path)}() {
  local curcontext=$curcontext state line
  local -A opt_args
  _arguments -C -S \\
${[...specs, "'1: :->command'", "'*:: :->rest'"].map((spec) => `    ${spec}`).join(" \\\n")} && return
  case $state in
    command)
      local -a commands=(
${commands.map(({ name, description }) => `        ${quoted(`${name}:${description}`)}`).join("\n")}
      )
      _describe command commands
      ;;
    rest)
      case $words[1] in
${commands.map(({ name }) => `        ${name}) ${functionName(`${path} ${name}`)} ;;`).join("\n")}
      esac
      ;;
  esac
}`;
}

function functionName(path: string): string {
  return ["_streamlake", ...path.split(" ").filter((name) => name !== "")].join("_");
}

/** `'(-C --cwd)'{-C+,--cwd=}'[run as if ...]:dir:_files -/'` */
function optionSpec({ flags, description, values }: CompletedOption): string {
  const text = `[${description.replaceAll(/[[\]\\]/gu, "\\$&")}]`;
  const action = values === undefined ? "" : `:value:${actionFor(values)}`;
  const forms = flags.map((flag) => flag + suffixOf(flag, values));
  const [form = ""] = forms;
  return forms.length === 1
    ? quoted(form + text + action)
    : `${quoted(`(${flags.join(" ")})`)}{${forms.join(",")}}${quoted(text + action)}`;
}

/** The value of a long option may follow `=`, that of a short one directly. */
function suffixOf(flag: string, values: Values | undefined): string {
  if (values === undefined) return "";
  return flag.startsWith("--") ? "=" : "+";
}

function actionFor(values: Values): string {
  switch (values) {
    case "stack":
      return "_streamlake_stacks";
    case "file":
      return "_files";
    case "directory":
      return "_files -/";
    case "anything":
      return " ";
    default:
      return `(${values.join(" ")})`;
  }
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
