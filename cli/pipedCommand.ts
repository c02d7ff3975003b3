import { shellWord } from "../records/shellWord";

/**
 * This command with standard input in place of a file, as it can be pasted into a shell.
 *
 * @param file the argument of this command that names the file
 * @param args of this command
 */
export function pipedCommand(
  file: string,
  args: readonly string[] = process.argv.slice(2),
): string {
  const piped = args.map((arg) => {
    if (arg === file) return "-";
    return arg === `--input=${file}` ? "--input=-" : shellWord(arg);
  });
  return ["npx", "streamlake", ...piped].join(" ");
}
