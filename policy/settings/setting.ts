import type { PolicyConfigSchema } from "@pulumi/policy";

/** One configurable value of a rule. Create it with the functions in settingKinds.ts. */
export interface Setting<V> {
  /** For the Pulumi engine, with description and default. */
  readonly schema: PolicyConfigSchema["properties"][string];
  /** Used if the config does not set the value. */
  readonly defaultValue: V;
  /** The allowed values, as in "must be a whole number from 1 to 128". */
  readonly allowed: string;
  /** The value in a config; `undefined` if it is not allowed. */
  readonly read: (value: unknown) => V | undefined;
}

export type Settings = Readonly<Record<string, Setting<unknown>>>;

/** The values of a rule's settings, completed with defaults. */
export type ConfigOf<S extends Settings> = {
  readonly [K in keyof S]: S[K] extends Setting<infer V> ? V : never;
};
