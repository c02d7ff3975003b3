import type { DeliveryPipelineArgs } from "../args";
import { markDeferred, putBack } from "./deferred";
import { type FeatureDefaults, featureDefaults } from "./featureDefaults";
import { featuresOf } from "./features";
import { explainProblems, type Problem, shownValue } from "./problem";
import { settingsSchema, type SettingsOutput } from "./schema";
import { settingsProblems } from "./settingsProblems";
import { valueAt, without } from "./valueAt";

/** What the schema yields, with the defaults that depend on the pipeline's name and features. */
type CompleteSettings = Omit<SettingsOutput, "delivery"> & {
  readonly delivery: SettingsOutput["delivery"] &
    Pick<FeatureDefaults["delivery"], "prefix" | "errorPrefix">;
};

/** The names of `Settings`, each with the values that `Args` accept: some may be Outputs. */
type Deferrable<Settings, Args> = {
  readonly [Name in keyof Settings]: Name extends keyof Args
    ? IsGroup<Settings[Name]> extends true
      ? Deferrable<Settings[Name], NonNullable<Args[Name]>>
      : Exclude<Args[Name], undefined>
    : never;
};

/** False for single values, lists, and maps, whose names are free. */
type IsGroup<Value> = Value extends readonly unknown[]
  ? false
  : Value extends object
    ? string extends keyof Value
      ? false
      : true
    : false;

/** All settings of a pipeline with their defaults. */
export type Settings = Deferrable<CompleteSettings, DeliveryPipelineArgs>;

/** The settings of a pipeline, or every problem with its name and args. */
export type CheckedSettings =
  | { readonly settings: Settings; readonly problems: readonly [] }
  | { readonly settings?: undefined; readonly problems: readonly Problem[] };

/** Settings by the args that they come from, so that a run checks its args only once. */
const checkedArgs = new WeakMap<object, { readonly name: unknown; readonly settings: Settings }>();

/**
 * Completes the args of a pipeline with the defaults, if nothing is wrong with them. A program may
 * check args before it constructs a pipeline: for the same name and args, the component then uses
 * the same settings.
 */
export function checkSettings(name: unknown, args: unknown): CheckedSettings {
  const checked = checkedArgs.get(args as object);
  if (checked !== undefined && checked.name === name)
    return { settings: checked.settings, problems: [] };
  const problems = settingsProblems(name, args);
  if (problems.length > 0) return { problems };
  const settings = completed(name as string, args as DeliveryPipelineArgs);
  checkedArgs.set(args as object, { name, settings });
  return { settings, problems: [] };
}

/** @throws Error that lists every problem with name and args */
export function resolveSettings(name: string, args: DeliveryPipelineArgs): Settings {
  const { settings, problems } = checkSettings(name, args);
  if (settings !== undefined) return settings;
  throw new Error(
    explainProblems(
      { subject: `DeliveryPipeline ${shownValue(name)}`, settings: "args" },
      problems,
    ),
  );
}

function completed(name: string, args: DeliveryPipelineArgs): Settings {
  const { marked, deferred } = markDeferred(args);
  const settings = settingsSchema.parse(without(marked, deferred));
  const { delivery, backup } = featureDefaults(name, featuresOf(marked));
  const all = {
    ...settings,
    delivery: { ...delivery, ...settings.delivery, ...unlessSet(delivery, args.delivery) },
    backup: { ...settings.backup, ...unlessSet(backup, args.backup) },
  };
  return putBack<Settings>(all, args, deferred);
}

/** The defaults of the settings that are not set; they replace the fixed ones. */
function unlessSet<Group extends object>(defaults: Group, given: object = {}): Partial<Group> {
  const unset = Object.entries(defaults).filter(([name]) => valueAt(given, [name]) === undefined);
  return Object.fromEntries(unset) as Partial<Group>;
}
