import { isGroup, Secret, Unknown, type Properties, type PropertyValue } from "./resourceGraph";

/** The reason of a problem with an unknown value. */
export const unknownUntilDeployment = "is unknown until deployment";

/**
 * Reads the inputs of a resource and collects all problems with them. Secrets are revealed. An
 * unknown value is a problem, because the caller needs it now.
 */
export class InputReader {
  /** Without duplicates, however often an input is read. */
  readonly problems: Set<string>;
  readonly #inputs: Properties;
  readonly #path: string;

  constructor(inputs: Properties, path = "", problems = new Set<string>()) {
    this.#inputs = inputs;
    this.#path = path;
    this.problems = problems;
  }

  /** The names of the inputs that are set. */
  get names(): readonly string[] {
    return Object.keys(this.#inputs).filter((name) => this.#value(name) !== undefined);
  }

  text(name: string): string | undefined {
    return this.#read(name, "a string", (value) => typeof value === "string");
  }

  number(name: string): number | undefined {
    return this.#read(name, "a number", (value) => typeof value === "number");
  }

  flag(name: string): boolean | undefined {
    return this.#read(name, "true or false", (value) => typeof value === "boolean");
  }

  /** A reader without inputs if the group is not set. */
  group(name: string): InputReader {
    const inputs = this.#read(name, "a group of properties", isGroup) ?? {};
    return new InputReader(inputs, `${this.#path}${name}.`, this.problems);
  }

  groups(name: string): readonly InputReader[] {
    const list = this.#read(name, "a list", (value) => Array.isArray(value)) ?? [];
    const items = Object.fromEntries(list.map((item, index) => [index, item as PropertyValue]));
    const reader = new InputReader(items, `${this.#path}${name}.`, this.problems);
    return Object.keys(items).map((index) => reader.group(index));
  }

  /** Adds a problem with one input. `reason` follows the input's name: "is 0; allowed: 1 to 128". */
  problem(name: string, reason: string): void {
    this.problems.add(`${this.#path}${name} ${reason}`);
  }

  #read<T extends PropertyValue>(
    name: string,
    what: string,
    is: (value: PropertyValue) => value is T,
  ): T | undefined {
    const value = this.#value(name);
    if (value === undefined || is(value)) return value;
    this.problem(name, value instanceof Unknown ? unknownUntilDeployment : `must be ${what}`);
    return undefined;
  }

  #value(name: string): PropertyValue | undefined {
    const value = this.#inputs[name];
    return (value instanceof Secret ? value.reveal() : value) ?? undefined;
  }
}
