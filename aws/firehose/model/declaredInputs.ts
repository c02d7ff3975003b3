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

  constructor(
    inputs: Properties | Unknown,
    problems = new InputProblems(),
    path = "",
    secret = false,
  ) {
    this.#inputs = inputs;
    this.#problems = problems;
    this.#path = path;
    this.#secret = secret;
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

  /** Without inputs if the group is not set; with unknown inputs if the group is unknown. */
  group(name: string): DeclaredInputs {
    const inputs = this.#read(name, "a group of properties", isGroup) ?? {};
    return new DeclaredInputs(inputs, this.#problems, `${this.#path}${name}.`, this.#hides(name));
  }

  groups(name: string): Declared<readonly DeclaredInputs[]> {
    const list = this.#read(name, "a list", (value) => Array.isArray(value)) ?? [];
    if (list instanceof Unknown) return list;
    const items = Object.fromEntries(list.map((item, index) => [index, item as PropertyValue]));
    const path = `${this.#path}${name}.`;
    const reader = new DeclaredInputs(items, this.#problems, path, this.#hides(name));
    return Object.keys(items).map((index) => reader.group(index));
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

  #hides(name: string): boolean {
    return this.#secret || (!this.#isUnknown() && this.#inputOf(name) instanceof Secret);
  }

  #isUnknown(): boolean {
    return this.#inputs instanceof Unknown;
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
      if (!this.#isUnknown()) this.#add("unknown", name, unknownUntilDeployment);
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
