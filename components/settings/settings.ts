import type { DeliveryPipelineArgs } from "../args";
import { markDeferred, putBack } from "./deferred";
import { defaultPrefixes, packedRecordDefaults } from "./groups/delivery";
import { explainProblems, type Problem, shownValue } from "./problem";
import { settingsSchema, type SettingsOutput } from "./schema";
import { settingsProblems } from "./settingsProblems";
import { valueAt, without } from "./valueAt";

/** What the schema yields, with the default prefixes, which depend on the pipeline's name. */
type CompleteSettings = Omit<SettingsOutput, "delivery"> & {
  readonly delivery: SettingsOutput["delivery"] & ReturnType<typeof defaultPrefixes>;
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
  const delivery = {
    ...defaultPrefixes(name),
    ...settings.delivery,
    ...(settings.delivery.recordCompression !== "none" && packedDefaults(args.delivery ?? {})),
  };
  return putBack<Settings>({ ...settings, delivery }, args, deferred);
}

/** The defaults for records that are themselves compressed, of the settings that are not set. */
function packedDefaults(given: object): Partial<typeof packedRecordDefaults> {
  return Object.fromEntries(
    Object.entries(packedRecordDefaults).filter(([name]) => valueAt(given, [name]) === undefined),
  );
}
