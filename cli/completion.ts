import { Argument, Command } from "commander";
import type { Shell } from "./completion/completionAction";
import { lazyImport } from "./lazyImport";
import { exitOnUsageError } from "./options";

const HELP = `
The script completes commands, options, stacks (from Pulumi.<stack>.yaml) and files. It starts no
process, so print it again after an update of streamlake. Load it with:
  bash  source <(streamlake completion bash)    in ~/.bashrc
  zsh   source <(streamlake completion zsh)     in ~/.zshrc, after compinit
  fish  streamlake completion fish | source     in ~/.config/fish/config.fish
If streamlake is installed in projects only, define a function before it:
  streamlake() { npx streamlake "$@"; }         in bash and zsh
  function streamlake; npx streamlake $argv; end    in fish`;

/** `streamlake completion`: prints the script that completes commands in a shell. */
export function completionCommand(): Command {
  const command = new Command("completion")
    .description("Print the script that completes commands in bash, zsh or fish")
    .addArgument(new Argument("<shell>", "shell to print it for").choices(["bash", "zsh", "fish"]))
    .addHelpText("after", HELP);
  return exitOnUsageError(command).action(async (shell: Shell) => {
    type Action = typeof import("./completion/completionAction");
    const { completionScript } = await lazyImport<Action>(module, "./completion/completionAction");
    console.log(completionScript(shell, command.parent ?? command));
  });
}
