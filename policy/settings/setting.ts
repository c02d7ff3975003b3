import type { PolicyConfigSchema } from "@pulumi/policy";

/** One configurable value of a rule. Make it with the functions of this folder. */
export interface Setting<V> {
  /** For the Pulumi engine, with description and default. */
  readonly schema: PolicyConfigSchema["properties"][string];
  /** Used when the config leaves the setting out. */
  readonly defaultValue: V;
  /** What is allowed, to be read after "not": `a whole number from 1 to 128`. */
  readonly allowed: string;
  /** The value that stands in a config; `undefined` when it is not allowed. */
  readonly read: (given: unknown) => V | undefined;
}

export type Settings = Readonly<Record<string, Setting<unknown>>>;

/** The values of a rule's settings, defaults filled in. */
export type ConfigOf<S extends Settings> = {
  readonly [K in keyof S]: S[K] extends Setting<infer V> ? V : never;
};
