import { execFileSync } from "node:child_process";

/** A value in a stack file. A number beyond 2^53 is a `bigint`. */
export type ConfigValue =
  | string
  | number
  | bigint
  | boolean
  | null
  | readonly ConfigValue[]
  | { readonly [key: string]: ConfigValue };

/** The `config:` of a stack file: full key (`namespace:name`) -> value. */
export type StackConfigFile = Readonly<Record<string, ConfigValue>>;

type Place = readonly (string | number)[];

/**
 * `pulumi config set`, `rm` and `rm-all` of the Pulumi CLI 3.248 on a stack file: arguments, keys,
 * paths, and the types of values.
 *
 * Written from its source in pulumi/pulumi: `Map.Set` and `Map.Remove` in
 * sdk/go/common/resource/config/map.go; `coerce`, `Set` and `Delete` in object.go; `coerceObject` and
 * `unmarshalObject` in value.go; `parsePropertyPath` in sdk/go/common/resource/properties_path.go;
 * `parseConfigKey` in pkg/cmd/pulumi/config/io.go; `newConfigSetCmd` and `looksLikeSecret` in
 * pkg/cmd/pulumi/config/config.go.
 *
 * @param words after `pulumi`
 * @throws Error where the CLI fails
 */
export function pulumiConfig(
  words: readonly string[],
  file: StackConfigFile,
  { project, stack }: { readonly project: string; readonly stack: string },
): StackConfigFile {
  const [config, verb, ...rest] = words;
  if (config !== "config") throw new Error(`not a command: pulumi ${String(config)}`);
  const { flags, positional } = parsed(rest);
  if (flags.stack !== stack) throw new Error(`changes the stack ${String(flags.stack)}`);
  const before = saved(file);
  if (verb === "set") {
    const [key = "", value, ...others] = positional;
    if (value === undefined || others.length > 0) throw new Error("needs a key and a value");
    return set(before, parseKey(key, flags.path, project), value, flags);
  }
  if (verb !== "rm" || positional.length !== 1) throw new Error(`wrong arguments: ${words.join()}`);
  return remove(before, parseKey(positional[0] ?? "", flags.path, project), flags.path);
}

type Calls = readonly (readonly string[])[];

/** What a shell has made of each command. It makes the same of it every time, and starting one takes long. */
const knownCalls = new Map<string, Calls>();

/** The words of every call of `pulumi` in some commands, as a shell reads them. */
export function inShell(commands: readonly string[]): Calls {
  const unknown = commands.filter((command) => !knownCalls.has(command));
  if (unknown.length > 0)
    for (const [index, calls] of callsInShell(unknown).entries())
      knownCalls.set(unknown[index] ?? "", calls);
  return commands.flatMap((command) => knownCalls.get(command) ?? []);
}

/** Runs commands in one shell, in which `pulumi` prints its words. */
function callsInShell(commands: readonly string[]): readonly Calls[] {
  const [endOfCall, endOfCommand] = ["\n", "\n\n"];
  const script = [
    "pulumi() { printf '%s\\0' \"$@\"; printf '\\n\\0'; }",
    ...commands.flatMap((command) => [command, "printf '\\n\\n\\0'"]),
  ];
  const printed = execFileSync("/bin/sh", ["-ec", script.join("\n")], { encoding: "utf8" });
  const all: string[][][] = [];
  let [calls, words]: [string[][], string[]] = [[], []];
  for (const word of printed.split("\0").slice(0, -1))
    if (word === endOfCall) {
      calls.push(words);
      words = [];
    } else if (word === endOfCommand) {
      all.push(calls);
      calls = [];
    } else words.push(word);
  return all;
}

interface Flags {
  path: boolean;
  plaintext: boolean;
  secret: boolean;
  type?: string;
  stack?: string;
}

/** Options may be anywhere; after `--` and in other words that begin with a hyphen there are none. */
function parsed(words: readonly string[]): { flags: Flags; positional: string[] } {
  const flags: Flags = { path: false, plaintext: false, secret: false };
  const positional: string[] = [];
  const rest = [...words];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === "--") positional.push(...rest.splice(0));
    else if (word === "--path" || word === "--plaintext" || word === "--secret")
      flags[word.slice(2) as "path" | "plaintext" | "secret"] = true;
    else if (word === "--type" || word === "--stack")
      flags[word.slice(2) as "type" | "stack"] = rest.shift() ?? "";
    else if (word.startsWith("-") && word !== "-") throw new Error(`unknown option ${word}`);
    else positional.push(word);
  }
  const exclusive = [flags.secret, flags.plaintext, flags.type !== undefined];
  if (exclusive.filter(Boolean).length > 1) throw new Error("options exclude each other");
  return { flags, positional };
}

interface Key {
  readonly namespace: string;
  readonly name: string;
}

function parseKey(key: string, isPath: boolean, project: string): Key {
  const end = key.search(/[[.]/);
  if (isPath && end > 0) {
    const { namespace, name } = parseKey(key.slice(0, end), false, project);
    return { namespace, name: name + key.slice(end) };
  }
  const [namespace = "", name, ...more] = key.split(":");
  if (name === undefined) return { namespace: project, name: namespace };
  if (more.length > 0) throw new Error(`could not parse ${key} as a configuration key`);
  return { namespace, name };
}

/** Whatever the CLI reads and writes, single values at the top level become strings. */
export function saved(file: StackConfigFile): StackConfigFile {
  return Object.fromEntries(
    Object.entries(file).map(([key, value]) => [
      key,
      value === null ? "" : typeof value === "object" ? value : String(value),
    ]),
  );
}

function set(file: StackConfigFile, key: Key, text: string, flags: Flags): StackConfigFile {
  // The CLI estimates the entropy of the value; 6 characters never have enough of it.
  const soundsSecret = /passwd|pass|password|pwd|secret|token/i.test(key.name);
  if (!flags.secret && !flags.plaintext && soundsSecret && text.length > 6)
    throw new Error(`config value for ${key.name} looks like a secret`);
  const value = flags.secret ? { secure: `v1:${text.length}` } : typed(text, flags.type);
  if (!flags.path) return { ...file, [`${key.namespace}:${key.name}`]: text };
  const [first = "", ...place] = parsePath(key.name);
  const full = `${key.namespace}:${first}`;
  if (typeof first !== "string" || first === "") throw new Error("the key is not a name");
  if (place.length === 0) return { ...file, [full]: flags.secret ? value : text };
  const root = file[full];
  // At the top level, a single value is replaced by a container.
  const container = typeof root === "object" ? root : null;
  return { ...file, [full]: withValue(container, place, value) };
}

function remove(file: StackConfigFile, key: Key, isPath: boolean): StackConfigFile {
  const [first = "", ...place] = isPath ? parsePath(key.name) : [key.name];
  const full = `${key.namespace}:${first}`;
  const { [full]: root, ...others } = file;
  return place.length === 0 || root === undefined
    ? others
    : { ...others, [full]: withoutPlace(root, place) };
}

/** The type of a value with a path, or of one with `--type`. */
function typed(text: string, type: string | undefined): ConfigValue {
  switch (type) {
    case undefined:
      return coerced(text);
    case "string":
      return text;
    case "int":
    case "float":
      return Number(text);
    case "bool":
      return ["1", "t", "T", "TRUE", "true", "True"].includes(text);
    default:
      throw new Error(`invalid type ${type}`);
  }
}

function coerced(text: string): ConfigValue {
  if (text === "true" || text === "false") return text === "true";
  if (text.length > 1 && text.startsWith("0")) return text;
  const isSigned = /^[-+]?\d+$/.test(text);
  if (!isSigned) return text;
  const number = BigInt(text.replace(/^\+/, ""));
  const fits = BigInt.asIntN(64, number) === number;
  const fitsUnsigned = /^\d/.test(text) && BigInt.asUintN(64, number) === number;
  if (!fits && !fitsUnsigned) return text;
  return Number.isSafeInteger(Number(number)) ? Number(number) : number;
}

/** The names and indices of a `--path`. */
export function parsePath(path: string): Place {
  const elements: (string | number)[] = [];
  if (path.startsWith(".")) throw new Error("expected a name or index at the start");
  for (let rest = path; rest !== "";) {
    if (rest.startsWith(".")) {
      rest = rest.slice(1);
      if (rest === "" || rest.startsWith("[")) throw new Error("expected a name after '.'");
    } else if (rest.startsWith('["')) {
      const quoted = /^\["((?:\\"|[^"])*)"\]/.exec(rest);
      if (quoted === null) throw new Error(`missing closing quote or bracket: ${rest}`);
      elements.push((quoted[1] ?? "").replaceAll('\\"', '"'));
      rest = rest.slice(quoted[0].length);
    } else if (rest.startsWith("[")) {
      const index = /^\[([-+]?\d+)\]/.exec(rest);
      if (index === null) throw new Error(`invalid array index: ${rest}`);
      elements.push(Number(index[1]));
      rest = rest.slice(index[0].length);
    } else {
      const [name = ""] = /^[^.[]+/.exec(rest) ?? [];
      elements.push(name);
      rest = rest.slice(name.length);
    }
  }
  if (elements.length === 0) throw new Error("empty config key path");
  return elements;
}

function withValue(
  root: ConfigValue | undefined,
  [key, ...rest]: Place,
  to: ConfigValue,
): ConfigValue {
  if (key === undefined) return to;
  if (root === null || root === undefined) {
    const empty: ConfigValue =
      typeof key === "number" ? Array.from({ length: key + 1 }, () => null) : {};
    return withValue(empty, [key, ...rest], to);
  }
  if (Array.isArray(root)) {
    const items = [...(root as readonly ConfigValue[])];
    if (typeof key !== "number") throw new Error("key for an array must be an int");
    if (key < 0 || key > items.length) throw new Error("array index out of range");
    items[key] = withValue(items[key] ?? null, rest, to);
    return items;
  }
  if (typeof root !== "object") throw new Error("expected an array or a map");
  if (typeof key !== "string") throw new Error("key for a map must be a string");
  const map = root as Readonly<Record<string, ConfigValue>>;
  if (key === "secure" && rest.length === 0 && Object.keys(map).length === 0)
    throw new Error("maps with the single key secure are reserved");
  return { ...map, [key]: withValue(map[key], rest, to) };
}

function withoutPlace(root: ConfigValue, [key, ...rest]: Place): ConfigValue {
  if (typeof root !== "object" || root === null) return root;
  if (Array.isArray(root)) {
    const items = root as readonly ConfigValue[];
    if (typeof key !== "number" || key < 0 || key >= items.length) return items;
    return rest.length === 0
      ? items.filter((_, index) => index !== key)
      : items.map((item, index): ConfigValue => (index === key ? withoutPlace(item, rest) : item));
  }
  const map = root as Readonly<Record<string, ConfigValue>>;
  if (typeof key !== "string" || !Object.hasOwn(map, key)) return root;
  const { [key]: child = null, ...others } = map;
  if (rest.length > 0) return { ...map, [key]: withoutPlace(child, rest) };
  if (Object.keys(others).join() === "secure" && typeof others["secure"] === "string")
    throw new Error("maps with the single key secure are reserved");
  return others;
}
