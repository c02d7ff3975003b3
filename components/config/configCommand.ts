import type { Path } from "../settings/problem";

/** One change of a stack's settings: a new value, or without a value, a removal. */
export interface Step {
  readonly path: Path;
  readonly value?: boolean | number | string;
}

/** A stack whose config a command changes. */
export interface CommandContext {
  readonly stack: string;
  /** Begins the keys of settings, e.g. `streamlake:`; empty in a project of that name. */
  readonly keyPrefix: string;
}

/**
 * The command that makes the change with the Pulumi CLI, for a shell. It names the stack, so that it
 * cannot change another one.
 *
 * @returns undefined if the CLI cannot address the place, or if a name or value ends in a line break,
 *   which no word of a POSIX shell on one line does
 */
export function configCommand(
  { path, value }: Step,
  { stack, keyPrefix }: CommandContext,
): string | undefined {
  const place = pulumiPath(path);
  if (place === undefined) return undefined;
  // A single name is a key as it is, whatever characters it has.
  const options = path.length > 1 ? ["--path"] : [];
  const key = `${keyPrefix}${path.length > 1 ? place : String(path[0])}`;
  if (endsInLineBreak(key)) return undefined;
  const target = ["--stack", stack];
  if (value === undefined) return command("rm", [...options, key, ...target]);
  const text = String(value);
  if (endsInLineBreak(text)) return undefined;
  if (typeof value === "string" && path.length > 1) options.push(...stringOptions(key, text));
  return text.startsWith("-")
    ? command("set", [...options, ...target, "--", key, text])
    : command("set", [...options, key, text, ...target]);
}

function command(verb: string, words: readonly string[]): string {
  return ["pulumi", "config", verb, ...words.map(shellWord)].join(" ");
}

/**
 * What keeps a string as it is: the CLI would write `+5` as the number 5. For a key that sounds like a
 * password, it rejects values that look like one.
 *
 * Source: `coerce` in sdk/go/common/resource/config/object.go and `looksLikeSecret` in
 * pkg/cmd/pulumi/config/config.go of pulumi/pulumi.
 */
function stringOptions(key: string, text: string): readonly string[] {
  if (isChangedByCli(text)) return ["--type", "string"];
  return /passwd|pass|password|pwd|secret|token/i.test(key) ? ["--plaintext"] : [];
}

function isChangedByCli(text: string): boolean {
  if (!/^[-+]?\d+$/.test(text) || /^0\d/.test(text)) return false;
  const number = BigInt(text.replace(/^\+/, ""));
  return number < 2n ** 64n && (number.toString() !== text || number >= 2n ** 63n);
}

/**
 * A place as `--path` of the CLI parses it. Its only escape is `\"` in a quoted name.
 *
 * Source: sdk/go/common/resource/properties_path.go of pulumi/pulumi.
 */
function pulumiPath([first = "", ...rest]: Path): string | undefined {
  const places = rest.map((key) => {
    if (typeof key === "number") return `[${key}]`;
    if (/^[\w-]+$/.test(key)) return `.${key}`;
    if (!key.endsWith("\\")) return `["${key.replaceAll('"', '\\"')}"]`;
    return /[.[]/.test(key) ? undefined : `.${key}`;
  });
  return places.includes(undefined) ? undefined : `${first}${places.join("")}`;
}

/** Characters that break a line, move the cursor or change the direction of text. */
const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

/** A shell drops line breaks at the end of what a command prints. */
function endsInLineBreak(text: string): boolean {
  return text.endsWith("\n");
}

/** One word for a POSIX shell, whatever `!`, a space or a line break means to it. */
function shellWord(text: string): string {
  if (/^[\w@%+=:,./-]+$/.test(text)) return text;
  if (!unprintable.test(text)) return `'${text.replaceAll("'", "'\\''")}'`;
  const escaped = Array.from(text, (character) =>
    /[\\%']/.test(character) || unprintable.test(character) ? octal(character) : character,
  );
  return `"$(printf '${escaped.join("")}')"`;
}

function octal(character: string): string {
  const bytes = [...Buffer.from(character, "utf8")];
  return bytes.map((byte) => `\\${byte.toString(8).padStart(3, "0")}`).join("");
}

/** The command that sets the region of the stack's AWS provider. */
export function regionCommand(region: string, { stack }: CommandContext): string {
  return command("set", ["aws:region", region, "--stack", stack]);
}
