import { Argument, Command } from "commander";
import { bashScript } from "./completion/bashScript";
import { completedCommands } from "./completion/completedCommands";
import { fishScript } from "./completion/fishScript";
import { zshScript } from "./completion/zshScript";
import { addExitCodes } from "./exitCodes";
import { exitOnUsageError } from "./options";
import { print } from "./output";

const scripts = { bash: bashScript, fish: fishScript, zsh: zshScript };

export type Shell = keyof typeof scripts;

const HELP = `
The script completes commands, options, stacks (from Pulumi.<stack>.yaml) and files. It starts no
process, so print it again after an update of streamlake. Load it with:
  bash  source <(streamlake completion bash)    in ~/.bashrc
  zsh   source <(streamlake completion zsh)     in ~/.zshrc, after compinit
  fish  streamlake completion fish | source     in ~/.config/fish/config.fish
If streamlake is installed in projects only, define a function before it:
  streamlake() { npx streamlake "$@"; }         in bash and zsh
  function streamlake; npx streamlake $argv; end    in fish`;

const exitCodes = { 0: "the script was printed", 2: "the shell is not one of these" };

/** `streamlake completion`: prints the script that completes commands in a shell. */
export function completionCommand(): Command {
  const command = new Command("completion")
    .description("Print the script that completes commands in bash, zsh or fish")
    .addArgument(new Argument("<shell>", "shell to print it for").choices(["bash", "zsh", "fish"]))
    .addHelpText("after", HELP);
  return exitOnUsageError(addExitCodes(command, exitCodes)).action((shell: Shell) => {
    print(completionScript(shell, command.parent ?? command));
  });
}

/**
 * The script that completes the commands of a program in a shell. It is generated from the definitions
 * of the commands, so that it completes exactly what they accept.
 */
export function completionScript(shell: Shell, program: Command): string {
  return scripts[shell](completedCommands(program));
}
