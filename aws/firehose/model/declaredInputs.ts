import { unknownUntilDeployment } from "../../../engine/graph/inputReader";
import {
  isGroup,
  type Properties,
  type PropertyValue,
  Secret,
  Unknown,
} from "../../../engine/graph/resourceGraph";

/** A value of a resource, or `Unknown` if it exists only after deployment. */
export type Declared<T> = T | Unknown;

/** A group of declared values of which none is unknown. */
export type Known<T> = { readonly [Name in keyof T]: Exclude<T[Name], Unknown> };

/** A problem with one input, e.g. `extendedS3Configuration.bufferingSize` and `is 0; allowed: ...`. */
export interface InputProblem {
  readonly input: string;
  readonly reason: string;
}

/** What is collected while a delivery stream is read; each problem once. */
export class InputProblems {
  /** What AWS rejects. */
  readonly refusals = new Map<string, InputProblem>();
  /** What the local delivery engine does not support. */
  readonly unsupported = new Map<string, InputProblem>();
  /** Inputs that were read and are unknown until deployment. */
  readonly unknown = new Map<string, InputProblem>();
}

/** Reads the inputs of a delivery stream. It never throws. Secrets are revealed, except to reports. */
export class DeclaredInputs {
  readonly #problems: InputProblems;
  readonly #inputs: Properties | Unknown;
  readonly #path: string;
  readonly #secret: boolean;
  /** False for a group that is not set. */
  readonly isSet: boolean;

  constructor(
    inputs: Properties | Unknown,
    problems = new InputProblems(),
    path = "",
    secret = false,
    isSet = true,
  ) {
    this.#inputs = inputs;
    this.#problems = problems;
    this.#path = path;
    this.#secret = secret;
    this.isSet = isSet;
  }

  get isUnknown(): boolean {
    return this.#inputs instanceof Unknown;
  }

  /** The names of the inputs that are set. */
  get names(): readonly string[] {
    if (this.#inputs instanceof Unknown) return [];
    return Object.keys(this.#inputs).filter((name) => this.#value(name) !== undefined);
  }

  text(name: string): Declared<string> | undefined {
    return this.#read(name, "a string", (value) => typeof value === "string");
  }

  number(name: string): Declared<number> | undefined {
    return this.#read(name, "a number", (value) => typeof value === "number");
  }

  flag(name: string): Declared<boolean> | undefined {
    return this.#read(name, "true or false", (value) => typeof value === "boolean");
  }

  /** Strings of a list; a list with an unknown string is unknown. */
  strings(name: string): Declared<readonly string[]> | undefined {
    const list = this.#read(name, "a list of strings", (value) => Array.isArray(value));
    if (list === undefined || list instanceof Unknown) return list;
    return this.#stringsOf(name, Object.fromEntries(list.entries()));
  }

  /** The values of a group whose names are not fixed. */
  stringGroup(name: string): Declared<Readonly<Record<string, string>>> | undefined {
    const group = this.#read(name, "a group of strings", isGroup);
    if (group === undefined || group instanceof Unknown) return group;
    const values = this.#stringsOf(name, group);
    if (values instanceof Unknown) return values;
    const names = Object.keys(group);
    return Object.fromEntries(values.map((value, index) => [names[index] ?? "", value]));
  }

  /** Without inputs if the group is not set; with unknown inputs if the group is unknown. */
  group(name: string): DeclaredInputs {
    const inputs = this.#read(name, "a group of properties", isGroup);
    const path = `${this.#path}${name}.`;
    const isSet = inputs !== undefined;
    return new DeclaredInputs(inputs ?? {}, this.#problems, path, this.#hides(name), isSet);
  }

  groups(name: string): Declared<readonly DeclaredInputs[]> {
    const list = this.#read(name, "a list", (value) => Array.isArray(value)) ?? [];
    if (list instanceof Unknown) return list;
    const items = Object.fromEntries(list.map((item, index) => [index, item as PropertyValue]));
    const path = `${this.#path}${name}.`;
    const reader = new DeclaredInputs(items, this.#problems, path, this.#hides(name));
    return Object.keys(items).map((index) => reader.group(index));
  }

  /** Whether an input is set, to whatever value. */
  has(name: string): boolean {
    return this.names.includes(name);
  }

  /** Adds a value that AWS rejects, or the lack of one. */
  refuseValue(name: string, allowed: string): void {
    const value = this.quoted(name);
    this.refuse(name, `${value === undefined ? "is not set" : `is ${value}`}; allowed: ${allowed}`);
  }

  /** A value for an error, hidden like one of a report. */
  quoted(name: string): string | undefined {
    const value = this.#value(name);
    const isShown = !this.#hides(name) && typeof value === "string";
    return isShown ? `"${value}"` : this.shown(name);
  }

  /** Adds something that AWS rejects. `reason` follows the input's name: "is 0; allowed: 1 to 128". */
  refuse(name: string, reason: string): void {
    this.#add("refusals", name, reason);
  }

  /** Adds something that AWS accepts and the local delivery engine does not support. */
  unsupported(name: string, reason: string): void {
    this.#add("unsupported", name, reason);
  }

  /** A value for a report: `[secret]` or `[unknown]` if it is hidden; undefined if it is not set. */
  shown(name: string): string | undefined {
    if (this.#secret) return new Secret(null).toJSON();
    if (this.#inputs instanceof Unknown) return this.#inputs.toJSON();
    const value = this.#inputs[name];
    if (value === undefined || value === null) return undefined;
    if (this.#hides(name)) return new Secret(null).toJSON();
    if (value instanceof Unknown) return value.toJSON();
    if (Array.isArray(value) && value.length === 0) return undefined;
    return typeof value === "string" ? value : JSON.stringify(value);
  }

  /** One value of each entry of a list for a report, e.g. "Decompression, then Lambda". */
  shownList(name: string, value: string): string | undefined {
    const whole = this.shown(name);
    const list = this.#value(name);
    if (whole === undefined || this.#hides(name) || !Array.isArray(list)) return whole;
    const path = `${this.#path}${name}.`;
    const entries = (list as readonly PropertyValue[]).map((entry, index) => {
      const inner = entry instanceof Secret ? entry.reveal() : entry;
      const hidden = this.#hides(name) || entry instanceof Secret;
      const inputs = inner instanceof Unknown || isGroup(inner) ? inner : {};
      const reader = new DeclaredInputs(inputs, this.#problems, `${path}${index}.`, hidden);
      return reader.shown(value) ?? (hidden ? new Secret(null).toJSON() : JSON.stringify(inner));
    });
    return entries.join(", then ");
  }

  #stringsOf(name: string, values: Properties): Declared<readonly string[]> {
    const path = `${this.#path}${name}.`;
    const reader = new DeclaredInputs(values, this.#problems, path, this.#hides(name));
    const strings = Object.keys(values).map((key) => reader.text(key) ?? "");
    return strings.find((one) => one instanceof Unknown) ?? (strings as readonly string[]);
  }

  #hides(name: string): boolean {
    return this.#secret || (!this.isUnknown && this.#inputOf(name) instanceof Secret);
  }

  #inputOf(name: string): PropertyValue | undefined {
    return this.#inputs instanceof Unknown ? this.#inputs : this.#inputs[name];
  }

  #add(kind: keyof InputProblems, name: string, reason: string): void {
    const input = `${this.#path}${name}`;
    this.#problems[kind].set(`${input} ${reason}`, { input, reason });
  }

  #read<T extends PropertyValue>(
    name: string,
    what: string,
    is: (value: PropertyValue) => value is T,
  ): Declared<T> | undefined {
    const value = this.#value(name);
    if (value === undefined) return undefined;
    if (value instanceof Unknown) {
      // The inputs of an unknown group are reported once, with the group.
      if (!this.isUnknown) this.#add("unknown", name, unknownUntilDeployment);
      return value;
    }
    if (is(value)) return value;
    this.refuse(name, `must be ${what}`);
    return undefined;
  }

  #value(name: string): PropertyValue | undefined {
    const value = this.#inputOf(name);
    return (value instanceof Secret ? value.reveal() : value) ?? undefined;
  }
}
